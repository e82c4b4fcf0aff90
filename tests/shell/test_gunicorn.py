"""The web server's own settings, as script/server starts it."""

import subprocess
import sys

from config.gunicorn import post_worker_init
from documents.layout import drawing
from documents.writing import pictures
from tests.house import ROOT


def test_gunicorn_takes_its_settings():
    command = [sys.executable, "-m", "gunicorn", "--check-config", "-c", "config/gunicorn.py", "config.wsgi"]
    assert subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode == 0


def test_a_new_process_reads_its_fonts_before_somebody_types(monkeypatch):
    drawing._glyph.cache_clear()
    started = []
    monkeypatch.setattr("config.gunicorn.Thread", lambda target, daemon: started.append(target) or Begun())
    post_worker_init(None)
    assert started == [pictures.warm]
    started[0]()
    assert drawing._glyph.cache_info().currsize > 5


class Begun:
    def start(self) -> None: ...
