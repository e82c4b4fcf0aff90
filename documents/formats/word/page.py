"""Pages of the editable version: size, grid, page numbers, styles, names of the faces."""

from collections.abc import Sequence
from typing import Any

from docx.oxml import OxmlElement

from documents.layout import geometry as g

from .xml import FACES, LINE, OFF, SPACING, Text, node, paragraph, rule, run, twips

RIGHT_MARGIN = 25.7  # a hair more than 28 characters
FOLIO_BOTTOM = g.PAGE_HEIGHT - g.FOLIO_TOP - (1 - g.DASH_TOP) * g.SIHAO * g.PT
INDENT = round(g.SIHAO * 20)
STYLES = {  # name in Word, face, level of the outline
    "title": ("公文标题", "title", None),
    "text": ("公文正文", "fang", None),
    "level1": ("公文一级标题", "hei", 0),
    "level2": ("公文二级标题", "kai", 1),
    "level3": ("公文三级标题", "fang", 2),
    "level4": ("公文四级标题", "fang", 3),
}


def section(*, lying: bool, references: Sequence[Any] = (), first_apart: bool = False) -> Any:
    """Its properties. A page that lies has the type area turned."""
    wide, high = twips(g.PAGE_WIDTH), twips(g.PAGE_HEIGHT)
    top, right, bottom, left = g.TOP, RIGHT_MARGIN, g.PAGE_HEIGHT - g.BOTTOM, g.LEFT
    if lying:
        wide, high = high, wide
        top, right, bottom, left = g.LEFT, g.TOP, g.PAGE_WIDTH - g.RIGHT, g.PAGE_HEIGHT - g.BOTTOM
    return node(
        "sectPr",
        *references,
        node("type", val="nextPage"),
        node("pgSz", w=wide, h=high, orient="landscape" if lying else None),
        node(
            "pgMar", top=twips(top), right=twips(right), bottom=twips(bottom), left=twips(left),
            header=851, footer=twips(FOLIO_BOTTOM), gutter=0,
        ),
        node("titlePg") if first_apart else None,
        node("docGrid", type="lines", linePitch=LINE),
    )  # fmt: skip


def folio(side: str) -> Any:
    """7.5: — 1 —, outside, one character in."""
    texts = [_small("— "), *_field(), _small(" —")]
    return paragraph(
        texts,
        align=side,
        line=INDENT,
        grid=False,
        left=INDENT * (side == "left"),
        right=INDENT * (side == "right"),
    )


def _small(text: str) -> Text:
    return Text(text, "song", g.SIHAO)


def _field() -> list[Any]:
    """PAGE, as Word counts it."""
    found = []
    for part in ("begin", "", "separate", "1", "end"):
        one = run(_small(""))
        one.remove(one[-1])
        if part in ("", "1"):
            said = OxmlElement("w:t" if part else "w:instrText")
            said.text = part or "PAGE"
            one.append(said)
        else:
            one.append(node("fldChar", fldCharType=part))
        found.append(one)
    return found


def letter_foot() -> Any:
    """10.1: the double rule at the foot of the first page, which bears no number."""
    overhang = -twips((g.LETTER_RULE_WIDTH - g.WIDTH) / 2)
    border = node("pBdr", rule("bottom", points=4.5, color=g.RED, kind="thinThickSmallGap"))
    return paragraph(border=border, line=20, left=overhang, right=overhang, grid=False)


def styles(part: Any) -> None:
    """Ours beside Word's; what is typed anew looks like the text."""
    root = part.element
    for key, (name, face, level) in STYLES.items():
        properties = run(
            Text("", face, g.ERHAO if key == "title" else g.SANHAO, spacing=0 if key == "title" else SPACING)
        )[0]
        root.append(
            node(
                "style",
                node("name", val=name),
                node("basedOn", val="Normal"),
                node("qFormat"),
                node("pPr", node("widowControl", val=0), *(node(name, val=0) for name in OFF), node("outlineLvl", val=level) if level is not None else None),
                properties,
                type="paragraph", customStyle=1, styleId=f"anban-{key}",
            )
        )  # fmt: skip


def font_table() -> bytes:
    """What Word takes where a machine lacks a face."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>'
        for name, other in FACES.values()
    )
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:fonts xmlns:w="{space}">{fonts}</w:fonts>'.encode()
