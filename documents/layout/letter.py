"""信函格式 (10.1): the name alone, double rules across the first page's head and foot, the number at the right."""

from html import escape

from . import geometry as g
from .kinds import Kind
from .marks import Head, set_marks
from .setting import flush_right
from .words import HeadWords


def letter_head(kind: Kind, words: HeadWords) -> Head:
    """The first page bears no number and its text ends 7/8 of a character above the second rule, on whole lines."""
    marks, bottom = set_marks(words, top=g.LETTER_NAME_TOP, size=g.XIAOCHU)
    rule = bottom + g.LETTER_RULE_BELOW_NAME
    number = rule + g.DOUBLE + g.LETTER_GAP  # of its em box
    foot = g.LETTER_FOOT - g.DOUBLE
    room = foot - g.LETTER_GAP + g.LEADING
    title = number + g.BODY + g.TITLE_GAP_LINES * g.PITCH - (g.PITCH - g.ERHAO * g.PT) / 2
    lines = int((room - title) / g.PITCH)
    place = f"top:{number - g.LEADING:.3f}mm"
    html = (
        marks
        + _double(rule, (g.DOUBLE_THICK, g.DOUBLE_THIN))
        + (f'<p class="urgency l" style="{place}">{escape(words.urgency)}</p>' if words.urgency else "")
        + f'<div class="across" style="{place}">{flush_right(words.number, characters=0)}</div>'
        + _double(foot, (g.DOUBLE_THIN, g.DOUBLE_THICK))
    )
    return Head(html, room - lines * g.PITCH, room, numbered=False)


def _double(top: float, weights: tuple[float, float]) -> str:
    upper, lower = weights
    left = (g.WIDTH - g.LETTER_RULE_WIDTH) / 2  # over the middle of the type area
    return "".join(
        f'<div class="rule" style="left:{left:.3f}mm;width:{g.LETTER_RULE_WIDTH}mm;top:{at:.3f}mm;height:{weight}mm"></div>'
        for at, weight in ((top, upper), (top + upper + g.DOUBLE_GAP, lower))
    )
