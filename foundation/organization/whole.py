"""Writing a file whole or not at all, also when the disk is full or the power fails."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

from .refusals import Refused

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
UNFINISHED = "unfinished-"


@contextmanager
def unfinished(folder: Path) -> Iterator[IO[bytes]]:
    """A file under a name that nobody asks for; it goes again unless it was put in place."""
    folder.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=folder, prefix=UNFINISHED, delete=False) as file:
        try:
            yield file
        finally:
            Path(file.name).unlink(missing_ok=True)  # gone already when it was put in place


def put_in_place(file: IO[bytes], path: Path) -> None:
    """On the disk itself before it bears its name; the folder is synced after the rename."""
    file.flush()
    os.fsync(file.fileno())
    path.parent.mkdir(parents=True, exist_ok=True)
    os.replace(file.name, path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def made_once(path: Path, content: Callable[[], bytes]) -> bytes:
    """What a file says that only its owner reads, made where it is missing. Of two who make it at once the first counts."""
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with unfinished(path.parent) as file:  # 0600 by itself
            file.write(content())
            file.flush()
            os.fsync(file.fileno())
            with suppress(FileExistsError):
                os.link(file.name, path)
    return path.read_bytes()


def sweep(root: Path, before: float) -> int:
    """Remove what processes that were killed left behind before that moment; how many files."""
    gone = 0
    for path in root.rglob(f"{UNFINISHED}*"):
        with suppress(FileNotFoundError):  # it was put in place meanwhile
            if path.is_file() and path.stat().st_mtime < before:
                path.unlink()
                gone += 1
    return gone


@contextmanager
def disk_told(says: str) -> Iterator[None]:
    """A disk that is full is refused with this sentence."""
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise Refused(says) from error
        raise
