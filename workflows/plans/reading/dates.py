"""Finds what a plan says about time: days, deadlines (前), ranges, parts of months."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from workflows.plans.reading.model import PlanDate, Span
from workflows.plans.reading.numerals import narrow, number

_B = r"[ \t\u3000]*"
_N = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_YEAR = rf"(?:(?P<y>20{_B}\d{_B}\d|二[〇○零][〇○零一二三四五六七八九]{{2}}){_B}年|(?P<yr>今年|本年|当年|次年|翌年|明年|去年))的?{_B}"
_MONTH_PART = r"上中旬|中下旬|上旬|中旬|下旬|初(?![中级])|中(?![国央小学层午]|[共级等医])|底|末"
_OF_YEAR = r"(?:(?(y)|(?(yr)|(?!)))(?<=年))"
_POINT = re.compile(
    rf"(?:{_YEAR})?(?:(?<!\d)(?P<m>{_N}){_B}月(?!一[次调会报查])份?{_B}"
    rf"(?:(?P<d>{_N}){_B}[日号]|的?第(?P<w>[一二三四五])(?:个?星期|周)|(?P<part>{_MONTH_PART}))?"
    r"|(?<![每前各本上])第?(?P<q>[一二三四1-4])季度(?P<qpart>末|底)?(?!例会)|(?P<h>[上下])半年(?![一-龥]{0,6}(?:总结|情况|报告|进展))"
    rf"|(?P<ypart>{_OF_YEAR}(?:底|末|内|度内)|(?<![\d一二三四五六七八九十两半数近百])年(?:底|末|内))"
    rf"|(?P<whole>{_OF_YEAR}(?=完成|达到?|实现|建成|保持|力争|新增|新建|改造|[）)])))"
)
#: 2024—2026年: whole years
_YEARS = re.compile(
    rf"(?<!\d)(?P<y>20\d\d){_B}年?{_B}(?:至|到|[-—－–~～―─]+){_B}(?P<y2>20\d\d){_B}年(?!{_B}\d|度)"
)
_ISO = re.compile(r"(?<!\d)(?P<y>20\d\d)[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?![\d])")
#: 6.1—6.30 in a bracket or behind a label
_SHORT = re.compile(
    rf"(?:(?<=[（(：:\t])|(?<=-)|(?<=[至到—－–~～―─])|^)(?P<m>1[0-2]|0?[1-9])[.](?P<d>[0-3]?\d)"
    rf"(?=[）)；。，\s]|$|{_B}(?:至|到|[-—－–~～―─]+){_B}1?\d[.][0-3]?\d(?![\d.%％]))",
    re.M,
)
_DAY = re.compile(rf"(?P<d>{_N}){_B}[日号]")
_PART = re.compile(rf"(?P<part>{_MONTH_PART})")
_DASH = r"(?:至|到|[-—－–~～―─]+)"
_HALF_RANGE = re.compile(
    rf"(?:{_YEAR})?(?<![\d:：.])(?:(?P<m>{_N}){_B}月份?{_B}(?P<d>{_N})"
    rf"(?={_B}{_DASH}{_B}(?:{_N}{_B}月{_B})?{_N}{_B}[日号]|(?:[、和及]{_N})+{_B}[日号])"
    rf"|(?P<m2>{_N})(?={_B}{_DASH}{_B}{_N}{_B}月|[、和]{_N}月份?(?!\d)))"
)
_WEEKDAY = r"(?:[（(](?:周|星期)[一二三四五六日天][）)])?"
_HOUR = r"(?:(?:上午|下午|中午|晚上?)?(?:\d{1,2}[:：]\d{2}|\d{1,2}(?:时|点)(?:\d{1,2}分)?)|下班|中午|晚上)?"
_TO = re.compile(
    rf"{_B}{_WEEKDAY}{_B}{_HOUR}{_B}(?:起|开始|启动)?{_B}[，,]?{_B}(?:至|到|持续至|持续到|延续至|延续到|[-—－–~～―─]+){_B}"
)
_AND_DAY = re.compile(rf"{_B}{_WEEKDAY}(?:[、，,和及]){_B}(?P<d>{_N})(?:{_B}[日号]|(?=(?:[、和及]{_N})+{_B}[日号]))")
_NOT_BEFORE = r"(?![后期述往款来言沿]|提(?![交出供报请高升醒]))"
_BEFORE = re.compile(rf"{_B}{_WEEKDAY}{_B}{_HOUR}{_B}(?:之前|以前|前{_NOT_BEFORE})")
_ENDS = re.compile(rf"{_B}{_WEEKDAY}{_B}{_HOUR}{_B}为?止")
_NEXT_MONTH = re.compile("[、和]")
_AROUND = re.compile(rf"{_B}(?:前后|左右)")
_SINCE = re.compile(rf"{_B}(?:起(?![草来])|开始)")
_UNTIL = re.compile(
    r"(?:截至|截止时?间?[为到至]?|不迟于|不晚于|最迟|止于|结束时间)[^，。；：\n]{0,2}[:：]?\s*$"
)
_TILL = re.compile(r"(?:至|到|直至)\s*$")
_LABEL = re.compile(
    r"(?:完成时限|完成时间|完成期限|整改时限|办结时限|报送时限|报送时间|截止时间|时限要求|时限)\s*[:：]?\s*$"
)
_NOW = re.compile(
    r"(?:自|从)?(?:即日起?|现在起?|(?:本)?(?:方案|通知)?(?:印发|发布|发文|下发|公布|施行)之?日起?)(?:开始)?[，,]?(?=至|到|[-—－–~～])"
)
_RECURRING = re.compile(
    rf"每(?:个)?(?:季度?(?:末?月?|最后一?个?月|首月|第一个月)|半?月)(?:的?{_B}(?:{_N}{_B}[日号]|底|末)|末){_B}{_HOUR}{_B}(?:之前|以前|前)?"
    rf"|每(?:个)?(?:周|星期)(?:[一二三四五六日天](?![次场期篇个轮条查报调项更])|末){_B}{_HOUR}{_B}(?:之前|以前|前)?"
    rf"|每年的?{_N}{_B}月(?:{_N}{_B}[日号])?(?:[、和及](?:{_N}{_B}月)?{_N}{_B}[日号])*(?:[上中下]旬|底|末)?(?:之前|以前|前{_NOT_BEFORE})"
    rf"|(?:次月|下个?月|当月)的?(?:{_N}{_B}[日号]|[上中下]旬|底|末)(?:之前|以前|前)?"
    rf"|每[日天]{_B}(?:上午|下午|晚上?)?\d{{1,2}}(?:时|点|[:：]\d\d){_B}(?:之前|以前|前)"
)
_RELATIVE = re.compile(
    r"(?:[一-龥]{0,6}后)?的?(?P<n>\d{1,3}|[一二三四五六七八九十两]{1,3})个?(?:工作日|自然日|日|天|周|个月|年)(?:之内|以内|内)"
    r"|(?:[一-龥]{2,6}前|提前)(?:\d{1,3}|[一二三四五六七八九十两])个?(?:工作日|自然日|日|天|周|个月)|本月(?:底|末|内)前?"
)
_FEAST = r"[“]?(?:元旦|除夕|春节|元宵节?|清明节?|五一|劳动节|端午节?|国庆节?|中秋节?|岁末年初|春运|寒假|暑假|暑期|开学|高考|中考|主?汛期|“?两会)[”]?节?"
_SEASON = re.compile(
    rf"(?<![日号]){_FEAST}(?:[、和及]?{_FEAST})*(?:等)?(?:假期|长假|两节|假日|重[要大点](?:节点|节日|时段|节假日|活动))?(?:期间|前夕|(?:来临|到来|结束)?之?(?:前后|[前后])(?!期|续))(?!{_B}[（(]{_B}\d)"
    r"|入汛前|(?<![环季情章细关骨时末])(?:节前|节日期间|节假日期间)"
    r"|(?:(?<=[在于整个，。；])|^)主?汛期(?=[，每各内])"
)
_YEARS_ON = {"次年": 1, "翌年": 1, "明年": 1, "去年": -1}
_PARTS = {
    "上中旬": (1, 20),
    "中下旬": (11, 31),
    "上旬": (1, 10),
    "中旬": (11, 20),
    "下旬": (21, 31),
    "初": (1, 10),
    "中": (11, 20),
}


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
            elif match.re is _NOW:
                self._open_range(match)
            elif match.re is _YEARS:
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
        link = _TO.match(self.text, match.end(), self.end)
        match_end = link and self._match_point(link.end())
        if last := self._point(match_end):
            self.at = last.span[1]
            self._add("period", None, last.last, last.approx, (match.start(), last.span[1]))

    def _years(self, match: re.Match[str]) -> None:
        first, last = (dt.date(int(number(match[y])), m, d) for y, m, d in (("y", 1, 1), ("y2", 12, 31)))
        self._add("period", first, last, False, match.span())

    def _match_point(self, at: int) -> re.Match[str] | None:
        return _ISO.match(self.text, at, self.end) or _POINT.match(self.text, at, self.end)

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
        year += _YEARS_ON.get(got.get("yr") or "", 0)
        try:
            first, last = _days(year, month, got)
        except (ValueError, calendar.IllegalMonthError):
            self._trouble("impossible_date", match)
            return None
        part = got.get("part")
        closing = part in ("底", "末") or bool(got.get("ypart") or got.get("qpart"))
        approx = part in _PARTS or bool(got.get("w"))
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
        link = _TO.match(self.text, first.end(), self.end)
        if not link and first.groupdict().get("m2"):
            link = _NEXT_MONTH.match(self.text, first.end(), self.end)
        if not link:
            return None
        patterns = [_ISO, *([_SHORT] if first.re in (_ISO, _SHORT) else []), _POINT, _DAY] + ([_PART] if first.groupdict().get("part") else [])
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
        tail = _BEFORE.match(self.text, self.at, self.end)
        self.at = tail.end() if tail else self.at
        self._add("period", first.first, end, first.approx or last.approx, (first.span[0], self.at))

    def _single(self, point: _Point) -> None:
        before, ends = self._after(_BEFORE, point), self._after(_ENDS, point)
        if before or ends or self._before(_UNTIL, point) or self._before(_LABEL, point):
            month_only = before and not (point.exact_day or point.closing or point.approx)
            day = point.first - dt.timedelta(days=1) if month_only else point.last
            self._add("by", None, day, bool(month_only), (point.span[0], before or ends or point.span[1]))
        elif around := self._after(_AROUND, point):
            self._add(
                "on" if point.exact_day else "period", point.first, point.last, True, (point.span[0], around)
            )
        elif since := self._after(_SINCE, point):
            self._add("period", point.first, None, point.approx, (point.span[0], since))
        elif till := self._before(_TILL, point):
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
        while point.exact_day and (match := _AND_DAY.match(self.text, self.at, self.end)):
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


_TROUBLES = {_RECURRING: "recurring", _RELATIVE: "relative", _SEASON: "season"}
_ANCHORS = (_NOW, *_TROUBLES, _YEARS, _ISO, _SHORT, _HALF_RANGE, _POINT)


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
    first, last = _PARTS.get(part or "", (1, 31))
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
        rf"(20\d\d|二[〇○零][〇○零一二三四五六七八九]{{2}}){_B}[年—-]", narrow(text)[span[0] : span[1]]
    ):
        yield int(number(match.group(1)))
