"""What commands that read files have in common."""

from __future__ import annotations

import errno
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.core.management.base import CommandError, OutputWrapper

from .schemas import write_json
from .whole import FULL

WHY = {
    errno.ENOENT: "没有这个文件，请核对路径",
    errno.EISDIR: "这是文件夹，请指定文件",
    errno.ENOTDIR: "路径中间的一段不是文件夹，请核对路径",
    errno.EACCES: "没有读写它的权限，请换一个位置或请管理员授权",
    errno.EROFS: "所在的磁盘只读，请换一个位置",
    errno.ENAMETOOLONG: "文件名太长，请改短",
    **dict.fromkeys(FULL, "磁盘空间不足，请清理磁盘或换一个位置"),
}
ODD = "读写出错，请检查磁盘后重试"


@contextmanager
def bad_input(*faults: type[Exception]) -> Iterator[None]:
    """A file that can't be opened, or one of `faults` in what it says, ends the command with 2 and a sentence."""
    try:
        yield
    except OSError as error:
        raise CommandError(_sentence(error), returncode=2) from error
    except faults as error:
        raise CommandError(str(error), returncode=2) from error


def _sentence(error: OSError) -> str:
    why = WHY.get(error.errno or 0, ODD)
    if error.filename is None:
        return f"临时文件没有写成：{why}。"
    return f"文件 {error.filename} {'没有写成' if error.errno in FULL else '打不开'}：{why}。"


def tell_verdict(out: OutputWrapper, reasons: Sequence[str], *, json: bool, words: str) -> None:
    """What every command prints that verifies a file: `reasons` are what is wrong, and end it with 1."""
    out.write(write_json({"ok": not reasons, "reasons": list(reasons)}) if json else words)
    if reasons:
        raise SystemExit(1)
