"""Every format that a document exists in: one table for the command, the download and the archive.

A format is made from the paper's pages, as PDF, or from its words; what is a form has no words to edit.
"""

from collections.abc import Callable
from dataclasses import dataclass

from documents.layout import READING, Document, Enclosed, Finish, Meta, Variant

Words = tuple[Document, Meta]


@dataclass(frozen=True, kw_only=True)
class Source:
    """Each is asked for by the formats that need it."""

    pdf: Callable[[Finish], bytes]
    words: Callable[[], Words | None] = lambda: None
    data: Callable[[], tuple[Enclosed, ...]] = lambda: ()  # what its pages were made from


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
        if not self.words:
            return True
        words = source.words()
        return words is not None and (not self.tables or bool(words[0].tables))


def _words(source: Source) -> Words:
    words = source.words()
    if words is None:
        raise NoWords(NoWords.__doc__)
    return words


# What makes a format is imported when one is asked for: Word, Excel and OFD bring half a second of libraries along.
def _ofd(source: Source) -> bytes:
    from .ofd import render_ofd

    return render_ofd(source.pdf(READING))


def _docx(source: Source) -> bytes:
    from .word import render_docx

    return render_docx(*_words(source))


def _xlsx(source: Source) -> bytes:
    from .workbook import render_workbook

    return render_workbook(_words(source)[0])


def _txt(source: Source) -> bytes:
    from .plain import render_text

    return render_text(*_words(source))


def _pdf(variant: Variant) -> Callable[[Source], bytes]:
    return lambda source: source.pdf(Finish(variant, source.data()))


FORMATS: dict[str, Format] = {
    "pdf": Format(extension="pdf", says="PDF", make=lambda source: source.pdf(READING)),
    "archive": Format(extension="pdf", says="PDF/A 存档", make=_pdf(Variant.ARCHIVE)),
    "exchange": Format(extension="pdf", says="PDF/A 交换", make=_pdf(Variant.EXCHANGE)),
    "ofd": Format(extension="ofd", says="OFD", make=_ofd),
    "docx": Format(extension="docx", says="Word", make=_docx, words=True),
    "xlsx": Format(extension="xlsx", says="Excel", make=_xlsx, words=True, tables=True),
    "txt": Format(extension="txt", says="文本", make=_txt, words=True),
}
