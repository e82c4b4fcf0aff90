"""版头: the red head of 7.2 with 发文机关标志, 发文字号, 签发人 and the rule; which head a kind has says kinds.yaml."""

from collections.abc import Callable, Sequence
from html import escape

from . import geometry as g
from .kinds import Kind
from .letter import letter_head
from .marks import Head, set_marks
from .setting import runs
from .words import HeadWords


def set_head(kind: Kind, words: HeadWords) -> Head:
    """Nothing for a paper without an office."""
    return HEADS[kind.head](kind, words) if words.organs else Head()


def red_head(kind: Kind, words: HeadWords) -> Head:
    marks, bottom = set_marks(words, top=g.NAME_TOP)
    signers = words.signers
    first = bottom + g.NUMBER_GAP_LINES * g.PITCH  # em box of the first signer's line
    number_top = first + max(0, -(-len(signers) // 2) - 1) * g.PITCH
    rule_top = number_top + g.BODY + g.RULE_BELOW_NUMBER
    html = (
        (f'<p class="urgency l">{escape(words.urgency)}</p>' if words.urgency else "")
        + marks
        + _number(words.number, number_top - g.LEADING, up=kind.upward)
        + _signers(signers, first - g.LEADING)
        + f'<div class="rule" style="top:{rule_top:.3f}mm"></div>'
    )
    lines = -(-(rule_top + g.TITLE_GAP_LINES * g.PITCH - (g.PITCH - g.ERHAO * g.PT) / 2) // g.PITCH)
    return Head(html, lines * g.PITCH)


HEADS: dict[str, Callable[[Kind, HeadWords], Head]] = {"red": red_head, "letter": letter_head}


def _number(number: str, top: float, *, up: bool) -> str:
    """7.2.5: centred; on what goes upward one character in from the left."""
    where = " up" if up else ""
    return f'<p class="number l fang{where}" style="top:{top:.3f}mm">{escape(number)}</p>'


def _signers(names: Sequence[str], top: float) -> str:
    """7.2.6: two a line, below one another, the longest one character from the right edge; the number stands on the
    line of the last one."""
    if not names:
        return ""
    longest = max(map(len, names))
    columns = min(2, len(names))
    width = len(LABEL) + longest * columns + (columns - 1)
    left = g.WIDTH - g.CELL - width * g.BODY
    html = _placed(LABEL, "fang", left, top)
    for number, name in enumerate(names):
        across, down = number % 2, number // 2
        at = left + (len(LABEL) + across * (longest + 1)) * g.BODY
        html += _placed(name, "kai", at, top + down * g.PITCH)
    return html


LABEL = "签发人："


def _placed(text: str, face: str, left: float, top: float) -> str:
    body = runs(text, [face] * len(text), [0] * len(text))
    return f'<p class="at l fang" style="left:{left:.3f}mm;top:{top:.3f}mm">{body}</p>'
