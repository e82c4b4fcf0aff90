"""Numbers as plans write them: 12, １２, 十二, 两, 1.5万."""

from __future__ import annotations

from functools import lru_cache

GREATEST = 10**9  # of a count that somebody types; beyond it a digit came in twice
DIGITS = "〇零一二三四五六七八九"
CHINESE = "〇○零一二两三四五六七八九十百千万"
_VALUES = {"○": 0, "两": 2, "〇": 0, "零": 0} | {d: i for i, d in enumerate(DIGITS[1:])}
_SCALES = {"十": 10, "百": 100, "千": 1000}
_WIDE = str.maketrans("０１２３４５６７８９％", "0123456789%")


@lru_cache(maxsize=64)  # the whole plan is asked for at every phrase
def narrow(text: str) -> str:
    """Full-width digits as ASCII; the length stays, so spans stay true."""
    return text.translate(_WIDE)


def chinese(word: str) -> int:
    """十二 → 12, 二〇二四 → 2024, 一百五十 → 150, 两万 → 20000."""
    if not any(c in "十百千万" for c in word):
        return int("".join(str(_VALUES[c]) for c in word))
    total = section = digit = 0
    for c in word:
        if c == "万":
            total, section, digit = (section + digit or 1) * 10000, 0, 0
        elif c in _SCALES:
            section, digit = section + (digit or 1) * _SCALES[c], 0
        else:
            digit = _VALUES[c]
    return total + section + digit


def number(word: str) -> int | float:
    """The value of an Arabic or Chinese numeral, blanks ignored."""
    word = narrow(word).replace(" ", "").replace(",", "")
    if word[:1].isdigit():
        times = 10000 if word.endswith("万") else 1
        value = float(word.rstrip("万")) * times
        return int(value) if value.is_integer() else value
    return chinese(word)


def counted(n: int) -> str:
    """1 … 9999 as Chinese counts, every digit said: 12 → 一十二, 105 → 一百零五."""
    words = ""
    for scale, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, n = n // scale, n % scale
        if digit:
            words += DIGITS[1 + digit] + sign
        elif words and n and not words.endswith("零"):
            words += "零"
    return words
