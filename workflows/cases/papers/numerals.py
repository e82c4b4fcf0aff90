"""Numbers in words: amounts as papers of money write them, counts as articles of law are counted. Pure."""

from __future__ import annotations

CAPITALS = ("零壹贰叁肆伍陆柒捌玖", ("", "拾", "佰", "仟"))
PLAIN = ("零一二三四五六七八九", ("", "十", "百", "千"))
GROUPS = ("", "万", "亿", "万亿")
TEN_THOUSAND = 10_000


def amount_said(yuan: int) -> str:
    """105000 → 壹拾万零伍仟元整."""
    return f"{_said(yuan, *CAPITALS)}元整"


def count_said(number: int) -> str:
    """134 → 一百三十四; 12 → 十二."""
    return _said(number, *PLAIN).removeprefix("一") if 10 <= number < 20 else _said(number, *PLAIN)


def _said(number: int, digits: str, tens: tuple[str, ...]) -> str:
    """Groups of four digits; whatever zeros stand between two others are said once."""
    if not number:
        return digits[0]
    groups = []
    while number:
        number, group = divmod(number, TEN_THOUSAND)
        groups.append(group)
    said = ""
    for place in reversed(range(len(groups))):
        group = groups[place]
        gap = said and (group < 1000 or not groups[place + 1] % 10)
        if group:
            said += (digits[0] if gap and not said.endswith(digits[0]) else "") + _group(group, digits, tens)
            said += GROUPS[place]
    return said


def _group(group: int, digits: str, tens: tuple[str, ...]) -> str:
    said = ""
    for place, sign in enumerate(f"{group:04}"):
        if sign != "0":
            said += digits[int(sign)] + tens[3 - place]
        elif said and not said.endswith(digits[0]):
            said += digits[0]
    return said.removesuffix(digits[0])
