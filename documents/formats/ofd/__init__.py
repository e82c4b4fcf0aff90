"""OFD (GB/T 33190-2016) from a laid-out PDF: the same glyphs at the same places, text that can be selected.

OFD.xml → Doc_0/Document.xml → Pages/Page_n/Content.xml, with fonts in PublicRes.xml and pictures in DocumentRes.xml.
"""

from hashlib import sha256
from io import BytesIO

import pikepdf

from documents.formats.zipped import zipped

from .drawing import Drawing, Picture, Run, drawings
from .pages import Ids, page_xml
from .parts import document_xml, fonts_xml, media_xml, root_xml
from .resources import cut, fonts_of, picture, suffix


def render_ofd(content: bytes) -> bytes:
    """A PDF of ours as OFD; the same PDF gives the same bytes. Neither its signatures nor what it encloses go along."""
    found = list(drawings(BytesIO(content)))
    with pikepdf.open(BytesIO(content)) as pdf:
        fonts = _fonts(pdf, found)
        pictures = {
            number: picture(pdf, number)
            for number in dict.fromkeys(
                item.object for drawing in found for item in drawing.items if isinstance(item, Picture)
            )
        }
        about = {key: str(pdf.docinfo.get(key, "")) for key in ("/Title", "/Author", "/CreationDate")}
    ids = Ids()
    faces = {name: ids.next() for name in fonts}
    images = {number: ids.next() for number in pictures}
    pages = [(ids.next(), drawing, page_xml(drawing, faces, images, ids)) for drawing in found]
    parts = {
        "OFD.xml": root_xml(sha256(content).hexdigest()[:32], about),
        "Doc_0/Document.xml": document_xml([(ids_, drawing) for ids_, drawing, _ in pages], ids.last),
        "Doc_0/PublicRes.xml": fonts_xml({faces[name]: (name, suffix(fonts[name])) for name in fonts}),
        "Doc_0/DocumentRes.xml": media_xml(images.values()),
    }
    parts |= {f"Doc_0/Pages/Page_{at}/Content.xml": xml for at, (_, _, xml) in enumerate(pages)}
    parts |= {f"Doc_0/Res/font_{faces[name]}.{suffix(one)}": one for name, one in fonts.items()}
    parts |= {f"Doc_0/Res/image_{images[number]}.png": one for number, one in pictures.items()}
    return zipped(parts)


def _fonts(pdf: pikepdf.Pdf, found: list[Drawing]) -> dict[str, bytes]:
    """Those that draw something."""
    used: dict[str, set[str]] = {}
    for drawing in found:
        for item in drawing.items:
            if isinstance(item, Run):
                used.setdefault(item.font, set()).update(item.text)
    programs = fonts_of(pdf)
    return {name: cut(programs[name], characters) for name, characters in used.items()}
