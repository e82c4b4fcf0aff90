"""Ours: text to PDF in a process that has the whole product loaded; with --word the .docx that LibreOffice gets."""

from __future__ import annotations

import datetime as dt
import sys
from typing import Any

import django

from .worker import serve


def meta(number: int) -> Any:
    from documents.layout import Meta

    organ, cc = "某市安全生产委员会办公室", ("市委办公室，市政府办公室",)
    return Meta(organ=organ, code="某安办", number=number + 1, issued_on=dt.date(2026, 6, 12), cc=cc)


def pdf(text: str, number: int) -> bytes:
    from documents.layout import parse, render_notice

    return render_notice(parse(text), meta(number))


def word(text: str, number: int) -> bytes:
    from documents.formats.word import render_docx
    from documents.layout import parse

    return render_docx(parse(text), meta(number))


if __name__ == "__main__":
    django.setup()
    if "--word" in sys.argv:
        serve(word, name="{}-{}.docx")
    else:
        serve(pdf)
