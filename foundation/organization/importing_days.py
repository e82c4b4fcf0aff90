"""A table of days of the working calendar: 日期,是否工作日,名称."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from .models import Day
from .tables import Row

COLUMNS = ("日期", "是否工作日", "名称")
WORDS = {
    "是": True,
    "工作日": True,
    "1": True,
    "班": True,
    "否": False,
    "休息日": False,
    "0": False,
    "休": False,
}
DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
Known = tuple[bool, str]
NOT_YET = "未导入"


@dataclass(frozen=True)
class Change:
    date: dt.date
    before: str
    after: str


@dataclass(frozen=True)
class Reading:
    """`days`: what is to be written. `filled`: years that were missing, their other days by the week."""

    days: dict[dt.date, Known]
    changes: list[Change]
    filled: list[int]
    errors: list[tuple[int, str]]  # line, sentence


def read_days(rows: Sequence[Row]) -> Reading:
    days: dict[dt.date, Known] = {}
    errors = []
    for row in rows:
        try:
            date, known = _day(row.cells)
            if date in days:
                raise ValueError(f"{date}写了两次，请留一行。")
            days[date] = known
        except ValueError as error:
            errors.append((row.number, str(error)))
    known_days = {day.date: (day.works, day.name) for day in _table(days)}
    filled = sorted({date.year for date in days} - {date.year for date in known_days})
    changes = [
        Change(date, _words(known_days.get(date)), _words(known))
        for date, known in sorted(days.items())
        if known_days.get(date) != known
    ]
    return Reading({**_by_the_week(filled), **days}, changes, filled, errors)


def _day(cells: dict[str, str]) -> tuple[dt.date, Known]:
    found = DATE.fullmatch(cells["日期"])
    if not found:
        raise ValueError(f"日期“{cells['日期']}”看不懂，请写成 2027-01-01。")
    try:
        date = dt.date(*map(int, found.groups()))
    except ValueError as error:
        raise ValueError(f"没有{cells['日期']}这一天，请核对。") from error
    if not 2000 <= date.year <= 2100:
        raise ValueError(f"年份{date.year}不在 2000 至 2100 之间，请核对。")
    if cells["是否工作日"] not in WORDS:
        raise ValueError(f"是否工作日“{cells['是否工作日']}”请填“是”或“否”。")
    if len(cells["名称"]) > 20:
        raise ValueError("名称最多 20 个字。")
    return date, (WORDS[cells["是否工作日"]], cells["名称"])


def _table(days: dict[dt.date, Known]) -> Sequence[Day]:
    return list(Day.objects.filter(date__year__in={date.year for date in days}))


def _by_the_week(years: Sequence[int]) -> dict[dt.date, Known]:
    days = (dt.date(year, 1, 1) + dt.timedelta(days=n) for year in years for n in range(366))
    return {day: (day.weekday() < 5, "") for day in days if day.year in years}


def _words(known: Known | None) -> str:
    if known is None:
        return NOT_YET
    works, name = known
    return f"{'工作日' if works else '休息日'}{f'（{name}）' if name else ''}"
