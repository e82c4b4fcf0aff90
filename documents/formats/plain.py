"""A document as plain text: the words of the paper in its order, each paragraph one line."""

from collections.abc import Iterator

from documents.layout import Document, Meta, Table
from documents.layout.document import Block
from documents.layout.words import attached_lines, attendance_lines, head_words, imprint_words


def render_text(document: Document, meta: Meta) -> bytes:
    """UTF-8; cells of a table are divided by tabs, so that it can be read and pasted as one."""
    document = document.with_meta(meta)
    return ("\n".join(_lines(document, meta)) + "\n").encode()


def _lines(document: Document, meta: Meta) -> Iterator[str]:
    yield from _head(document, meta)
    yield from (document.title, "")
    if document.to:
        yield document.to
    for block in document.blocks:
        yield from _block(block)
    if document.attached:
        yield ""
        yield from (one.text for one in attached_lines(document.attached))
    if document.attendance:
        yield ""
        yield from (one.label + one.text for one in attendance_lines(document))
    if document.signed_by or document.printed_date:
        yield ""
        yield from filter(None, [*document.signed_by, document.printed_date])
    yield from document.remarks
    for annex in document.annexes:
        yield from ("", annex.label)
        yield from [annex.title, ""] if annex.title else [""]
        for block in annex.blocks:
            yield from _block(block)
    names, printer, printed = imprint_words(document, meta)
    if names or printer:
        yield from ("", *map("".join, names))
        yield from filter(None, ["　".join(filter(None, [printer, printed]))])


def _head(document: Document, meta: Meta) -> Iterator[str]:
    urgency, organs, beside, number, signers = head_words(document, meta)
    signed = f"签发人：{'　'.join(signers)}" if signers else ""
    found = [urgency, *organs, beside, "　".join(filter(None, [number, signed]))]
    if organs:
        yield from filter(None, found)
        yield ""


def _block(block: Block) -> Iterator[str]:
    if not isinstance(block, Table):
        yield block.text
        return
    yield from filter(None, [block.title, "　".join(filter(None, [block.facts, block.unit]))])
    rows = [[column.label for column in block.columns], *block.rows, block.totals]
    groups = [column.group for column in block.columns]
    yield from ["\t".join(_once(groups))] if any(groups) else []
    yield from ("\t".join(" ".join(cell.split()) for cell in row) for row in rows if row)
    yield from filter(None, [block.note])


def _once(groups: list[str]) -> Iterator[str]:
    """The name of a group of columns stands over the first of them."""
    for before, group in zip(["", *groups], groups, strict=False):
        yield group if group != before else ""
