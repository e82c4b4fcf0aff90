"""版记 at the foot of the last page. LibreOffice drops the rules of what floats, so room above it holds it down."""

from typing import Any

from documents.layout import geometry as g
from documents.layout.imprint import name_lines
from documents.layout.words import ImprintWords

from .xml import LINE, Text, node, paragraph, rule, twips

WIDTH = twips(g.WIDTH)
INDENT = round(g.SIHAO * 20)
PITCH = twips(g.IMPRINT_PITCH)
RULES = 60  # together
SLACK = (
    LINE + 80
)  # LibreOffice takes this much more than it shows; Word may break a line more than print does
OUTER, INNER = g.IMPRINT_OUTER / g.PT, g.IMPRINT_INNER / g.PT


def imprint_paragraphs(words: ImprintWords, *, ruled: bool, used: float) -> list[Any]:
    """`used`: millimetres of the page that are full. Rules reach from edge to edge: only first lines are indented."""
    names = [name_lines(*one) for one in words.names]
    lines = ["\n　".join(one) for one in names] + [f"{words.printer}\t{words.printed}"] * bool(words.printer)
    high = PITCH * (sum(map(len, names)) + bool(words.printer)) + RULES
    room = max(0, g.LINES * LINE - twips(used) - high - SLACK)
    return [
        paragraph(
            [Text(text, size=g.SIHAO)],
            border=_border(at == 0, at == len(lines) - 1) if ruled else None,
            tabs=[("right", WIDTH - INDENT)],
            first=INDENT,
            line=PITCH,
            before=0 if at else room,
            keep=at < len(lines) - 1,
            grid=False,
        )
        for at, text in enumerate(lines)
    ]


def _border(first: bool, last: bool) -> Any:
    return node(
        "pBdr",
        rule("top", points=OUTER if first else INNER),
        rule("bottom", points=OUTER) if last else None,
    )
