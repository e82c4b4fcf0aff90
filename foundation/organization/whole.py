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


def write_whole(out: Path, content: bytes) -> None:
    """What a command writes: a file that was there stays as it was until the new one is whole. Raises ValueError
    with a sentence where there is no such folder, OSError with the path that was asked for."""
    if not out.parent.is_dir():
        raise ValueError(f"没有文件夹 {out.parent}，请先建立，或写到别处。")
    try:
        if out.exists() and not out.is_file():  # such as a pipe: nothing is put in its place
            out.write_bytes(content)
            return
        mode = out.stat().st_mode & 0o777 if out.exists() else 0o644
        with unfinished(out.parent) as file:
            file.write(content)
            os.chmod(file.name, mode)
            put_in_place(file, out)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(out)) from error


@contextmanager
def disk_told(says: str) -> Iterator[None]:
    """A disk that is full is refused with this sentence."""
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise Refused(says) from error
        raise
