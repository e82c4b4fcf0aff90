"""状态回看: the day that somebody wants to see the board of, from an address."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from documents.layout.dates import chinese_date

YEARS = range(2000, 2200)


class Past(NamedTuple):
    """`day` None: now, or `problem` says why there is nothing to be seen; `typed` stays in the form."""

    typed: str = ""
    day: dt.date | None = None
    problem: str = ""

    @property
    def at(self) -> dt.datetime:
        """The end of that day, in the office's own time."""
        if self.day is None:
            raise ValueError("now has no end")
        return dt.datetime.combine(self.day, dt.time.max)


def past_of(typed: str, today: dt.date) -> Past:
    """Today is now: it is not over yet."""
    typed = typed.strip()[:20]
    if not typed:
        return Past()
    try:
        day = dt.date.fromisoformat(typed)
    except ValueError:
        return Past(typed, problem=f"看不懂日期“{typed}”，请写成 {today.isoformat()} 的样子。")
    if day > today:
        return Past(typed, problem="这一天还没有到，请选今天以前的日子。")
    if day.year not in YEARS:
        return Past(typed, problem="这一天太早，那时还没有这个活动。")
    return Past(typed, day if day < today else None)


def not_begun(day: dt.date) -> str:
    return f"到{chinese_date(day)} 24:00，这个活动还没有下达任务，请选以后的日子。"
