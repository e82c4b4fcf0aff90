"""What people and other systems write in a cell, read as what the column holds. Pure."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from typing import Any

from .kind import Cells, Column, Kind

DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{4})(\d{2})(\d{2})")
CLOCK = re.compile(r"(\d{1,2})[:时](\d{1,2})(?:[:分](\d{1,2})(?:\.\d+)?秒?|分)?")
YEARS = range(2000, 2100)
NO_NUMBER = "“{}”不是数，请填 0 或正整数。"


class Wrong(ValueError):
    """A sentence that says what to write instead."""


@dataclass(frozen=True)
class Known:
    """What the words of a cell may name. `units`: what one calls a unit → its code; `items`: numbers of the plans."""

    units: Mapping[str, str]
    items: frozenset[str]
    today: dt.date


def narrowed(text: str) -> str:
    """Full-width signs as ASCII, no blanks at the ends."""
    return unicodedata.normalize("NFKC", text).strip()


def read_value(column: Column, text: str, known: Known) -> Any:
    """The value as JSON holds it, None for nothing. Raises Wrong."""
    plain = narrowed(text)
    if not plain:
        return None
    return READERS[column.type](column, text.strip() if column.type in ("text", "url") else plain, known)


def read_row(kind: Kind, typed: Mapping[str, str], known: Known) -> tuple[dict[str, Any], dict[str, str]]:
    """(what the row holds, {column: what is wrong with it})."""
    cells: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for column in kind.columns:
        try:
            value = read_value(column, typed.get(column.key, ""), known)
        except Wrong as says:
            wrong[column.key] = str(says)
            continue
        if value is not None:
            cells[column.key] = value
        elif column.required:
            wrong[column.key] = f"请填写{column.name}。"
    return cells, wrong | {key: says for key, says in _disorder(kind, cells).items() if key not in wrong}


def _disorder(kind: Kind, cells: Cells) -> dict[str, str]:
    found: dict[str, str] = {}
    for order in kind.orders:
        earlier, later = cells.get(order.earlier), cells.get(order.later)
        if earlier and later and not (earlier < later or (order.or_same and earlier == later)):
            than = "不能晚于" if order.or_same else "应早于"
            found[order.earlier] = (
                f"{kind.by_key[order.earlier].name}{than}{kind.by_key[order.later].name}（{later}）。"
            )
    return found


def key_of(kind: Kind, cells: Cells) -> str:
    """Two rows with the same key are the same row. A digest: a title is as long as it likes."""
    whole = "\x1f".join(folded(cells.get(name, "")) for name in kind.identity)
    return sha256(whole.encode()).hexdigest()


def folded(value: Any) -> str:
    """Blanks and the width of signs make no difference."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", str(value))).casefold()


# ---- the types


def _text(column: Column, text: str, known: Known) -> str:
    if len(text) > column.length:
        raise Wrong(f"最多 {column.length} 字，现在有 {len(text)} 字，请删减。")
    return text


def _url(column: Column, text: str, known: Known) -> str:
    if not re.match(r"https?://[^\s/]+\S*\Z", text, re.IGNORECASE):
        raise Wrong(f"“{text[:40]}”不是网址，应以 http:// 或 https:// 开头。")
    return _text(column, text, known)


def _choice(column: Column, text: str, known: Known) -> str:
    for choice in column.choices:
        if folded(choice) == folded(text):
            return choice
    raise Wrong(f"“{text[:20]}”不在可选的范围，可填：{'、'.join(column.choices)}。")


def _unit(column: Column, text: str, known: Known) -> str:
    code = known.units.get(folded(text))
    if code is None:
        raise Wrong(f"没有“{text[:30]}”这个单位，请写单位的全称、简称或编码。")
    if not code:
        raise Wrong(f"“{text[:30]}”可以指几个单位，请写全称。")
    return code


def _item(column: Column, text: str, known: Known) -> str:
    number = text.removeprefix("第").removesuffix("项").strip()
    if number not in known.items:
        raise Wrong(f"方案里没有第“{text[:10]}”项，请写方案事项的编号，如 4。")
    return number


def _integer(column: Column, text: str, known: Known) -> int:
    said = text.removesuffix(column.unit) if column.unit else text
    plain = said.replace(",", "").replace(" ", "")
    try:
        number = Decimal(plain)
    except InvalidOperation:
        raise Wrong(NO_NUMBER.format(text[:20])) from None
    if not number.is_finite():
        raise Wrong(NO_NUMBER.format(text[:20]))
    if number < 0:
        raise Wrong(f"不能是负数（{text[:20]}），请填 0 或正整数。")
    if number > column.most:
        raise Wrong(f"{text[:20]} 大得不合常理（最多 {column.most:,}），请核对。")
    if number != int(number):
        whole = "以元为单位，不带角分" if column.type == "money" else "请填整数"
        raise Wrong(f"{text[:20]} 不是整数，{whole}。")
    return int(number)


def _date(column: Column, text: str, known: Known) -> str:
    found = DAY.match(text)
    rest = text[found.end() :].strip().lstrip("T") if found else ""
    if not found or (rest and not CLOCK.fullmatch(rest)):  # other systems add the hour
        raise Wrong(f"“{text[:20]}”不是日期，请写成 2026-06-12。")
    return _day(found, text, known).isoformat()


def _instant(column: Column, text: str, known: Known) -> str:
    found = DAY.match(text)
    rest = text[found.end() :].strip().lstrip("T") if found else ""
    clock = CLOCK.fullmatch(rest) if rest else None
    if not found or (rest and not clock):
        raise Wrong(f"“{text[:20]}”不是时间，请写成 2026-06-12 10:30。")
    hour, minute = (int(clock[1]), int(clock[2])) if clock else (0, 0)
    if hour > 23 or minute > 59:
        raise Wrong(f"“{text[:20]}”没有这个时刻，请核对。")
    return f"{_day(found, text, known).isoformat()} {hour:02}:{minute:02}"


def _day(found: re.Match[str], text: str, known: Known) -> dt.date:
    year, month, day = (int(one) for one in found.groups() if one is not None)
    try:
        value = dt.date(year, month, day)
    except ValueError:
        raise Wrong(f"“{text[:20]}”没有这一天，请核对。") from None
    if value.year not in YEARS or value.year > known.today.year + 1:
        raise Wrong(f"“{text[:20]}”的年份不合常理，请核对。")
    return value


READERS: dict[str, Callable[[Column, str, Known], Any]] = {
    "text": _text, "url": _url, "choice": _choice, "unit": _unit, "item": _item, "integer": _integer,
    "money": _integer, "date": _date, "instant": _instant,
}  # fmt: skip


def names_of(units: list[tuple[str, list[str]]]) -> dict[str, str]:
    """What one may call a unit → its code; empty where two are called so."""
    known: dict[str, str] = {}
    for code, names in units:
        for name in {folded(one) for one in [code, *names] if one}:
            known[name] = code if known.get(name, code) == code else ""
    return known


def day_in(cells: Cells, key: str) -> str:
    """The day of a date or an instant, empty where there is none."""
    return str(cells.get(key, ""))[:10]
