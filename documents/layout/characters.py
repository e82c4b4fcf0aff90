"""Which marks may stand where (GB/T 15834-2011 chapter 5), and what is never divided."""

import re

from .quantities import COUNTED, ORDINAL, PAPER, QUANTITY, STANDARD, seams

# 5.1: these marks never start a line; opening halves never end one.
CLOSING = frozenset("，。、；：？！）》」』】〕〉”’］｝")
OPENING = frozenset("（《「『【〔〈“‘［｛")
NEVER_FIRST = CLOSING | frozenset("·％‰℃～—…／,.;:?!)]}%/°′″㎡ ⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻₀₁₂₃₄₅₆₇₈₉")
NEVER_LAST = OPENING | frozenset("¥￥$№／([{/")

# A dash and an ellipsis take two places and are never divided; numbers stay with their units, words whole.
# 汉字 come first because they are most of a text; all but 第, which begins an ordinal.
WORD = r"[0-9A-Za-z][0-9A-Za-z.,:/\-_@&'+=?#~°%⁰¹²³⁴-⁹⁺⁻₀-₉]*"
UNDIVIDED = re.compile(
    rf"[\u3400-\u7b2b\u7b2d-\u9fff]|—{{2,}}|…{{2,}}|{PAPER}|{ORDINAL}|{STANDARD}|{QUANTITY}|"
    rf"[≤≥＜＞±№￥]?{WORD}(?:(?<=\d){COUNTED})?|.",
    re.DOTALL,
)


def clusters(text: str) -> list[str]:
    """The text as pieces that a line break never divides, nothing lost: "于6月12日前" → 于 6月 12日 前."""
    return UNDIVIDED.findall(text)


def listed(text: str) -> list[str]:
    """A list as pieces, each name with the mark behind it: "张三、李四" → 张三、 李四."""
    return re.findall(r"[^、，；。：]*[、，；。：]*", text)[:-1]


def may_break(before: str, after: str) -> bool:
    """Whether a line may end with `before` and the next start with `after` (single characters)."""
    return after not in NEVER_FIRST and before not in NEVER_LAST


ADDRESS = re.compile(r"://|@|www\.|.{24}")
JOINT = re.compile(r"[/._?&=@#:-]+(?=[0-9A-Za-z])")


def joints(piece: str) -> list[int]:
    """Where an address (or a word of 24 letters) may be divided when its line would be loose: after its own marks."""
    return [found.end() for found in JOINT.finditer(piece)] if ADDRESS.search(piece) else []


def last_resorts(piece: str) -> list[int]:
    """Where it is divided before its line is torn apart: an address anywhere, a quantity at its seams."""
    if not ADDRESS.search(piece):
        return seams(piece)
    return [at for at in range(1, len(piece)) if may_break(piece[at - 1], piece[at])]


def is_latin(char: str) -> bool:
    """Set with its own proportions, never spread."""
    return "!" <= char <= "~"
