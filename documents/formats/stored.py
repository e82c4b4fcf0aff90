"""The formats of a document that was issued: its file as it is, all else made from that or from its content."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache

from ..layout import READING, Enclosed
from ..models import Document
from ..papers import WORDS, paper_of, words_of
from . import FORMATS, Source

TABLES = (Document.Kind.STATISTICS, Document.Kind.TASK_LIST)


def source_of(document: Document, issued: Callable[[], bytes]) -> Source:
    """`issued` reads its paper, with seal and signature."""
    return Source(
        pdf=lambda finish: issued() if finish == READING else paper_of(document, finish),
        words=cache(lambda: words_of(document) if document.content else None),
        data=lambda: (_enclosed(document),),
    )


def _enclosed(document: Document) -> Enclosed:
    content = json.dumps(document.content, ensure_ascii=False, indent=2, sort_keys=True)
    return Enclosed("content.json", content.encode())


def menu_of(document: Document) -> list[tuple[str, str]]:
    """Code and name of what a list offers beside the PDF, told by the kind alone; Excel of what is a table."""
    has_words = Document.Kind(document.kind) in WORDS
    return [
        (code, one.says)
        for code, one in FORMATS.items()
        if one.extension != "pdf"
        and (has_words or not one.words)
        and (document.kind in TABLES or not one.tables)
    ]


def formats_of(document: Document) -> list[tuple[str, str]]:
    """Code and name of all that one document is to be had in beside its file, told by what stands in it."""
    source = source_of(document, bytes)
    return [(code, one.says) for code, one in FORMATS.items() if code != "pdf" and one.fits(source)]
