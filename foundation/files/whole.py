"""Writing a file whole or not at all, also when the disk is full or the power fails."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

from foundation.organization.commands import FULL
from foundation.organization.refusals import Refused


@contextmanager
def unfinished(folder: Path) -> Iterator[IO[bytes]]:
    """A file under a name that nobody asks for; it goes again unless it was put in place."""
    folder.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=folder, prefix="unfinished-", delete=False) as file:
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


@contextmanager
def disk_told(says: str) -> Iterator[None]:
    """A disk that is full is refused with this sentence."""
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise Refused(says) from error
        raise
