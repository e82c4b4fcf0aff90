"""What our commands have in common: bad input ends them with 2 and one sentence."""

from __future__ import annotations

import errno
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError, CommandParser, OutputWrapper

from .arguments import sentence
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


class BadInput(CommandError):
    """A sentence that says what to do; nothing was written."""

    def __init__(self, says: str) -> None:
        super().__init__(says, returncode=2)


class OwnCommand(BaseCommand):
    """Arguments that can't be used are told like any other bad input, without argparse's usage."""

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, **kwargs)

        def refuse(message: str) -> NoReturn:
            says = sentence(message, parser.prog)
            if parser.called_from_command_line:
                parser.exit(2, f"{says}\n")
            raise BadInput(says)

        parser.error = refuse  # type: ignore[method-assign]  # Django gives no way to name the parser's class
        return parser

    def execute(self, *args: Any, **options: Any) -> str | None:
        """As Django does it, which puts the name of the exception before the sentence."""
        try:
            return super().execute(*args, **options)
        except BadInput as error:
            if not getattr(self, "_called_from_command_line", False) or options["traceback"]:
                raise
            self.stderr.write(str(error))
            sys.exit(error.returncode)


@contextmanager
def bad_input(*faults: type[Exception]) -> Iterator[None]:
    """A file that can't be opened, or one of `faults` in what it says, ends the command with 2 and a sentence."""
    try:
        yield
    except OSError as error:
        raise BadInput(_sentence(error)) from error
    except faults as error:
        raise BadInput(str(error)) from error


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
