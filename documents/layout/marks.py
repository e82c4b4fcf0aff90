"""发文机关标志 (7.2.4): the office's name in red; of a joint paper the names one under the other, 文件 at their right."""

from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from documents import fonts

from . import geometry as g
from .breaking import EM
from .words import HeadWords

INK = 1 - g.INK_TOP - g.INK_BOTTOM


class TooManyOrgans(ValueError):
    """联合发文的机关太多，版头上的字小得看不清。"""

    def __init__(self, count: int) -> None:
        super().__init__(
            f"联合发文的机关有{count}个，版头上的字会小得看不清：最多{g.JOINT_MOST}个，请减少联署机关，或由主办机关单独发文。"
        )


class Head(NamedTuple):
    """Placed HTML, the height it keeps free, the first page's room for all strips, whether that page is numbered."""

    html: str = ""
    height: float = 0.0
    room: float = g.HEIGHT
    numbered: bool = True


def set_marks(words: HeadWords, *, top: float, size: float = g.CHUHAO) -> tuple[str, float]:
    """The HTML and where its ink ends; `top` is where it starts."""
    if len(words.organs) > 1:
        return _joint(words.organs, words.beside, top)
    (text,) = words.organs
    size, squeeze = fitted(ems_of(text), size)
    up = top - g.INK_TOP * size * g.PT
    html = (
        f'<h1 class="name" style="top:{up:.3f}mm;font-size:{size:.2f}pt">'
        f'<span style="transform:scaleX({squeeze:.4f});margin:0 -100mm">{escape(text)}</span></h1>'
    )
    return html, top + size * g.PT * INK


def _joint(organs: Sequence[str], beside: str, top: float) -> tuple[str, float]:
    """Every name as wide as the longest; all of one size, which gives way to their number."""
    longest, ems, size, squeeze = fitted_jointly(organs, beside)
    gap = g.JOINT_GAP if beside else 0
    em, step = size * g.PT, size * g.PT * g.JOINT_PITCH
    left = (g.WIDTH - ems * em * squeeze) / 2
    first = top - g.INK_TOP * em
    html = ""
    for number, name in enumerate(organs):
        gaps = (longest - ems_of(name)) / max(1, len(name) - 1)
        html += _placed(name, left, first + number * step, size, squeeze, gaps)
    height = (len(organs) - 1) * step
    if beside:
        right = left + (longest + gap) * em * squeeze
        html += _placed(beside, right, first + height / 2, size, squeeze, 0)
    return html, top + height + em * INK


def fitted_jointly(organs: Sequence[str], beside: str) -> tuple[float, float, float, float]:
    """The ems of the longest name and of all side by side, points, how far it is condensed."""
    if len(organs) > g.JOINT_MOST:
        raise TooManyOrgans(len(organs))
    longest = max(map(ems_of, organs))
    ems = longest + (g.JOINT_GAP if beside else 0) + ems_of(beside)
    highest = g.JOINT_HIGHEST / (len(organs) * g.JOINT_PITCH * g.PT)
    return longest, ems, *fitted(ems, min(g.CHUHAO, highest))


def _placed(text: str, left: float, top: float, size: float, squeeze: float, gaps: float) -> str:
    return (
        f'<p class="mark" style="left:{left:.3f}mm;top:{top:.3f}mm;font-size:{size:.2f}pt;'
        f'transform:scaleX({squeeze:.4f});letter-spacing:{gaps * size:.3f}pt">{escape(text)}</p>'
    )


def fitted(ems: float, size: float) -> tuple[float, float]:
    """Points and how far it is condensed (7.2.4 leaves the size to the office: striking, dignified, in one line)."""
    squeeze = min(1.0, g.WIDTH / (ems * size * g.PT))
    if squeeze >= g.NAME_NARROWEST:
        return size, squeeze
    return size * squeeze / g.NAME_NARROWEST, g.NAME_NARROWEST


def ems_of(text: str) -> float:
    return sum(fonts.advances("title", text)) / EM
