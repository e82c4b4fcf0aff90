"""What holds for the plan as a whole: title, year, theme, basis, periods."""

from __future__ import annotations

import re
from collections import Counter

from foundation.organization.numerals import narrow
from workflows.plans.reading.dates import Bearing, find_dates, years_named
from workflows.plans.reading.layout import Layout, is_date_line
from workflows.plans.reading.model import Basis, Period, Span
from workflows.plans.reading.outline import Node
from workflows.plans.reading.spans import lines, sentences, split, trim

_NUMBER = r"[^\s（(《，。、]{1,14}[〔\[［【（(]\s*20\d\d\s*[〕\]］】）)]\s*(?:第)?\s*\d+\s*号"
_BASIS = re.compile(
    rf"《(?P<title>[^《》]*(?:〈[^〉]*〉[^《》]*|《[^》]*》[^《》]*)*)》\s*(?:[（(]\s*(?P<number>{_NUMBER})[^）)]{{0,6}}[）)])?"
)
_BARE_NUMBER = re.compile(rf"(?:根据|按照|依据|落实|贯彻)\s*(?P<number>{_NUMBER})")
_RESTS_ON = re.compile(r"根据|按照|依据|为(?:深入|认真|全面|切实)*(?:贯彻|落实|学习)|遵照|结合")
_THEME_SAYS = re.compile(
    r"主题(?:为|是|[：:])\s*(?:[“《](?P<quoted>[^”》\n]{2,60})[”》]|(?P<plain>[^，。；“”\n]{2,40}))|以[“](?P<with>[^”\n]{2,40})[”]为(?:活动|宣传)?主题"
)
_THEME_PREFIX = re.compile(
    r"^(?:(?:今年|本次|本年度|20\d\d年|此次)?[^：:，。]{0,24}主题(?:为|是)?\s*[：:]?|[：:])\s*"
)
_QUOTED = re.compile(
    r"“([^”\n]{2,24})”([一-龥]{0,6}?(?:月|周|日|行|季))?(?=[一-龥]{0,4}活动|[一-龥]{0,4}行动|整治|宣传|时间|和|[：:，（]|$)"
)
_IS_CALLED = re.compile(r"\s*为“?([^，。；”]{2,12}?)”?(?=[，。；]|$)")
_FULL_RANGE = re.compile(
    r"(20\d\d)\s*年\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日|[上中下]旬|[初底])?\s*起?\s*(?:至|到|[—－–~～-]+)\s*(?:(20\d\d)\s*年)?\s*\d"
)
_RANGE = re.compile(r"[至到—－–~～―─-]")
_TIME_WORD = re.compile(
    r"(?:的)?(?:活动|开展|实施|整治|工作|起止|行动|演练|检查|培训|宣传|排查)?时间(?:安排|为|是)?|活动$"
)


def title_of(text: str, layout: Layout) -> str:
    """The title's lines joined without blanks at the joints."""
    return "".join(text[slice(*line)] for line in layout.title)


def year_of(text: str, layout: Layout) -> int | None:
    """The year of the title; else the one its span begins in; else the one named most in dates; else of the plan's own number or its basis."""
    whole = (0, len(text))
    for span in layout.title:
        for year in years_named(text, span):
            return year
    for line in lines(text, whole):
        if is_date_line(text, line):
            return next(years_named(text, line))
    if (begun := _year_of_ranges(narrow(text))) is not None:
        return begun
    dated = re.finditer(r"(20\d\d)\s*年\s*\d{1,2}\s*月", narrow(text))
    named = Counter(int(m[1]) for m in dated) or Counter(years_named(text, whole))
    if named:
        return max(named, key=lambda y: (named[y], -y))
    numbered = [
        int(m[1])
        for m in re.finditer(r"[〔\[［【（(]\s*(20\d\d)\s*[〕\]］】）)]\s*第?\s*\d+\s*号", narrow(text))
    ]
    return max(numbered) if numbered else None


def _year_of_ranges(flat: str) -> int | None:
    """Where the first range that reaches the latest year begins: 2024年11月20日至2025年2月28日."""
    ranges = [(int(m[1]), int(m[2] or m[1])) for m in _FULL_RANGE.finditer(flat)]
    latest = max((int(m[1]) for m in re.finditer(r"(20\d\d)\s*年\s*\d{1,2}\s*月", flat)), default=0)
    return next((start for start, end in ranges if end >= latest), None)


def theme_of(text: str, sections: list[Node], whole: Span) -> tuple[str, Span] | None:
    """The words under the heading 主题, else what a sentence calls the theme."""
    spans = [s for n in sections for part in n.walk() for s in (*_behind_heading(text, part), *part.body)]
    for span in spans:
        if said := _said(text, span):
            return said
    for span in spans:
        if "时间" not in text[slice(*span)] and (found := _bare(text, span)):
            return found
    return _said(text, whole)


def _behind_heading(text: str, node: Node) -> list[Span]:
    start, end = node.words
    prefix = _THEME_PREFIX.match(text[start:end])
    rest = trim(text, (start + prefix.end(), end)) if prefix else (end, end)
    return [rest] if rest[0] < rest[1] else []


def _said(text: str, span: Span) -> tuple[str, Span] | None:
    match = _THEME_SAYS.search(text, *span)
    if not match:
        return None
    name = next(n for n in ("quoted", "plain", "with") if match[n])
    place = trim(text, match.span(name))
    return text[slice(*place)], place


def _bare(text: str, span: Span) -> tuple[str, Span] | None:
    place = trim(text, span)
    while place[0] < place[1] and text[place[1] - 1] in "。；，":
        place = place[0], place[1] - 1
    if (
        place[0] < place[1]
        and text[place[0]] in "“《"
        and text.find(text[place[0]], place[0] + 1, place[1]) < 0
    ):
        place = place[0] + 1, place[1] - (text[place[1] - 1] in "”》")
    return (text[slice(*place)], place) if 0 < place[1] - place[0] <= 60 else None


def basis_of(text: str, spans: list[Span]) -> tuple[Basis, ...]:
    """The documents that sentences beginning 根据, 按照, 为贯彻 … rest on."""
    found: list[Basis] = []
    for sentence in (s for span in spans for s in sentences(text, span)):
        opening = _RESTS_ON.search(text, *sentence)
        if not opening:
            continue
        for match in _BASIS.finditer(text, opening.end(), sentence[1]):
            found.append(Basis(match["title"], _tidy(match["number"]), match.span()))
        for match in _BARE_NUMBER.finditer(text, *sentence):
            found.append(Basis(None, _tidy(match["number"]), match.span("number")))
    return tuple(found)


def _tidy(number: str | None) -> str | None:
    return re.sub(r"\s", "", number) if number else None


def periods_of(text: str, sections: list[Node], bearing: Bearing | None) -> tuple[Period, ...]:
    """Every range of days in the sections about time, with the name given beside it, else the heading."""
    found: list[Period] = []
    for node in sections:
        for part in node.walk():
            name = ""
            for line in part.own_lines():
                for clause in split(text, line, "；;。"):
                    name = _add_periods(text, clause, bearing, name, found)
    ranges = [p for p in found if p.start != p.end]
    return tuple(ranges or found)


def loose_periods(text: str, spans: list[Span], bearing: Bearing | None) -> tuple[Period, ...]:
    """Where no section speaks of time: full ranges in the opening paragraphs."""
    found: list[Period] = []
    for sentence in (s for span in spans for s in sentences(text, span)):
        _add_periods(text, sentence, bearing, "", found)
    ranges = [p for p in found if p.start and p.end and _RANGE.search(text[slice(*p.source)])]
    return tuple({(p.start, p.end): p for p in reversed(ranges)}.values())[::-1]


def _add_periods(text: str, clause: Span, bearing: Bearing | None, name: str, found: list[Period]) -> str:
    """Adds the clause's ranges; returns the name that holds for what follows."""
    dates, _ = find_dates(text, clause, bearing)
    before = clause[0]
    for date in (d for d in dates if d.kind in ("period", "on")):
        after = _IS_CALLED.match(text, date.source[1], clause[1])
        name = (after[1] if after else "") or _name(text[before : date.source[0]]) or name
        found.append(Period(name, date.start, date.end, date.source))
        before = date.source[1]
    return name if dates else _name(text[slice(*clause)])


def name_of(title: str) -> str:
    """The campaign's name where the title quotes just one."""
    quoted = _QUOTED.findall(title)
    return "".join(quoted[0]) if len(quoted) == 1 else ""


def _name(words: str) -> str:
    quoted = [name + more for name, more in _QUOTED.findall(words) if not re.search("[，、！]", name)]
    if quoted:
        return "和".join(quoted)
    plain = _TIME_WORD.sub("", re.sub(r"[（()）：:，,\s]|^其中|从$|自$|于$|为$|定于", "", words))
    return (
        ""
        if len(plain) > 12 or re.search("根据|按照|决定|要求|主题|时间|定于|开展|今年|组织", plain)
        else plain
    )
