"""The editable version (DOCX): the page of GB/T 9704-2012 as Word and LibreOffice set it, 22 lines of 28 characters."""

import datetime as dt
from copy import deepcopy
from io import BytesIO
from itertools import takewhile
from typing import Any, NamedTuple

from docx import Document as new_document
from docx.oxml.ns import qn

from documents import fonts
from documents.formats.plain import render_text
from documents.formats.zipped import stamped
from documents.layout import Document, Meta, UndrawableText
from documents.layout import geometry as g
from documents.layout.kinds import KINDS
from documents.layout.notice import annex_lies, lay_out
from documents.layout.pdf import UNKNOWN
from documents.layout.words import head_words, imprint_words

from .head import head_paragraphs
from .imprint import anchor, imprint_elements
from .page import folio, font_table, letter_foot, section, styles
from .text import annex_elements, main_elements
from .xml import node, paragraph


class Part(NamedTuple):
    """Pages of one shape."""

    elements: list[Any]
    lying: bool = False
    numbered: bool = True


def render_docx(document: Document, meta: Meta) -> bytes:
    """Raises UndrawableText as the PDF does: nothing leaves the office in one format alone."""
    if missing := fonts.undrawable(render_text(document, meta).decode()):
        raise UndrawableText(missing)
    document = document.with_meta(meta)
    book = new_document()
    letter = bool(meta.organ) and KINDS[meta.kind].head == "letter"
    _fill(book, _parts(document, meta), letter=letter)
    _about(book, document, meta)
    file = BytesIO()
    book.save(file)
    return stamped(file.getvalue())


def _parts(document: Document, meta: Meta) -> list[Part]:
    """The imprint stands where print has it, after as many empty pages."""
    parts = [
        Part([*head_paragraphs(KINDS[meta.kind], head_words(document, meta)), *main_elements(document, meta)])
    ]
    for annex in document.annexes:
        lying = annex_lies(annex)
        same = parts[-1].lying == lying
        elements = list(annex_elements(annex, g.HEIGHT if lying else g.WIDTH, breaks=same))
        if same:
            parts[-1].elements.extend(elements)
        else:
            parts.append(Part(elements, lying))
    return [*parts, *_imprint(document, meta, parts[-1].elements)]


def _imprint(document: Document, meta: Meta, last: list[Any]) -> list[Part]:
    words = imprint_words(document, meta)
    if not any(words):
        return []
    pages = lay_out(document, meta)
    empty = len(list(takewhile(lambda page: not page.strips, reversed(pages))))
    ruled = KINDS[meta.kind].imprint == "ruled"
    if not empty:
        last += imprint_elements(words, ruled=ruled)
        return []
    imprint = Part([anchor(), *imprint_elements(words, ruled=ruled)], numbered=empty == 1)
    return [*[Part([anchor()], numbered=False)] * (empty - 1), imprint]


def _fill(book: Any, parts: list[Part], *, letter: bool) -> None:
    body = book.element.body
    for child in list(body):
        body.remove(child)
    numbered = _footers(book, folio("right"), folio("left"))
    bare = _footers(book, paragraph(), paragraph())
    first = _footers(book, letter_foot(), types=("first",)) if letter else []
    for number, part in enumerate(parts):
        apart = first if number == 0 else []
        references = deepcopy([*apart, *(numbered if part.numbered else bare)])
        properties = section(lying=part.lying, references=references, first_apart=bool(apart))
        body.extend(part.elements)
        if number == len(parts) - 1:
            body.append(properties)
            continue
        if body[-1].tag != qn("w:p"):
            body.append(anchor())
        body[-1].find(qn("w:pPr")).append(properties)


def _footers(book: Any, *contents: Any, types: tuple[str, ...] = ("default", "even")) -> list[Any]:
    """What a section says of its page numbers: odd pages, even ones."""
    references = []
    for kind, content in zip(types, contents, strict=True):
        part, relation = book.part.add_footer_part()
        for child in list(part.element):
            part.element.remove(child)
        part.element.append(content)
        reference = node("footerReference", type=kind)
        reference.set(qn("r:id"), relation)
        references.append(reference)
    return references


def _about(book: Any, document: Document, meta: Meta) -> None:
    """Nothing of the moment or the machine."""
    book.settings.odd_and_even_pages_header_footer = True
    styles(book.part._styles_part)
    for part in book.part.package.iter_parts():
        if str(part.partname) == "/word/fontTable.xml":
            part._blob = font_table()
    about = book.core_properties
    about.title, about.author, about.comments = document.title, meta.organ, ""
    about.last_modified_by, about.language = meta.organ, "zh-CN"
    about.created = about.modified = dt.datetime.combine(document.dated or UNKNOWN, dt.time())
