"""Which marks may stand where (GB/T 15834-2011 chapter 5), and what is never divided."""

import re

# 5.1: these marks never start a line; opening halves never end one.
CLOSING = frozenset("，。、；：？！）》」』】〕〉”’］｝")
OPENING = frozenset("（《「『【〔〈“‘［｛")
NEVER_FIRST = CLOSING | frozenset("·％‰℃～—…／,.;:?!)]}%/²³°′″㎡ ")
NEVER_LAST = OPENING | frozenset("¥￥$№／([{/")

# 5.1.10: full-width marks may give up the empty half of their box.
UNITS = "年月日号时分秒个项份张人名家条次天周岁米元吨度件处期场位章节款页倍万亿千百点级类批届辆台套户"
# A dash and an ellipsis take two places and are never divided; numbers stay with their units, words whole.
UNDIVIDED = re.compile(
    r"—{2,}|…{2,}|〔\d{4}〕\d+号|"
    rf"[第≤≥＜＞±№￥]?[0-9A-Za-z][0-9A-Za-z.,:/\-_@&'+=?#~²³°]*(?:[%％‰℃㎡]|(?<=\d)[{UNITS}])?|.",
    re.DOTALL,
)


def clusters(text: str) -> list[str]:
    """The text as pieces that a line break never divides, nothing lost: "于6月12日前" → 于 6月 12日 前."""
    return UNDIVIDED.findall(text)


def may_break(before: str, after: str) -> bool:
    """Whether a line may end with `before` and the next start with `after` (single characters)."""
    return after not in NEVER_FIRST and before not in NEVER_LAST


ADDRESS = re.compile(r"://|@|www\.|.{24}")
JOINT = re.compile(r"[/._?&=@#:-]+(?=[0-9A-Za-z])")


def joints(piece: str) -> list[int]:
    """Where a piece may be divided all the same when its line would be very loose: an address (or a word of 24
    letters) after its own marks, the number of a document after its year."""
    if piece[0] == "〔":
        return [piece.find("〕") + 1] if piece.endswith("号") else []
    return [found.end() for found in JOINT.finditer(piece)] if ADDRESS.search(piece) else []


def is_latin(char: str) -> bool:
    """Set with its own proportions, never spread."""
    return "!" <= char <= "~"
