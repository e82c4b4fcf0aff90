"""Who sets the documents: each makes some PDFs of one kind and tells the processor time that took."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from .office import Office, fontconfig
from .usage import cpu_of, memory_of

ROOT = Path(__file__).parents[2]


class Warm:
    """A peer in a process that stays."""

    def __init__(self, folder: Path, module: str, *arguments: str) -> None:
        folder.mkdir(exist_ok=True)
        self.folder = folder
        environment = (_with_fonts if module == "chromium" else _environment)(folder)
        command = [sys.executable, "-m", f"benchmarks.papers.{module}", str(folder), *arguments]
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
        )
        self.pid = int(self._answer())

    def make(self, paper: str, size: int, numbers: Sequence[int]) -> float:
        before = cpu_of(self.pid)
        for number in numbers:
            print(paper, size, number, file=self.process.stdin, flush=True)
            self._answer()
        return cpu_of(self.pid) - before

    def memory(self) -> int:
        return memory_of(self.pid)

    def close(self) -> None:
        self.process.communicate()

    def _answer(self) -> str:
        assert self.process.stdout
        answer = self.process.stdout.readline()
        if not answer:
            raise SystemExit(f"{self.folder.name} failed, see above")
        return answer


FONTS = os.environ.get("ANBAN_FONTS") or str(ROOT / "var" / "fonts")


def _environment(folder: Path) -> dict[str, str]:
    """A database that nobody asks."""
    own = {"ANBAN_DATA": str(folder / "data"), "DJANGO_SETTINGS_MODULE": "config.settings"}
    return os.environ | own | {"ANBAN_FONTS": FONTS}


def _with_fonts(folder: Path) -> dict[str, str]:
    """Our faces installed, under the names that Word knows. To us they would look like faces of the office's own."""
    return _environment(folder) | {"FONTCONFIG_FILE": fontconfig(folder, FONTS)}


Peer = Warm | Office


def chromium() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser")


def installed() -> dict[str, bool]:
    return {
        "anban": True,
        "libreoffice": bool(shutil.which("soffice")),
        "chromium": bool(chromium() and find_spec("playwright")),
        "typst": bool(find_spec("typst")),
    }


def start(name: str, home: Path) -> Peer:
    folder = home / name
    if name == "libreoffice":
        words = Warm(home / "word", "anban", "--word")
        return Office(folder, words, _with_fonts(home / "word"))
    return Warm(folder, name, *([chromium() or ""] if name == "chromium" else []))
