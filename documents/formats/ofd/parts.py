"""The XML files of an OFD package beside its pages; elements in the order of GB/T 33190-2016."""

from collections.abc import Iterable, Mapping, Sequence
from xml.etree import ElementTree

from .drawing import Drawing, number

NAMESPACE = "http://www.ofdspec.org/2016"
ElementTree.register_namespace("ofd", NAMESPACE)


def element(
    name: str, parent: ElementTree.Element | None = None, **attributes: str | int
) -> ElementTree.Element:
    tag = f"{{{NAMESPACE}}}{name}"
    values = {key: str(value) for key, value in attributes.items()}
    if parent is None:
        return ElementTree.Element(tag, values)
    return ElementTree.SubElement(parent, tag, values)


def xml_of(root: ElementTree.Element) -> bytes:
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="utf-8")


def root_xml(identifier: str, about: Mapping[str, str]) -> bytes:
    """OFD.xml; `about` is what the PDF says of itself."""
    root = element("OFD", Version="1.0", DocType="OFD")
    body = element("DocBody", root)
    info = element("DocInfo", body)
    made = about["/CreationDate"].removeprefix("D:")
    day = f"{made[:4]}-{made[4:6]}-{made[6:8]}" if len(made) >= 8 else ""
    told = {"DocID": identifier, "Title": about["/Title"], "Author": about["/Author"], "CreationDate": day}
    for name, value in {**told, "Creator": "anban"}.items():
        if value:
            element(name, info).text = value
    element("DocRoot", body).text = "Doc_0/Document.xml"
    return xml_of(root)


def document_xml(pages: Sequence[tuple[int, Drawing]], last: int) -> bytes:
    root = element("Document")
    common = element("CommonData", root)
    element("MaxUnitID", common).text = str(last)
    _, first = pages[0]
    area = element("PageArea", common)
    element("PhysicalBox", area).text = f"0 0 {number(first.width)} {number(first.height)}"
    element("PublicRes", common).text = "PublicRes.xml"
    element("DocumentRes", common).text = "DocumentRes.xml"
    listed = element("Pages", root)
    for at, (own, _) in enumerate(pages):
        element("Page", listed, ID=own, BaseLoc=f"Pages/Page_{at}/Content.xml")
    return xml_of(root)


def fonts_xml(fonts: Mapping[int, tuple[str, str]]) -> bytes:
    """By their number: the name and the suffix of the file."""
    root = element("Res", BaseLoc="Res")
    listed = element("Fonts", root)
    for own, (name, suffix) in fonts.items():
        bare = name.partition("+")[2] or name
        font = element("Font", listed, ID=own, FontName=bare, FamilyName=bare)
        element("FontFile", font).text = f"font_{own}.{suffix}"
    return xml_of(root)


def media_xml(pictures: Iterable[int]) -> bytes:
    root = element("Res", BaseLoc="Res")
    listed = element("MultiMedias", root)
    for own in pictures:
        media = element("MultiMedia", listed, ID=own, Type="Image", Format="PNG")
        element("MediaFile", media).text = f"image_{own}.png"
    return xml_of(root)
