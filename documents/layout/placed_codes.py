"""The stamp at the foot: the QR code as the lines that segno draws, and the words beside it. Pure."""

import re
from collections.abc import Iterator
from urllib.parse import unquote
from xml.etree.ElementTree import Element, fromstring

from .placed import HALF, Code, Part, Run, Strange, length, points, style_of, text_of, width_of

STEP = re.compile(r"([Mmh])(-?[\d.]+)(?: (-?[\d.]+))?")


def place_code(child: Element, width: float) -> Code:
    style, source = style_of(child), child.get("src", "")
    if style.get("position") != "absolute" or not source.startswith("data:image/svg+xml;charset=utf-8,"):
        raise Strange
    drawn = fromstring(unquote(source.partition(",")[2]))  # noqa: S314  our own
    (path,) = drawn
    if set(path.keys()) != {"class", "stroke", "d"} or path.get("class") != "qrline":
        raise Strange
    side = length(style["width"])
    left = length(style["left"]) if "left" in style else width - length(style["right"]) - side
    scale = side / float(drawn.get("width", "0"))
    strokes = tuple(_strokes(path.get("d", "")))
    return Code(left, length(style["top"]), side, scale, strokes, child.get("alt", ""))


def _strokes(path: str) -> Iterator[tuple[float, float, float]]:
    """Where each begins, and how long it is."""
    x = y = 0.0
    for what, first, second in STEP.findall(path):
        if what == "h":
            yield x, y, float(first)
            x += float(first)
        else:
            x, y = (float(first), float(second)) if what == "M" else (x + float(first), y + float(second))


def place_words(child: Element, width: float) -> Part:
    """A line outside of the type area."""
    style = style_of(child)
    if style.get("position") != "absolute":
        raise Strange
    size = points(style["font-size"])
    run = Run(
        text_of(child),
        "song",
        size,
        0.0,
        length(style["top"]) + length(style["line-height"]) / 2 + HALF * size,
    )
    left = length(style["left"]) if "left" in style else width - length(style["right"]) - width_of(run)
    return Part("p", (run._replace(left=left),))
