"""版头: the red head of 7.2 with 发文机关标志, 发文字号, 签发人 and the rule; which head a kind has says kinds.yaml."""

from collections.abc import Callable, Sequence
from html import escape

from . import geometry as g
from .document import Meta
from .kinds import KINDS
from .letter import letter_head
from .marks import Head, set_marks
from .setting import runs


def set_head(meta: Meta) -> Head:
    """Nothing for a paper without an office."""
    return HEADS[KINDS[meta.kind].head](meta) if meta.organ else Head()


def red_head(meta: Meta) -> Head:
    marks, bottom = set_marks(KINDS[meta.kind].mark, meta.organs, top=g.NAME_TOP)
    signers = meta.signers if KINDS[meta.kind].upward else ()
    first = bottom + g.NUMBER_GAP_LINES * g.PITCH  # em box of the first signer's line
    number_top = first + max(0, -(-len(signers) // 2) - 1) * g.PITCH
    rule_top = number_top + g.BODY + g.RULE_BELOW_NUMBER
    html = (
        (f'<p class="urgency l">{escape(meta.urgency)}</p>' if meta.urgency else "")
        + marks
        + _number(meta, number_top - LEADING)
        + _signers(signers, first - LEADING)
        + f'<div class="rule" style="top:{rule_top:.3f}mm"></div>'
    )
    lines = -(-(rule_top + g.TITLE_GAP_LINES * g.PITCH - (g.PITCH - g.ERHAO * g.PT) / 2) // g.PITCH)
    return Head(html, lines * g.PITCH)


LEADING = (g.PITCH - g.BODY) / 2
HEADS: dict[str, Callable[[Meta], Head]] = {"red": red_head, "letter": letter_head}


def _number(meta: Meta, top: float) -> str:
    """7.2.5: centred; on what goes upward one character in from the left."""
    where = " up" if KINDS[meta.kind].upward else ""
    return f'<p class="number l fang{where}" style="top:{top:.3f}mm">{escape(meta.printed_number)}</p>'


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
    return f'<p class="at l" style="left:{left:.3f}mm;top:{top:.3f}mm">{body}</p>'
