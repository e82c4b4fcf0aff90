"""The text of a .docx: paragraphs and table cells in document order, one a line."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from docx import Document
from docx.document import Document as DocxDocument
from docx.opc.exceptions import OpcError
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from workflows.plans.reading.problems import UnreadablePlan

_MALFORMED = "这个 .docx 文件已损坏或不是 Word 文档，请打开后重新另存为 .docx 或 .txt。"
_TOO_BIG = "这个 .docx 文件解开后过大，请删去图片和附件后另存，再上传。"
_RATIO = 10  # XML of a long plan packs about tenfold


def read_docx(data: bytes, *, limit: int) -> str:
    """Paragraphs and cells joined by LF. The unpacked size may be ten times `limit` at most."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _check(package, limit * _RATIO)
        return "\n".join(_texts(Document(io.BytesIO(data))))
    except (zipfile.BadZipFile, OpcError, SyntaxError, KeyError, ValueError, OSError, EOFError, zlib.error):
        raise UnreadablePlan(_MALFORMED) from None


def _check(package: zipfile.ZipFile, limit: int) -> None:
    """A bomb declares its size; a size that lies is cut short by zipfile and fails its checksum."""
    if sum(member.file_size for member in package.infolist()) > limit or len(package.infolist()) > 5000:
        raise UnreadablePlan(_TOO_BIG)
    if "word/document.xml" not in package.namelist():
        raise UnreadablePlan(_MALFORMED)


def _texts(parent: DocxDocument | _Cell) -> Iterator[str]:
    for block in parent.iter_inner_content():
        if isinstance(block, Paragraph):
            yield block.text
        else:
            yield from _table(block)


def _table(table: Table) -> Iterator[str]:
    """A merged cell is one cell, though python-docx yields it once per grid square."""
    seen = set()
    for row in table.rows:
        for cell in row.cells:
            if cell._tc not in seen:
                seen.add(cell._tc)
                yield from _texts(cell)
