"""Finds what a plan says about time: days, deadlines (前), ranges, parts of months."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from foundation.organization.numerals import narrow, number
from workflows.plans.reading.date_words import (
    AND_DAY,
    AROUND,
    BEFORE,
    DAY,
    ENDS,
    HALF_RANGE,
    ISO,
    LABEL,
    NEXT_MONTH,
    NOW,
    PART,
    PARTS,
    POINT,
    RECURRING,
    RELATIVE,
    SEASON,
    SHORT,
    SHORT_END,
    SINCE,
    TILL,
    TO,
    UNTIL,
    YEARS,
    YEARS_ON,
    B,
)
from workflows.plans.reading.model import PlanDate, Span


@dataclass(frozen=True)
class Bearing:
    """The year a date without year lies in; months before `turns` lie in the year after (0: none do)."""

    year: int
    turns: int = 0

    def of(self, month: int) -> int:
        """The year of a month that stands alone."""
        return self.year + (month < self.turns)


@dataclass(frozen=True)
class Trouble:
    """A phrase about time that gives no date: impossible_date, recurring, relative, season or no_year."""

    kind: str
    span: Span


@dataclass(frozen=True)
class _Point:
    first: dt.date
    last: dt.date
    approx: bool
    exact_day: bool
    closing: bool  # 底, 末: a closing day even without 前
    span: Span


class _Finder:
    def __init__(self, text: str, span: Span, bearing: Bearing | None) -> None:
        self.text, (self.at, self.end), self.bearing = narrow(text), span, bearing
        self.begin = span[0]
        self.ahead = {pattern: pattern.search(self.text, *span) for pattern in _ANCHORS}
        self.dates: list[PlanDate] = []
        self.troubles: list[Trouble] = []

    def run(self) -> None:
        """Takes the leftmost phrase, then goes on behind it."""
        while match := self._next():
            self.at = max(match.end(), match.start() + 1)
            if _in_name(self.text, match.start()):
                continue
            if match.re in _TROUBLES:
                self.troubles.append(Trouble(_TROUBLES[match.re], match.span()))
            elif match.re is NOW:
                self._open_range(match)
            elif match.re is YEARS:
                self._years(match)
            else:
                self._from_point(match)

    def _next(self) -> re.Match[str] | None:
        """The leftmost, longest anchor. A pattern is searched again only when its last match lies behind."""
        for pattern, match in list(self.ahead.items()):
            if match is not None and match.start() < self.at:
                self.ahead[pattern] = pattern.search(self.text, self.at, self.end)
        found = [m for m in self.ahead.values() if m]
        return min(found, key=lambda m: (m.start(), -m.end())) if found else None

    def _open_range(self, match: re.Match[str]) -> None:
        link = TO.match(self.text, match.end(), self.end)
        match_end = link and self._match_point(link.end())
        if last := self._point(match_end):
            self.at = last.span[1]
            self._add("period", None, last.last, last.approx, (match.start(), last.span[1]))

    def _years(self, match: re.Match[str]) -> None:
        first, last = (dt.date(int(number(match[y])), m, d) for y, m, d in (("y", 1, 1), ("y2", 12, 31)))
        self._add("period", first, last, False, match.span())

    def _match_point(self, at: int) -> re.Match[str] | None:
        return ISO.match(self.text, at, self.end) or POINT.match(self.text, at, self.end)

    def _point(
        self, match: re.Match[str] | None, year: int | None = None, month: int | None = None
    ) -> _Point | None:
        """The days a phrase names; notes a Trouble where there is no such day."""
        if match is None:
            return None
        got = match.groupdict()
        got["m"] = got.get("m") or got.get("m2")
        if got.get("y"):
            year = int(number(got["y"].replace(" ", "").replace("\u3000", "")))
            year_given = True
        elif self.bearing is None and year is None:
            self._trouble("no_year", match)
            return None
        else:
            year_given = year is not None
        month = int(number(got["m"])) if got.get("m") else _first_month(got) or month or 12
        if not year_given:
            assert self.bearing is not None
            year = self.bearing.year if got.get("yr") else self.bearing.of(month)
        assert year is not None
        year += YEARS_ON.get(got.get("yr") or "", 0)
        try:
            first, last = _days(year, month, got)
        except (ValueError, calendar.IllegalMonthError):
            self._trouble("impossible_date", match)
            return None
        part = got.get("part")
        closing = part in ("底", "末") or bool(got.get("ypart") or got.get("qpart"))
        approx = part in PARTS or bool(got.get("w"))
        return _Point(first, last, approx, bool(got.get("d")), closing, match.span())

    def _trouble(self, kind: str, match: re.Match[str]) -> None:
        self.troubles.append(Trouble(kind, match.span()))

    def _from_point(self, match: re.Match[str]) -> None:
        first = self._point(match)
        second = self._range_end(match)
        self.at = match.end()
        if second is None:
            if first is not None:
                self._single(first)
            return
        self.at = second.end()
        last = self._point(second, first.last.year, first.last.month) if first else None
        if first and last:
            self._range(first, last)
        else:  # one end of the range can't be: the whole range is not understood
            kind = self.troubles.pop().kind
            self.troubles.append(Trouble(kind, (match.start(), second.end())))

    def _range_end(self, first: re.Match[str]) -> re.Match[str] | None:
        link = TO.match(self.text, first.end(), self.end)
        if not link and first.groupdict().get("m2"):
            link = NEXT_MONTH.match(self.text, first.end(), self.end)
        if not link:
            return None
        patterns = [ISO, *([SHORT_END] if first.re in (ISO, SHORT) else []), POINT, DAY] + (
            [PART] if first.groupdict().get("part") else []
        )
        for pattern in patterns:
            if (match := pattern.match(self.text, link.end(), self.end)) and match.end() > match.start():
                return match
        return None

    def _range(self, first: _Point, last: _Point) -> None:
        """An end before the start lies in the next year: 12月至3月."""
        end = last.last
        if end < first.first and end.year == first.first.year:
            end = _next_year(end)
        self.at = last.span[1]
        tail = BEFORE.match(self.text, self.at, self.end)
        self.at = tail.end() if tail else self.at
        self._add("period", first.first, end, first.approx or last.approx, (first.span[0], self.at))

    def _single(self, point: _Point) -> None:
        before, ends = self._after(BEFORE, point), self._after(ENDS, point)
        if before or ends or self._before(UNTIL, point) or self._before(LABEL, point):
            month_only = before and not (point.exact_day or point.closing or point.approx)
            day = point.first - dt.timedelta(days=1) if month_only else point.last
            self._add("by", None, day, bool(month_only), (point.span[0], before or ends or point.span[1]))
        elif around := self._after(AROUND, point):
            self._add(
                "on" if point.exact_day else "period", point.first, point.last, True, (point.span[0], around)
            )
        elif since := self._after(SINCE, point):
            self._add("period", point.first, None, point.approx, (point.span[0], since))
        elif till := self._before(TILL, point):
            self._add("period", None, point.last, point.approx, (till, point.span[1]))
        elif point.closing:
            self._add("by", None, point.last, False, point.span)
        else:
            self._add(
                "on" if point.exact_day else "period", point.first, point.last, point.approx, point.span
            )
            self._further_days(point)

    def _further_days(self, point: _Point) -> None:
        """6月9日、20日."""
        while point.exact_day and (match := AND_DAY.match(self.text, self.at, self.end)):
            day = self._point(match, point.first.year, point.first.month)
            self.at = match.end()
            if day:
                span = (match.start("d"), match.end())
                self._add("on", day.first, day.last, False, span)

    def _after(self, pattern: re.Pattern[str], point: _Point) -> int:
        match = pattern.match(self.text, point.span[1], self.end)
        return match.end() if match else 0

    def _before(self, pattern: re.Pattern[str], point: _Point) -> int:
        match = pattern.search(self.text, max(self.begin, point.span[0] - 14), point.span[0])
        return match.start() or point.span[0] if match else 0

    def _add(self, kind: str, start: dt.date | None, end: dt.date | None, approx: bool, span: Span) -> None:
        self.at = max(self.at, span[1])
        self.dates.append(PlanDate(kind, start, end, approx, span))


_TROUBLES = {RECURRING: "recurring", RELATIVE: "relative", SEASON: "season"}
_ANCHORS = (NOW, *_TROUBLES, YEARS, ISO, SHORT, HALF_RANGE, POINT)


def _in_name(text: str, at: int) -> bool:
    """Whether a place lies inside 《…》 on its line: the year of a document is no date."""
    begin = max(text.rfind("\n", 0, at) + 1, at - 100)
    opens = text.rfind("《", begin, at)
    return opens >= 0 and text.find("》", opens, at) < 0 <= text.find("》", at, at + 100)


def _first_month(got: dict[str, str | None]) -> int | None:
    """Of a quarter, of half a year, of a year."""
    if quarter := got.get("q"):
        return int(number(quarter)) * 3 - 2
    if half := got.get("h"):
        return 1 if half == "上" else 7
    return 1 if got.get("whole") is not None else None


def _days(year: int, month: int, got: dict[str, str | None]) -> tuple[dt.date, dt.date]:
    """First and last day of what the groups of a match name."""
    if got.get("ypart") and not got.get("m"):
        return dt.date(year, 12, 31), dt.date(year, 12, 31)
    if months := 3 if got.get("q") else 6 if got.get("h") else 12 if got.get("whole") is not None else 0:
        end = dt.date(year, month + months - 1, calendar.monthrange(year, month + months - 1)[1])
        return (end if got.get("qpart") else dt.date(year, month, 1)), end
    length = calendar.monthrange(year, month)[1]
    if day := got.get("d"):
        only = dt.date(year, month, int(number(day)))
        return only, only
    if week := got.get("w"):
        monday = (int(number(week)) - 1) * 7 + 1
        return dt.date(year, month, monday), dt.date(year, month, min(monday + 6, length))
    part = got.get("part")
    if part in ("底", "末"):
        return dt.date(year, month, length), dt.date(year, month, length)
    first, last = PARTS.get(part or "", (1, 31))
    return dt.date(year, month, first), dt.date(year, month, min(last, length))


def _next_year(day: dt.date) -> dt.date:
    return dt.date(day.year + 1, day.month, min(day.day, calendar.monthrange(day.year + 1, day.month)[1]))


def find_dates(text: str, span: Span, bearing: Bearing | None) -> tuple[list[PlanDate], list[Trouble]]:
    """Dates in `span` of `text` in reading order, and the phrases about time that are none.

    `bearing` gives the year where the plan leaves it out. An end that precedes its start lies in the next year.
    """
    finder = _Finder(text, span, bearing)
    finder.run()
    return finder.dates, finder.troubles


def bearing_of(text: str, year: int | None) -> Bearing | None:
    """In a plan with a range over New Year the months up to shortly behind its end lie in the next year."""
    if year is None:
        return None
    dates, _ = find_dates(text, (0, len(text)), Bearing(year))
    ranges = [(d.start, d.end) for d in dates if d.start and d.end and (d.end - d.start).days < 365]
    over = [(start, end) for start, end in ranges if start.year == year < end.year]
    turns = min((min(start.month, end.month + 3) for start, end in over), default=0)
    return Bearing(year, turns)


def years_named(text: str, span: Span) -> Iterator[int]:
    """The years written out in `span`, in reading order."""
    for match in re.finditer(
        rf"(20\d\d|二[〇○零][〇○零一二三四五六七八九]{{2}}){B}[年—-]", narrow(text)[span[0] : span[1]]
    ):
        yield int(number(match.group(1)))
