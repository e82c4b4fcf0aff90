"""What commands that read files have in common."""

from __future__ import annotations

import errno
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.core.management.base import CommandError, OutputWrapper

from .schemas import write_json

WHY = {errno.ENOENT: "没有这个文件", errno.EISDIR: "这是文件夹", errno.EACCES: "没有读写它的权限"}


@contextmanager
def bad_input(*faults: type[Exception]) -> Iterator[None]:
    """A file that can't be opened, or one of `faults` in what it says, ends the command with 2 and a sentence."""
    try:
        yield
    except OSError as error:
        why = WHY.get(error.errno or 0, error.strerror)
        raise CommandError(f"文件 {error.filename} 打不开：{why}。", returncode=2) from error
    except faults as error:
        raise CommandError(str(error), returncode=2) from error


def tell_verdict(out: OutputWrapper, reasons: Sequence[str], *, json: bool, words: str) -> None:
    """What every command prints that verifies a file: `reasons` are what is wrong, and end it with 1."""
    out.write(write_json({"ok": not reasons, "reasons": list(reasons)}) if json else words)
    if reasons:
        raise SystemExit(1)
