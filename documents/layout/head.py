"""版头: the office's name in red, the number, the rule; and how many lines of the grid they take."""

from html import escape

from documents import fonts

from . import geometry as g
from .breaking import EM
from .document import UPWARD, Meta
from .setting import Piece, Strip, runs


def set_head(meta: Meta) -> tuple[str, Strip | None]:
    """The head as placed HTML and the strip that keeps its place; nothing for a paper without an office."""
    if not meta.organ:
        return "", None
    size, squeeze = _name_size(meta.organ + "文件")
    ink = 1 - g.INK_TOP - g.INK_BOTTOM
    number_top = g.NAME_TOP + size * g.PT * ink + g.NUMBER_GAP_LINES * g.PITCH  # of its em box
    rule_top = number_top + g.BODY + g.RULE_BELOW_NUMBER
    html = (
        (f'<p class="urgency l">{escape(meta.urgency)}</p>' if meta.urgency else "")
        + _name(meta.organ + "文件", size, squeeze)
        + _number(meta, number_top - (g.PITCH - g.BODY) / 2)
        + f'<div class="rule" style="top:{rule_top:.3f}mm"></div>'
    )
    lines = -(-(rule_top + g.TITLE_GAP_LINES * g.PITCH - (g.PITCH - g.ERHAO * g.PT) / 2) // g.PITCH)
    return html, Strip("", lines * g.PITCH)


def _name_size(name: str) -> tuple[float, float]:
    """Points and how far it is condensed (7.2.4 leaves the size to the office: striking, dignified, in one line)."""
    natural = sum(fonts.advances("title", name)) / EM * g.CHUHAO * g.PT
    squeeze = min(1.0, g.WIDTH / natural)
    if squeeze >= g.NAME_NARROWEST:
        return g.CHUHAO, squeeze
    return g.CHUHAO * squeeze / g.NAME_NARROWEST, g.NAME_NARROWEST


def _name(name: str, size: float, squeeze: float) -> str:
    top = g.NAME_TOP - g.INK_TOP * size * g.PT
    return (
        f'<h1 class="name" style="top:{top:.3f}mm;font-size:{size:.2f}pt">'
        f'<span style="transform:scaleX({squeeze:.4f});margin:0 -50mm">{escape(name)}</span></h1>'
    )


def _number(meta: Meta, top: float) -> str:
    """7.2.5 centred; upward papers have it at the left and the 签发人 at the right, each one character in (7.2.6)."""
    if not (meta.kind in UPWARD and meta.signer):
        return f'<p class="number l fang" style="top:{top:.3f}mm">{escape(meta.full_number)}</p>'
    signer = [Piece("签发人："), Piece(meta.signer, "kai")]
    spans = "".join(runs(p.text, [p.face] * len(p.text), [0] * len(p.text), g.SANHAO) for p in signer)
    return (
        f'<p class="number l up fang" style="top:{top:.3f}mm">'
        f"<span>{escape(meta.full_number)}</span><span>{spans}</span></p>"
    )
