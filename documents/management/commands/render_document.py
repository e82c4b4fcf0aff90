"""render_document FILE [--kind K] [--meta META.json] --out X.pdf|xlsx: an official document from its text."""

from argparse import ArgumentParser
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from documents.fonts import FontsMissing
from documents.layout import Document, Meta, parse, read_meta, render_notice, render_workbook
from documents.layout.metas import make_meta
from foundation.organization.commands import bad_input

FORMATS: dict[str, Callable[[Document, Meta], bytes]] = {
    ".pdf": render_notice,
    ".xlsx": lambda document, _: render_workbook(document),
}


class Command(BaseCommand):
    help = "Set an official document in the national layout (GB/T 9704-2012)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", type=Path, help="text: title, 主送, body, 附件, 署名, date; UTF-8 or GB18030"
        )
        parser.add_argument("--kind", help="文种; else META's, else 通知")
        parser.add_argument("--meta", type=Path, help="META by docs/schemas/render_document.json")
        parser.add_argument("--out", type=Path, required=True, help="*.pdf, or *.xlsx for its tables")

    def handle(self, *, file: Path, kind: str | None, meta: Path | None, out: Path, **_: Any) -> None:
        with bad_input(ValueError, FontsMissing):
            content = _render(file, kind, meta, out)
            out.write_bytes(content)
        self.stderr.write(f"已生成 {out}（{len(content)} 字节）")


def _render(file: Path, kind: str | None, meta_file: Path | None, out: Path) -> bytes:
    """Everything is read and set before anything is written."""
    write = FORMATS.get(out.suffix.lower())
    if write is None:
        raise ValueError(f"还不能生成 {out.suffix or '没有扩展名的文件'}，请把 --out 写成 .pdf 或 .xlsx。")
    meta = read_meta(meta_file) if meta_file else Meta()
    if kind:
        meta = replace(meta, kind=make_meta({"kind": kind}).kind)
    return write(parse(_decode(file)), meta)


def _decode(file: Path) -> str:
    content = file.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise ValueError(f"{file.name} 不是文本文件：请存成 UTF-8 或 GB18030 编码的 .txt。")
