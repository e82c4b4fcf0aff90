"""The demo's plan at another time: every date of its text moved by the same number of days."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path

PLAN = Path(__file__).parents[2] / "plans" / "demo_plan.txt"
BEFORE = PLAN.with_name("demo_plan_before.txt")  # of the year before
FIRST = 2001  # the year before the first 安全生产月
SPANS = {  # phrases without a day: from, to (month, day)
    "4月中下旬": ((4, 11), (4, 30)),
    "从6月至12月": ((6, 1), (12, 31)),
    "6月至12月": ((6, 1), (12, 31)),
}
ENDS = {"在6月底前": (6, 30), "{year}年12月底": (12, 31)}
DAY = re.compile(r"(\d{1,2})月(\d{1,2})日")


def plan_text(year: int, shift: int = 0, plan: Path = PLAN) -> str:
    """The plan as it would have been written for `year`, its days moved by `shift` days."""
    text = plan.read_text(encoding="utf-8")
    if shift:
        text = _moved(text, year, dt.timedelta(days=shift))
    start = dt.date(year, 6, 1) + dt.timedelta(days=shift)
    return text.replace("{year}", str(start.year)).replace("{ordinal}", str(start.year - FIRST))


def _moved(text: str, year: int, shift: dt.timedelta) -> str:
    """Months and ends of months become days, since a month that is moved is none."""
    base = (dt.date(year, 6, 1) + shift).year

    def said(day: tuple[int, int]) -> str:
        to = dt.date(year, *day) + shift
        return f"{to.month}月{to.day}日" if to.year == base else f"{to.year}年{to.month}月{to.day}日"

    held: list[str] = []  # put aside, so that what is moved is not moved again

    def keep(words: str) -> str:
        held.append(words)
        return f"\0{len(held) - 1}\0"

    for phrase, (first, last) in SPANS.items():
        lead = "从" if phrase.startswith("从") else ""
        text = text.replace(phrase, keep(f"{lead}{said(first)}至{said(last)}"))
    for phrase, day in ENDS.items():
        text = text.replace(phrase, keep(_end(phrase, said(day))))
    text = DAY.sub(_by(said), text)
    return re.sub(r"\0(\d+)\0", lambda found: held[int(found[1])], text)


def _end(phrase: str, day: str) -> str:
    return f"在{day}前" if phrase.startswith("在") else day


def _by(said: Callable[[tuple[int, int]], str]) -> Callable[[re.Match[str]], str]:
    return lambda found: said((int(found[1]), int(found[2])))
