"""Word files as their XML says them."""

from __future__ import annotations

import io

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from foundation.files.text import decode

SPACES = (
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


def level(depth: int, form: str, words: str, *, start: int = 1, more: str = "") -> str:
    """One w:lvl."""
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
        f'{more}<w:suff w:val="nothing"/><w:lvlText w:val="{words}"/></w:lvl>'
    )


def abstract(key: int, *levels: str) -> str:
    """One w:abstractNum."""
    return f'<w:abstractNum w:abstractNumId="{key}">{"".join(levels)}</w:abstractNum>'


def num(key: int, of: int, more: str = "") -> str:
    """One w:num."""
    return f'<w:num w:numId="{key}"><w:abstractNumId w:val="{of}"/>{more}</w:num>'


def listed(words: str, list_: int, depth: int = 0) -> str:
    """A paragraph in a list."""
    place = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{list_}"/></w:numPr>'
    return f"<w:p><w:pPr>{place}</w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"


def plain(words: str) -> str:
    """A paragraph without a list."""
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


def text_of(*blocks: str, lists: str = "", styles: str = "", rows: bool = False) -> str:
    """What `decode` reads out of a document of these blocks, lists and styles."""
    document, out = Document(), io.BytesIO()
    body = parse_xml(f"<w:body {nsdecls('w')} {SPACES}>{''.join(blocks)}</w:body>")
    for block in reversed(list(body)):
        document.element.body.insert(0, block)
    numbering = document.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING).element
    for old in list(numbering):
        numbering.remove(old)
    for new in parse_xml(f"<w:numbering {nsdecls('w')}>{lists}</w:numbering>"):
        numbering.append(new)
    for style in parse_xml(f"<w:styles {nsdecls('w')}>{styles}</w:styles>"):
        document.styles.element.append(style)
    document.save(out)
    return decode(out.getvalue(), "方案.docx", rows=rows)
