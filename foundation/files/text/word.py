"""The text of a .docx: paragraphs and table cells in document order, one a line."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from docx import Document
from docx.document import Document as DocxDocument
from docx.opc.constants import RELATIONSHIP_TYPE as PARTS
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element

from foundation.files.text.problems import UnreadableFile
from foundation.files.text.word_lists import WordLists, is_on, value

#: what zipfile and python-docx stumble over in a package that is none; the last three for parts of another kind,
#: packages with a password, and ways of packing that Python does not know
_BROKEN = (
    zipfile.BadZipFile, OpcError, SyntaxError, KeyError, ValueError, OSError, EOFError, zlib.error,
    AttributeError, RuntimeError, NotImplementedError,
)  # fmt: skip
_MALFORMED = "这个 .docx 文件已损坏或不是 Word 文档，请打开后重新另存为 .docx 或 .txt。"
_TOO_BIG = "这个 .docx 文件解开后过大，请删去图片和附件后另存，再上传。"
_RATIO = 10  # XML of a long plan packs about tenfold
_SIGNS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_TEXT, _PARAGRAPH, _BOX = qn("w:t"), qn("w:p"), qn("w:txbxContent")
_ROW, _CELL = qn("w:tr"), qn("w:tc")
_COLUMNS = 63  # Word's own limit
#: taken out by a tracked change, a description and no text, said twice for older readers, or reading aid
_SILENT = {
    qn("w:del"), qn("w:moveFrom"), qn("w:pPr"), qn("w:rPr"), qn("w:sdtPr"), qn("w:rt"), qn("w:tblPr"),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}  # fmt: skip


def read_docx(data: bytes, *, limit: int, rows: bool = False) -> str:
    """Paragraphs and cells joined by LF, with the numbers Word draws before the paragraphs of its lists; with `rows`
    a table's row is one line, its cells divided by tabs.

    Tracked changes count as accepted; a text box comes behind the paragraph it hangs on. Headers, footers, notes,
    comments, hidden words and bullets are no part of the text. A merged cell is said once. The unpacked size may be ten times `limit` at most.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _check(package, limit * _RATIO)
        return "\n".join(_Reader(Document(io.BytesIO(data)), rows).lines())
    except _BROKEN:
        raise UnreadableFile(_MALFORMED) from None


def _check(package: zipfile.ZipFile, limit: int) -> None:
    """A bomb declares its size; a size that lies is cut short by zipfile and fails its checksum."""
    if sum(member.file_size for member in package.infolist()) > limit or len(package.infolist()) > 5000:
        raise UnreadableFile(_TOO_BIG)
    if "word/document.xml" not in package.namelist():
        raise UnreadableFile(_MALFORMED)


def _part(document: DocxDocument, kind: str) -> Element | None:
    """Root of a part of the package; python-docx would add one that is missing."""
    related = (r for r in document.part.rels.values() if r.reltype == kind and not r.is_external)
    return next((getattr(r.target_part, "element", None) for r in related), None)


class _Reader:
    def __init__(self, document: DocxDocument, rows: bool) -> None:
        self.rows = rows
        self.body: Element | None = document.element.body
        self.lists = WordLists(_part(document, PARTS.NUMBERING), _part(document, PARTS.STYLES))
        self.held = ""  # words whose paragraph mark a tracked change took out: they open the next paragraph

    def lines(self) -> Iterator[str]:
        if self.body is not None:
            yield from self._blocks(self.body)
        if self.held:
            yield self.held

    def _blocks(self, parent: Element) -> Iterator[str]:
        for block in parent:
            if block.tag == _PARAGRAPH:
                yield from self._paragraph(block)
            elif self.rows and block.tag == _ROW and not _is_left_out(block):
                yield from self._row(block)
            elif _merged_into_above(block):  # an empty line, so that the columns of the row still count up
                yield ""
            elif isinstance(block.tag, str) and block.tag not in _SILENT and not _is_left_out(block):
                yield from self._blocks(block)

    def _row(self, row: Element) -> Iterator[str]:
        """A row of one cell is a frame around text."""
        cells = [cell for cell in row.iter(_CELL) if next(cell.iterancestors(_ROW)) is row]
        if len(cells) < 2:
            yield from (line for cell in cells for line in self._blocks(cell))
            return
        texts = []
        for cell in cells:
            words = "" if _merged_into_above(cell) else " ".join(" ".join(self._blocks(cell)).split())
            span = min(int(value(cell, "w:tcPr", "w:gridSpan") or 1), _COLUMNS)
            texts += [words, *[""] * (span - 1)]
        yield "\t".join(texts)

    def _paragraph(self, paragraph: Element) -> Iterator[str]:
        boxes: list[Element] = []
        words = self.held + "".join(_words(paragraph, boxes))
        properties, self.held = paragraph.find(qn("w:pPr")), ""
        if properties is not None and properties.find(f"{qn('w:rPr')}/{qn('w:del')}") is not None:
            self.held = words
        else:
            yield self.lists.number(properties) + words
        for box in boxes:
            yield from self._blocks(box)


def _words(parent: Element, boxes: list[Element]) -> Iterator[str]:
    """The visible words of a paragraph; text boxes met on the way are put into `boxes`."""
    for child in parent:
        if child.tag == _TEXT:
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif child.tag == _BOX:
            boxes.append(child)
        elif (
            isinstance(child.tag, str) and child.tag not in _SILENT and not is_on(child, "w:rPr", "w:vanish")
        ):
            yield from _words(child, boxes)


def _merged_into_above(block: Element) -> bool:
    merge = block.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    return merge is not None and merge.get(qn("w:val"), "continue") == "continue"


def _is_left_out(block: Element) -> bool:
    """A table of contents repeats the headings; a row may be taken out by a tracked change."""
    gallery = value(block, "w:sdtPr", "w:docPartObj", "w:docPartGallery")
    return gallery == "Table of Contents" or block.find(f"{qn('w:trPr')}/{qn('w:del')}") is not None
