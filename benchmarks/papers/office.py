"""LibreOffice as an office's batch: one start, many .docx, a profile of its own."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from .usage import memory_of

FACES = {
    "仿宋_GB2312": ("FandolFang R", "Noto Serif CJK SC Light"),
    "楷体_GB2312": ("FandolKai", "LXGW WenKai Light"),
    "黑体": ("FandolHei", "Noto Sans CJK SC Medium"),
    "宋体": ("FandolSong",),
    "方正小标宋简体": ("Noto Serif CJK SC",),
}


def fontconfig(folder: Path, fonts: str) -> str:
    """Our faces under Word's names."""
    aliases = "".join(
        f'<alias binding="same"><family>{name}</family><prefer>'
        + "".join(f"<family>{one}</family>" for one in families)
        + "</prefer></alias>"
        for name, families in FACES.items()
    )
    path = folder / "fonts.conf"
    cache = f"<cachedir>{folder}/fontcache</cachedir>"
    path.write_text(f"<fontconfig><dir>{fonts}</dir>{cache}{aliases}</fontconfig>")
    return str(path)


class Words(Protocol):
    folder: Path

    def make(self, paper: str, size: int, numbers: Sequence[int]) -> float: ...
    def close(self) -> None: ...


class Office:
    def __init__(self, folder: Path, words: Words, environment: dict[str, str]) -> None:
        folder.mkdir()
        self.folder, self.words = folder, words
        self.environment = environment | {"HOME": str(folder)}
        self.pid = 0
        self.blank = folder / "blank.txt"
        self.blank.write_text("通知")
        self.start()  # makes the profile

    def make(self, paper: str, size: int, numbers: Sequence[int]) -> float:
        """The whole batch, with its start."""
        files = [self.words.folder / f"{paper}-{number}.docx" for number in numbers]
        self.words.make(paper, size, [n for n, file in zip(numbers, files, strict=True) if not file.exists()])
        return self._convert(files)

    def start(self) -> float:
        """What a batch of nothing takes."""
        return self._convert([self.blank])

    def memory(self) -> int:
        return memory_of(self.pid)

    def close(self) -> None:
        self.words.close()

    def _convert(self, files: Sequence[Path]) -> float:
        profile = f"-env:UserInstallation={(self.folder / 'profile').as_uri()}"
        process = subprocess.Popen(
            ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", self.folder, *files],
            env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self.pid = process.pid
        _, status, usage = os.wait4(process.pid, 0)  # its own time and that of all it waited for
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit(f"soffice ended with {process.returncode}")
        return usage.ru_utime + usage.ru_stime
