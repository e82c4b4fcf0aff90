"""成文日期 as it is printed, and as people type it: in Arabic or Chinese figures, with blanks, or with its day still open."""

import re
from datetime import date, datetime

from foundation.organization.numerals import number

FIGURES = r"\d〇○零一二三四五六七八九十"
DAY = re.compile(rf"([{FIGURES}]{{4}})\s*年\s*([{FIGURES}]{{1,3}})\s*月\s*([{FIGURES}]{{1,3}})\s*日")
GAP = r"[\dX×xＸ_＿\s]"
OPEN = re.compile(rf"({GAP}{{0,6}})年({GAP}{{0,4}})月({GAP}{{0,4}})日")
UNKNOWN = "　　"  # room to write it in by hand


def chinese_date(day: date) -> str:
    """7.3.6: Arabic figures, the year in full, no leading zeros."""
    return f"{day.year}年{day.month}月{day.day}日"


def chinese_minute(at: datetime) -> str:
    """As a form says when: 2026年6月12日 10:24."""
    return f"{chinese_date(at)} {at:%H:%M}"


def is_day(line: str) -> bool:
    return bool(DAY.fullmatch(line) or OPEN.fullmatch(line))


def read_day(line: str) -> date | None:
    """None while a part of it is open. Raises ValueError when the calendar has no such day."""
    found = DAY.fullmatch(line)
    return date(*(int(number(part)) for part in found.groups())) if found else None


def open_day(line: str) -> str:
    """As it is printed: every open part as wide as what will stand there."""
    found = OPEN.fullmatch(line)
    year, month, day = (part.strip() or UNKNOWN for part in found.groups()) if found else (UNKNOWN,) * 3
    return f"{year}年{month}月{day}日"
