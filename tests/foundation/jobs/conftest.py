import os
import signal
import subprocess
import sys

import pytest

from foundation.jobs import registry
from foundation.jobs.queue import put
from tests.foundation.ground import AT
from tests.foundation.jobs import chores
from tests.house import ROOT, database_url


@pytest.fixture(autouse=True)
def _chores(monkeypatch):
    monkeypatch.setattr(registry, "KINDS", registry.KINDS)
    for name in [name for name in registry.KINDS if name.startswith("test.")]:
        monkeypatch.delitem(registry.KINDS, name)
    chores.register()


@pytest.fixture
def add(tmp_path):
    """add("note"): a job of the chores, due at AT; its notes are read with chores.lines(add.log)."""

    def added(name: str, **args):
        return put(f"test.{name}", args=args, owner=added.owner, at=AT)

    added.owner, added.log, added.gate = None, str(tmp_path / "log"), str(tmp_path / "gate")
    return added


@pytest.fixture
def start(tmp_path):
    """start("--once"): a worker process on the test's database; ended, if need be, with the test."""
    started = []

    def process(*options: str, program: tuple[str, ...] = ("-m", "tests.foundation.jobs.chores")):
        environment = os.environ | {"DATABASE_URL": database_url(), "ANBAN_DATA": str(tmp_path / "data")}
        worker = subprocess.Popen(
            [sys.executable, *program, *options], cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True
        )
        started.append(worker)
        return worker

    yield process
    for worker in started:
        worker.send_signal(signal.SIGKILL)
        worker.communicate(timeout=chores.PATIENCE)
