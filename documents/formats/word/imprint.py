"""版记 at the foot of the last page, however far its text reaches: a table, for LibreOffice drops the rules of
paragraphs that float."""

from typing import Any

from documents.layout import geometry as g
from documents.layout.imprint import name_lines
from documents.layout.words import ImprintWords

from .xml import Text, node, paragraph, rule, twips

WIDTH = twips(g.WIDTH)
INDENT = round(g.SIHAO * 20)
PITCH = twips(g.IMPRINT_PITCH)
OUTER, INNER = g.IMPRINT_OUTER / g.PT, g.IMPRINT_INNER / g.PT


def imprint_elements(words: ImprintWords, *, ruled: bool) -> list[Any]:
    """And the paragraph that holds it. Rules reach from edge to edge: only first lines are indented."""
    names = ["\n　".join(name_lines(*one)) for one in words.names]
    lines = names + [f"{words.printer}\t{words.printed}"] * bool(words.printer)
    edge = {"type": "dxa"}
    margins = node("tblCellMar", node("left", w=0, **edge), node("right", w=0, **edge))
    floats = node("tblpPr", vertAnchor="margin", horzAnchor="page", tblpX=twips(g.LEFT), tblpYSpec="bottom")
    table = node(
        "tbl",
        node("tblPr", floats, node("tblW", w=WIDTH, **edge), _borders() if ruled else None,
             node("tblLayout", type="fixed"), margins),
        node("tblGrid", node("gridCol", w=WIDTH)),
        *map(_row, lines),
    )  # fmt: skip
    return [table, anchor()]


def anchor() -> Any:
    """A paragraph of no height to speak of."""
    return paragraph(line=20, grid=False)


def _borders() -> Any:
    return node(
        "tblBorders",
        rule("top", points=OUTER),
        rule("bottom", points=OUTER),
        rule("insideH", points=INNER),
    )


def _row(text: str) -> Any:
    said = paragraph(
        [Text(text, size=g.SIHAO)],
        tabs=[("right", WIDTH - INDENT)],
        first=INDENT,
        line=PITCH,
        grid=False,
    )
    return node(
        "tr",
        node("trPr", node("cantSplit")),
        node("tc", node("tcPr", node("tcW", w=WIDTH, type="dxa")), said),
    )
