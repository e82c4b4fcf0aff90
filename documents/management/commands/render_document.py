"""render_document FILE [--kind K] [--meta META.json] --out X.pdf|docx|ofd|xlsx|txt: an official document from its text."""

from argparse import ArgumentParser
from dataclasses import replace
from pathlib import Path
from typing import Any

from documents.fonts import FontsMissing
from documents.formats import FORMATS, Format, Source
from documents.layout import Enclosed, Meta, parse, read_meta, render_notice
from documents.layout.metas import make_meta
from foundation.organization.commands import OwnCommand, bad_input
from foundation.organization.whole import write_whole

VARIANTS = [code for code, one in FORMATS.items() if one.extension == "pdf"]


class Command(OwnCommand):
    help = "Set an official document in the national layout (GB/T 9704-2012)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", type=Path, help="text: title, 主送, body, 附件, 署名, date; UTF-8 or GB18030"
        )
        parser.add_argument("--kind", help="文种; else META's, else 通知")
        parser.add_argument("--meta", type=Path, help="META by docs/schemas/render_document.json")
        parser.add_argument("--out", type=Path, required=True, help=f"one of {_extensions()}")
        parser.add_argument("--variant", choices=VARIANTS, default="pdf", help="of a PDF: what it is for")

    def handle(
        self, *, file: Path, kind: str | None, meta: Path | None, out: Path, variant: str = "pdf", **_: Any
    ) -> None:
        with bad_input(ValueError, FontsMissing):
            content = _format(out, variant).make(_source(file, kind, meta))
            write_whole(out, content)
        self.stderr.write(f"已生成 {out}（{len(content)} 字节）")


def _extensions() -> str:
    return "、".join(dict.fromkeys(f".{one.extension}" for one in FORMATS.values()))


def _format(out: Path, variant: str) -> Format:
    said = out.suffix.lower().removeprefix(".")
    found = FORMATS[variant] if said == "pdf" else FORMATS.get(said)
    if found is None or found.extension != said:
        raise ValueError(
            f"不能生成 {out.suffix or '没有扩展名的文件'}，请把 --out 的扩展名写成 {_extensions()} 之一。"
        )
    return found


def _source(file: Path, kind: str | None, meta_file: Path | None) -> Source:
    """Everything is read before anything is set."""
    meta = read_meta(meta_file) if meta_file else Meta()
    if kind:
        meta = replace(meta, kind=make_meta({"kind": kind}).kind)
    text = _decode(file)
    document = parse(text)
    meta = meta.beside(document)
    data = [Enclosed("text.txt", text.encode())]
    if meta_file:
        data.append(Enclosed("meta.json", meta_file.read_bytes()))
    return Source(
        pdf=lambda finish: render_notice(document, meta, finish=finish),
        words=lambda: (document, meta),
        data=lambda: tuple(data),
    )


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
