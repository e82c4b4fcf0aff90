"""What the pages use: the PDF's own fonts cut down to the characters drawn, and its pictures as PNG."""

from collections.abc import Iterable
from io import BytesIO
from typing import Any

import pikepdf
import uharfbuzz as hb


def fonts_of(pdf: pikepdf.Pdf) -> dict[str, bytes]:
    """The embedded program of every font, by the name it goes by in the PDF."""
    found = {}
    for page in pdf.pages:
        for font in page.resources.get("/Font", {}).values():
            name = str(font.BaseFont).removeprefix("/")
            if name not in found:
                described = font.DescendantFonts[0].FontDescriptor
                program: Any = described.get("/FontFile3") or described.get("/FontFile2")
                found[name] = program.read_bytes()
    return found


def cut(program: bytes, characters: Iterable[str]) -> bytes:
    """A font of these characters alone, found by their code points; same input, same bytes."""
    keep = hb.SubsetInput()
    keep.unicode_set.clear()
    keep.unicode_set.update(map(ord, characters))
    keep.layout_feature_tag_set.clear()
    keep.flags = hb.SubsetFlags.DESUBROUTINIZE | hb.SubsetFlags.NOTDEF_OUTLINE
    return bytes(hb.subset(hb.Face(hb.Blob(program)), keep).blob.data)


def suffix(program: bytes) -> str:
    return "otf" if program.startswith(b"OTTO") else "ttf"


def picture(pdf: pikepdf.Pdf, number: int) -> bytes:
    """With its transparency, which a PDF keeps apart."""
    found: Any = pdf.get_object(number, 0)
    image = pikepdf.PdfImage(found).as_pil_image().convert("RGB")
    if "/SMask" in found:
        image.putalpha(pikepdf.PdfImage(found.SMask).as_pil_image().convert("L"))
    file = BytesIO()
    image.save(file, "PNG")
    return file.getvalue()
