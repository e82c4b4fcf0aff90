"""时段 as people write it: 19:30, 19:30-19:45, 晚上8点半至9点, 上午9-11时. Pure; minutes of the day."""

from __future__ import annotations

import re
import unicodedata

DAY = 24 * 60
CLOCK = re.compile(
    r"(?P<part>凌晨|早上|上午|中午|下午|晚上|晚)?(?<!\d)(?P<hour>\d{1,2})"
    r"(?::(?P<minute>\d{2})|[点时](?P<rest>半|\d{1,2}分?)?|(?=[-—–~～至到]+\d{1,2}[点时:]))"
)
LATER = ("下午", "晚上", "晚")
NOON = 12
PARTS = {"上午": (8 * 60, 12 * 60), "下午": (12 * 60, 18 * 60), "晚上": (18 * 60, DAY), "全天": (0, DAY)}


def span_of(text: str) -> tuple[int, int] | None:
    """(from, to), to exclusive; a moment alone lasts a minute. None for what can't be told."""
    plain = unicodedata.normalize("NFKC", text).replace(" ", "")
    found, part = [], ""
    for clock in CLOCK.finditer(plain):
        part = clock["part"] or part
        if (minute := _minute(clock, part)) is not None:
            found.append(minute)
    if not found:
        return PARTS.get(plain)
    start = found[0]
    end = found[1] if len(found) > 1 else start + 1
    return (start, end) if end > start else (start, start + 1)


def _minute(clock: re.Match[str], part: str) -> int | None:
    hour, rest = int(clock["hour"]), clock["rest"] or ""
    minute = int(clock["minute"] or 0) or (30 if rest == "半" else int(rest.rstrip("分") or 0))
    if part in LATER and hour < NOON:
        hour += NOON
    if part == "中午" and hour < 10:
        hour += NOON
    at = hour * 60 + minute
    return at if at <= DAY and minute < 60 else None
