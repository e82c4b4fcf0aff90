"""Every format that a document exists in: one table for the command, the download and the archive.

A format is made from the paper's pages, as PDF, or from its words; what is a form has no words to edit.
"""

from collections.abc import Callable
from dataclasses import dataclass

from documents.layout import READING, Document, Enclosed, Finish, Meta, Variant

from .ofd import render_ofd
from .plain import render_text
from .word import render_docx
from .workbook import NoTables, render_workbook

Words = tuple[Document, Meta]


@dataclass(frozen=True, kw_only=True)
class Source:
    pdf: Callable[[Finish], bytes]
    words: Words | None = None
    data: tuple[Enclosed, ...] = ()  # what its pages were made from


class NoWords(ValueError):
    """这份文件是表单，只有 PDF 和 OFD。"""


@dataclass(frozen=True, kw_only=True)
class Format:
    extension: str
    says: str
    make: Callable[[Source], bytes]
    words: bool = False  # made from the words
    tables: bool = False  # and only from those with a table

    def fits(self, source: Source) -> bool:
        if not source.words:
            return not self.words
        return not self.tables or bool(source.words[0].tables)


def _words(source: Source) -> Words:
    if source.words is None:
        raise NoWords(NoWords.__doc__)
    return source.words


FORMATS: dict[str, Format] = {
    "pdf": Format(extension="pdf", says="PDF", make=lambda source: source.pdf(READING)),
    "archive": Format(
        extension="pdf", says="PDF/A 存档", make=lambda source: source.pdf(Finish(Variant.ARCHIVE))
    ),
    "exchange": Format(
        extension="pdf",
        says="PDF/A 交换",
        make=lambda source: source.pdf(Finish(Variant.EXCHANGE, source.data)),
    ),
    "ofd": Format(extension="ofd", says="OFD", make=lambda source: render_ofd(source.pdf(READING))),
    "docx": Format(
        extension="docx", says="Word", make=lambda source: render_docx(*_words(source)), words=True
    ),
    "xlsx": Format(
        extension="xlsx",
        says="Excel",
        make=lambda source: render_workbook(_words(source)[0]),
        words=True,
        tables=True,
    ),
    "txt": Format(extension="txt", says="文本", make=lambda source: render_text(*_words(source)), words=True),
}

__all__ = [
    "FORMATS",
    "Format",
    "NoTables",
    "NoWords",
    "Source",
    "Words",
    "render_docx",
    "render_ofd",
    "render_text",
    "render_workbook",
]
