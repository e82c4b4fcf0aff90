"""WordprocessingML, a paragraph at a time; lengths are twentieths of a point (twips), as Word keeps them."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from documents.layout import geometry as g

LINE = 579  # a 22nd of the type area
SPACING = -4  # after each character, so that 28 of them fill the line
EM = round(g.SANHAO * 20)
CELL = EM + SPACING
OFF = ("autoSpaceDE", "autoSpaceDN")  # no air between 汉字 and figures

# Word's own names of the faces, and what Windows has where an office owns none of them.
FACES = {
    "fang": ("仿宋_GB2312", "仿宋"),
    "kai": ("楷体_GB2312", "楷体"),
    "hei": ("黑体", "SimHei"),
    "song": ("宋体", "SimSun"),
    "title": ("方正小标宋简体", "宋体"),
}


class Text(NamedTuple):
    """A run. `scale` condenses it, in hundredths."""

    text: str
    face: str = "fang"
    size: float = g.SANHAO
    color: str = ""
    scale: int = 100
    spacing: int = 0


def twips(mm: float) -> int:
    return round(mm / g.PT * 20)


def node(name: str, *children: Any, **values: Any) -> Any:
    """<w:name w:key="value">; a value of None is left out."""
    element = OxmlElement(f"w:{name}")
    for key, value in values.items():
        if value is not None:
            element.set(qn(f"w:{key}"), str(value))
    element.extend(child for child in children if child is not None)
    return element


def run(text: Text) -> Any:
    """A tab in the text is one, a line end a break of the line."""
    name = FACES[text.face][0]
    size = round(text.size * 2)
    found = node(
        "r",
        node(
            "rPr",
            node("rFonts", hint="eastAsia", ascii=name, hAnsi=name, eastAsia=name, cs=name),
            node("color", val=text.color.lstrip("#").upper()) if text.color else None,
            node("spacing", val=text.spacing) if text.spacing else None,
            node("w", val=text.scale) if text.scale != 100 else None,
            node("sz", val=size),
            node("szCs", val=size),
        ),
    )
    for number, line in enumerate(text.text.split("\n")):
        if number:
            found.append(node("br"))
        for at, part in enumerate(line.split("\t")):
            if at:
                found.append(node("tab"))
            said = node("t")
            said.text = part
            said.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            found.append(said)
    return found


def paragraph(
    texts: Sequence[Text | Any] = (), *, style: str = "", align: str = "", line: int = LINE, before: int = 0,
    left: int = 0, right: int = 0, first: int = 0, keep: bool = False, breaks: bool = False,
    border: Any = None, tabs: Sequence[tuple[str, int]] = (), grid: bool = True,
) -> Any:  # fmt: skip
    """`first`: the first line's indent beside `left`, negative where the others hang; `breaks`: on a new page."""
    indent = {"firstLine": first} if first >= 0 else {"hanging": -first}
    return node(
        "p",
        node(
            "pPr",
            node("pStyle", val=f"anban-{style}") if style else None,
            node("keepNext") if keep else None,
            node("pageBreakBefore") if breaks else None,
            node("widowControl", val=0),
            border,
            node("tabs", *(node("tab", val=kind, pos=at) for kind, at in tabs)) if tabs else None,
            *(node(name, val=0) for name in OFF),
            None if grid else node("snapToGrid", val=0),
            node("spacing", before=before, after=0, line=line, lineRule="exact"),
            node("ind", left=left, right=right, **indent),
            node("jc", val=align) if align else None,
        ),
        *(run(text) if isinstance(text, Text) else text for text in texts),
    )


def rule(side: str, *, points: float, space: float = 0, color: str = "000000", kind: str = "single") -> Any:
    return node(side, val=kind, sz=round(points * 8), space=round(space), color=color.lstrip("#").upper())
