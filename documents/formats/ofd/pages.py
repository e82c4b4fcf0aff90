"""A page's Content.xml."""

from collections.abc import Mapping
from itertools import groupby
from xml.etree import ElementTree

from .drawing import Box, Drawing, Picture, Run, Shape, number, steps
from .parts import element, xml_of


class Ids:
    """Numbers that are each given once in a document."""

    def __init__(self) -> None:
        self.last = 0

    def next(self) -> int:
        self.last += 1
        return self.last


def page_xml(drawing: Drawing, fonts: Mapping[str, int], images: Mapping[int, int], ids: Ids) -> bytes:
    page = element("Page")
    area = element("Area", page)
    element("PhysicalBox", area).text = f"0 0 {number(drawing.width)} {number(drawing.height)}"
    layer = element("Layer", element("Content", page), ID=ids.next(), Type="Body")
    for item in drawing.items:
        if isinstance(item, Run):
            _text(layer, item, fonts[item.font], ids.next())
        elif isinstance(item, Shape):
            _path(layer, item, ids.next())
        elif isinstance(item, Picture):
            _picture(layer, item, images[item.object], ids.next())
    return xml_of(page)


def _text(layer: ElementTree.Element, run: Run, font: int, own: int) -> None:
    found = element(
        "TextObject", layer, ID=own, Boundary=_boundary(run.box), Font=font, Size=number(run.size)
    )
    x, y = run.origin
    if run.matrix:
        turn = " ".join(f"{part:.5g}" for part in run.matrix)
        found.set("CTM", f"{turn} {number(x)} {number(y)}")
        x = y = 0
    element("FillColor", found, Value=_color(run.color))
    code = element("TextCode", found, X=number(x), Y=number(y))
    if len(run.places) > 1:
        code.set("DeltaX", _deltas(steps(run.places)))
    code.text = run.text


def _deltas(found: list[str]) -> str:
    """Equal neighbours together: "g 3 5.571" is three times 5.571."""
    parts = []
    for value, group in groupby(found):
        count = len(list(group))
        parts += ["g", str(count), value] if count > 3 else [value] * count
    return " ".join(parts)


def _path(layer: ElementTree.Element, shape: Shape, own: int) -> None:
    found = element("PathObject", layer, ID=own, Boundary=_boundary(shape.box))
    found.set("Stroke", "true" if shape.stroke else "false")
    found.set("Fill", "true" if shape.fill else "false")
    if shape.stroke:
        found.set("LineWidth", number(shape.line))
    if shape.fill:
        element("FillColor", found, Value=_color(shape.fill))
    if shape.stroke:
        element("StrokeColor", found, Value=_color(shape.stroke))
    element("AbbreviatedData", found).text = shape.data


def _picture(layer: ElementTree.Element, picture: Picture, resource: int, own: int) -> None:
    """The unit square of the picture, made as large as its box."""
    wide, high = number(picture.box.width), number(picture.box.height)
    element(
        "ImageObject", layer, ID=own, Boundary=_boundary(picture.box), CTM=f"{wide} 0 0 {high} 0 0",
        ResourceID=resource,
    )  # fmt: skip


def _boundary(box: Box) -> str:
    return " ".join(map(number, box))


def _color(color: str) -> str:
    return " ".join(str(int(color[at : at + 2], 16)) for at in (1, 3, 5))
