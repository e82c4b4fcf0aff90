"""Where everything on a page stands, worked out from its HTML without an engine: the grid is known. Pure.

Only what lines, heads and imprints are made of; a page that holds anything else is the engine's.
"""

import math
from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element, fromstring

from . import geometry as g
from .placed import (
    ASCENT,
    HALF,
    INDENT,
    Bar,
    Code,
    Part,
    Run,
    Sheet,
    Strange,
    length,
    looks_of,
    points,
    runs_of,
    style_of,
    text_of,
    width_of,
)  # fmt: skip
from .placed_codes import place_code, place_words
from .placed_tables import Grid


def place(section: str) -> Sheet | None:
    """All that stands on a page as `page_sections` gives it; None where the engine has to see it."""
    root = fromstring(section)  # noqa: S314  our own pages
    lying = root.get("class") == "lying"
    try:
        return Sheet(Part("section", tuple(_parts(root, lying))), lying)
    except Strange:
        return None


FANG = ("fang", 0.0)


def _parts(root: Element, lying: bool) -> Iterator[Part | Code]:
    top, width = 0.0, g.HEIGHT if lying else g.WIDTH
    for child in root:
        kind = (child.get("class") or "").split()
        name = kind[0] if kind else ""
        if name in LINES and child.tag == "p":
            height, line = LINES[name]
            yield Part("p", tuple(line(child, kind, top, width)))
            top += height
        elif child.tag == "table":
            table = Grid(child, top)
            yield table.part()
            top = table.bottom
        elif not name and child.tag == "div":
            top += _blank(child)
        elif name == "folio" and lying:
            yield _turned_folio(child, kind)
        elif name == "song" and child.tag == "p":
            yield place_words(child, width)
        elif child.tag == "img" and not name:
            yield place_code(child, width)
        elif name == "draft":
            yield _draft(child, width, g.WIDTH if lying else g.HEIGHT)
        elif name in PLACED and not lying:
            yield PLACED[name](child, kind)
        else:
            raise Strange


def _blank(child: Element) -> float:
    style = style_of(child)
    if len(child) or child.text or set(style) != {"height"}:
        raise Strange
    return length(style["height"])


def _line(child: Element, kind: list[str], top: float, width: float) -> Iterator[Run]:
    """A line of the grid: from the left, or (r) up to where its padding begins."""
    style = style_of(child)
    if not set(style) <= {"padding-right", "letter-spacing"}:
        raise Strange
    runs = list(runs_of(child, looks_of(kind, style, FANG, g.BODY), g.BODY))
    left = next((int(one[1:]) * g.CELL for one in kind if INDENT.fullmatch(one)), 0.0)
    if "r" in kind:
        left = width - length(style["padding-right"]) - sum(map(width_of, runs))
    yield from _set(runs, left, top + g.PITCH / 2 + HALF * g.BODY)


def _set(runs: list[Run], left: float, base: float) -> Iterator[Run]:
    for run in runs:
        yield run._replace(left=left, base=base)
        left += width_of(run)


def _title(child: Element, _: list[str], top: float, width: float) -> Iterator[Run]:
    yield _centred(text_of(child), "title", g.ERHAO, top + g.PITCH / 2, width)


def _small(child: Element, kind: list[str], top: float, _: float) -> Iterator[Run]:
    if kind != ["small", "fang"] or child.get("style"):
        raise Strange
    size = g.XIAOSI * g.PT
    yield Run(text_of(child), "fang", size, 0.0, top + g.SMALL_PITCH / 2 + HALF * size)


def _ends(child: Element, kind: list[str], top: float, _: float) -> Iterator[Part]:
    """One text at the left, one at the right."""
    if kind != ["ends", "fang"]:
        raise Strange
    return _apart(child, g.XIAOSI * g.PT, (0.0, length(style_of(child)["width"])), top + g.SMALL_PITCH / 2)


def _apart(child: Element, size: float, edges: tuple[float, float], middle: float) -> Iterator[Part]:
    for number, span in enumerate(child):
        run = Run(text_of(span), "fang", size, edges[0], middle + HALF * size)
        yield Part("span", (run._replace(left=edges[1] - width_of(run)) if number else run,))


LINES: dict[str, tuple[float, Callable[[Element, list[str], float, float], Iterator[Run | Part]]]] = {
    "l": (g.PITCH, _line), "title": (g.PITCH, _title), "small": (g.SMALL_PITCH, _small), "ends": (g.SMALL_PITCH, _ends),
}  # fmt: skip


def _centred(text: str, face: str, size_points: float, middle: float, width: float = g.WIDTH) -> Run:
    size = size_points * g.PT
    run = Run(text, face, size, 0.0, middle + HALF * size)
    return run._replace(left=(width - width_of(run)) / 2)


def _name(child: Element, _: list[str]) -> Part:
    """发文机关标志, condensed about its middle."""
    style, (span,) = style_of(child), child
    looks = style_of(span)
    size = points(style["font-size"])
    squeeze = _scale(looks)
    run = Run(
        text_of(span), "title", size, 0.0, length(style["top"]) + ASCENT * size, squeeze=squeeze, color=g.RED
    )
    return Part("h1", (Part("span", (run._replace(left=(g.WIDTH - width_of(run) * squeeze) / 2),)),))


def _number(child: Element, kind: list[str]) -> Part:
    run = _centred(text_of(child), "fang", g.SANHAO, length(style_of(child)["top"]) + g.PITCH / 2)
    return Part("p", (run._replace(left=g.CELL) if "up" in kind else run,))


def _at(child: Element, kind: list[str]) -> Part:
    """A line that is placed by itself."""
    style = style_of(child)
    if child.tag != "p" or set(style) != {"left", "top"}:
        raise Strange
    looks = looks_of([one for one in kind if one != "at"], {}, FANG, g.BODY)
    base = length(style["top"]) + g.PITCH / 2 + HALF * g.BODY
    return Part("p", tuple(_set(list(runs_of(child, looks, g.BODY)), length(style["left"]), base)))


def _across(child: Element, _: list[str]) -> Part:
    """A line of the grid, as wide as the type area, that is placed by itself."""
    (line,) = child
    kind = (line.get("class") or "").split()
    if kind[:1] != ["l"]:
        raise Strange
    return Part("div", (Part("p", tuple(_line(line, kind, length(style_of(child)["top"]), g.WIDTH))),))


def _mark(child: Element, _: list[str]) -> Part:
    """One of several organs: condensed from its left edge."""
    style = style_of(child)
    size, squeeze = points(style["font-size"]), _scale(style)
    run = Run(text_of(child), "title", size, length(style["left"]), length(style["top"]) + ASCENT * size)
    return Part("p", (run._replace(gap=points(style["letter-spacing"]), squeeze=squeeze, color=g.RED),))


def _scale(style: dict[str, str]) -> float:
    return float(style["transform"].removeprefix("scaleX(").removesuffix(")"))


def _urgency(child: Element, _: list[str]) -> Part:
    top = length(style_of(child).get("top", "0mm"))
    return Part("p", (Run(text_of(child), "hei", g.BODY, 0.0, top + g.PITCH / 2 + HALF * g.BODY),))


def _rule(child: Element, _: list[str]) -> Part:
    style = {"left": "0mm", "width": f"{g.WIDTH}mm", "height": f"{g.RULE_THICKNESS}mm"} | style_of(child)
    left, top, width, height = (length(style[one]) for one in ("left", "top", "width", "height"))
    return Part("div", (Bar(left, top, width, height, g.RED),))


def _folio(child: Element, kind: list[str]) -> Part:
    size = g.SIHAO * g.PT
    top = g.FOLIO_TOP - g.TOP - g.DASH_TOP * size
    run = Run(text_of(child), "song", size, g.FOLIO_IN, top + ASCENT * size)
    return Part("p", (run._replace(left=g.WIDTH - g.FOLIO_IN - width_of(run)) if "odd" in kind else run,))


def _turned_folio(child: Element, kind: list[str]) -> Part:
    """7.5 on a page that lies: where it would stand if the page were turned upright."""
    upright = _folio(child, kind).inside[0]
    assert isinstance(upright, Run)
    return Part("p", (upright._replace(left=g.HEIGHT - upright.base, base=upright.left, turned=90.0),))


def _draft(child: Element, width: float, height: float) -> Part:
    """Across the page, behind the text: turned about its middle."""
    size, angle = g.DRAFT_SIZE * g.PT, math.radians(g.DRAFT_TURN)
    run = Run(text_of(child), "hei", size, 0.0, 0.0, turned=g.DRAFT_TURN, color=g.DRAFT_COLOR)
    along, below = -width_of(run) / 2, HALF * size
    left = width / 2 + along * math.cos(angle) - below * math.sin(angle)
    base = g.DRAFT_TOP * height + size / 2 + along * math.sin(angle) + below * math.cos(angle)
    return Part("p", (run._replace(left=left, base=base),))


def _imprint(child: Element, _: list[str]) -> Part:
    """Its rows from the foot upward, one or two texts in each."""
    heights = [RULES[row.get("class", "")] if row.tag == "div" else g.IMPRINT_PITCH for row in child]
    top, parts = g.HEIGHT - sum(heights), []
    for row, height in zip(child, heights, strict=True):
        parts.append(
            Part("div", (Bar(0.0, top, g.WIDTH, height),))
            if row.tag == "div"
            else Part(
                "p", tuple(_apart(row, g.SIHAO * g.PT, (g.FOLIO_IN, g.WIDTH - g.FOLIO_IN), top + height / 2))
            )
        )
        top += height
    return Part("div", tuple(parts))


RULES = {"outer": g.IMPRINT_OUTER, "inner": g.IMPRINT_INNER}


PLACED: dict[str, Callable[[Element, list[str]], Part]] = {
    "name": _name, "number": _number, "at": _at, "across": _across, "mark": _mark, "urgency": _urgency, "rule": _rule, "folio": _folio, "imprint": _imprint,
}  # fmt: skip
