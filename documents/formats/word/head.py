"""版头 of the editable version: where layout/head.py and layout/letter.py have it, as paragraphs."""

from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn

from documents.layout import geometry as g
from documents.layout.head import set_head
from documents.layout.kinds import Kind
from documents.layout.marks import ems_of, fitted, fitted_jointly
from documents.layout.words import HeadWords

from .xml import CELL, EM, LINE, Text, node, paragraph, rule, twips

TALL = 1.0625  # of the size: with a line this high the ink starts at its upper edge
HAIR = 40  # less than in print, so that the page's last line has its room
LEADING = (LINE - EM) // 2
ROOM = 40  # of what spans a line: whole twips and hundredths would break it
WIDTH = 28 * CELL


def head_paragraphs(kind: Kind, words: HeadWords) -> list[Any]:
    """As high as in print, so that the title starts on the same line."""
    if not words.organs:
        return []
    letter = kind.head == "letter"
    top = twips(g.LETTER_NAME_TOP if letter else g.NAME_TOP)
    found: list[Any] = []
    if words.urgency and not letter:
        found.append(paragraph([Text(words.urgency, "hei", spacing=-4)]))
        top -= LINE
    marks, size = _marks(words, max(0, top), g.XIAOCHU if letter else g.CHUHAO)
    high = round(size * TALL * 20)
    number = _letter_number(words) if letter else _number(words, 2 * LINE - LEADING - round(size * 2.45))
    used = LINE * len(found) + max(0, top) + high * max(1, len(words.organs)) + _height(number)
    number[-1].find(SPACING_OF).set(
        qn("w:after"), str(max(0, twips(set_head(kind, words).height) - used - HAIR))
    )
    return [*found, *marks, *number]


SPACING_OF = "{*}pPr/{*}spacing"
RULE = 140


def _height(paragraphs: list[Any]) -> int:
    """Lines, spaces above, and the rule at the last."""
    spaces = [one.find(SPACING_OF) for one in paragraphs]
    return sum(int(one.get(qn("w:line"))) + int(one.get(qn("w:before"))) for one in spaces) + RULE


def _marks(words: HeadWords, top: int, size: float) -> tuple[list[Any], float]:
    """发文机关标志; of a joint paper a table, 文件 at the right of all names."""
    if not words.beside:
        (name,) = words.organs
        size, squeeze = fitted(ems_of(name), size)
        return [_mark(name, size, squeeze, "center", before=top, beyond=ROOM)], size
    longest, ems, size, squeeze = fitted_jointly(words.organs, words.beside)
    names = [
        _mark(name, size, squeeze, "distribute", before=0 if number else top)
        for number, name in enumerate(words.organs)
    ]
    wide = round(longest * size * squeeze * 20) + ROOM
    rest = round((ems - longest) * size * squeeze * 20) - ROOM
    cells = [
        node("tc", node("tcPr", node("tcW", w=wide, type="dxa")), *names),
        node(
            "tc",
            node("tcPr", node("tcW", w=rest, type="dxa"), node("vAlign", val="center")),
            _mark(words.beside, size, squeeze, "right", before=top),
        ),
    ]
    margins = node("tblCellMar", node("left", w=0, type="dxa"), node("right", w=0, type="dxa"))
    table = node(
        "tbl",
        node("tblPr", node("tblW", w=wide + rest, type="dxa"), node("jc", val="center"), node("tblLayout", type="fixed"), margins),
        node("tblGrid", node("gridCol", w=wide), node("gridCol", w=rest)),
        node("tr", *cells),
    )  # fmt: skip
    return [table], size


def _mark(text: str, size: float, squeeze: float, align: str, *, before: int, beyond: int = 0) -> Any:
    said = Text(text, "title", size, g.RED, int(squeeze * 100))
    high = round(size * TALL * 20)
    return paragraph([said], align=align, line=high, before=before, left=-beyond, right=-beyond, grid=False)


def _number(words: HeadWords, before: int) -> list[Any]:
    """7.2.5, 7.2.6: centred, or at the left with who signed at the right, two a line."""
    border = node("pBdr", rule("bottom", points=2, space=5, color=g.RED))
    if not words.signers:
        return [paragraph([_said(words.number)], align="center", border=border, before=before)]
    lines = list(_signers(words.signers))
    edge = [("right", WIDTH - CELL)]
    upper = [
        paragraph([_said("\t"), *line], tabs=edge, before=0 if at else before)
        for at, line in enumerate(lines[:-1])
    ]
    last = paragraph(
        [_said(f"{words.number}\t"), *lines[-1]], tabs=edge, border=border, left=0, first=CELL,
        before=0 if upper else before,
    )  # fmt: skip
    return [*upper, last]


def _signers(names: tuple[str, ...]) -> Iterator[list[Text]]:
    for at in range(0, len(names), 2):
        said = _said("　".join(names[at : at + 2]), "kai")
        yield [_said("签发人："), said] if not at else [said]


def _letter_number(words: HeadWords) -> list[Any]:
    """10.1: under the double rule, at the right, the urgency at the left."""
    overhang = -twips((g.LETTER_RULE_WIDTH - g.WIDTH) / 2)
    return [
        paragraph(border=node("pBdr", rule("top", points=4.5, color=g.RED, kind="thickThinSmallGap")), line=20,
                  before=twips(g.LETTER_RULE_BELOW_NAME), left=overhang, right=overhang, grid=False),
        paragraph([_said(words.urgency, "hei"), _said(f"\t{words.number}")], tabs=[("right", WIDTH)], before=200),
    ]  # fmt: skip


def _said(text: str, face: str = "fang") -> Text:
    return Text(text, face, spacing=-4)
