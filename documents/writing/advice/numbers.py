"""发文字号 and dates, as GB/T 9704-2012 has them (7.2.5, 7.3.6)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from documents.layout.dates import chinese_date
from foundation.organization.numerals import chinese

from .model import HAN, Advice, Reading, Rule, each

YEAR = r"(?:19|20)\d{2}"
NUMERAL = "[一二三四五六七八九十]"
BRACKETED = rf"[\[［【(（〔]{YEAR}[\]］】)）〕]"
WEEKDAYS = "一二三四五六日"
DAY = re.compile(r"(?:(\d{4})年)?(?<!\d)(\d{1,2})月(\d{1,2})日")
WEEKDAY = re.compile(DAY.pattern + r"[（(](?:星期|周|礼拜)([一二三四五六日天])")
DEADLINE = re.compile(DAY.pattern + r"(?:\d{1,2}(?:时|[:：]\d{2}))?(?:下班)?(?:前|之前|以前|止)")


def _arabic(match: re.Match[str]) -> str:
    day = f"{chinese(match[3])}日" if match[3] else ""
    return f"{chinese(match[1])}年{chinese(match[2])}月{day}"


def _spelt(match: re.Match[str]) -> str:
    return f"{match[1]}年{int(match[2])}月{int(match[3])}日"


def day_of(reading: Reading, match: re.Match[str]) -> dt.date | None:
    """None for a day that no calendar has; a day without a year lies in the document's."""
    year = int(match[1]) if match[1] else reading.issued_on.year
    try:
        return dt.date(year, int(match[2]), int(match[3]))
    except ValueError:
        return None


def impossible(reading: Reading) -> Iterator[Advice]:
    for number, line in enumerate(reading.lines, 1):
        for match in DAY.finditer(line):
            if day_of(reading, match) is None:
                says = f"“{match[0]}”在日历上没有，请核对。"
                yield Advice(number, *match.span(), "date_impossible", says)


def weekday(reading: Reading) -> Iterator[Advice]:
    for number, line in enumerate(reading.lines, 1):
        for match in WEEKDAY.finditer(line):
            day, said = day_of(reading, match), match[4].replace("天", "日")
            if day and WEEKDAYS[day.weekday()] != said:
                right = WEEKDAYS[day.weekday()]
                says = f"{day.month}月{day.day}日是星期{right}，不是星期{said}。"
                yield Advice(number, *match.span(4), "weekday_wrong", says, right)


def past(reading: Reading) -> Iterator[Advice]:
    """A deadline that has gone by on the day of issue."""
    for number, line in enumerate(reading.lines, 1):
        for match in DEADLINE.finditer(line):
            day = day_of(reading, match)
            if day and day < reading.issued_on:
                yield Advice(number, *match.span(), "deadline_past", f"“{match[0]}”在印发时已经过去。")


def differs(reading: Reading) -> Iterator[Advice]:
    """落款 says another day than what is known."""
    written, known = reading.document.dated, reading.meta.issued_on
    if written and known and written != known:
        line = reading.document.source.dated
        right = chinese_date(known)
        says = f"落款日期与签发日期（{right}）不一致，印发时以签发日期为准。"
        yield reading.at(line, "date_differs", says, reading.lines[line - 1].strip(" \u3000\t"), right)


RULES: tuple[Rule, ...] = (
    each(
        "number_brackets", rf"(?<=[{HAN}])[\[［【(（]({YEAR})[\]］】)）](?=\s*第?\s*\d+\s*号)",
        "发文字号的年份用六角括号：〔年份〕。", lambda match: f"〔{match[1]}〕",
    ),
    each("number_ordinal", rf"{BRACKETED}\s*(第\s*)\d+\s*号", "发文字号的序号前不加“第”。", lambda match: "", 1),
    each("number_zeros", rf"{BRACKETED}\s*(?:第\s*)?(0+)[1-9]\d*\s*号", "发文字号的序号不编虚位，前面不加 0。", lambda match: "", 1),
    each("number_year", rf"(?<=[{HAN}])〔(\d{{2}})〕(?=\s*第?\s*\d+\s*号)", "发文字号的年份写全四位。", lambda match: f"〔20{match[1]}〕"),
    each(
        "date_form", rf"(?<![\d.])({YEAR})[./\-](0?[1-9]|1[0-2])[./\-](0?[1-9]|[12]\d|3[01])(?![\d.])",
        "日期写成“年月日”，不用点、横线或斜线。", _spelt,
    ),
    each(
        "date_numerals", rf"([一二][〇○零一二三四五六七八九]{{3}})年({NUMERAL}{{1,2}})月(?:({NUMERAL}{{1,3}})日)?",
        "成文日期和时限用阿拉伯数字。", _arabic,
    ),
    each("date_zero", r"(?<=年)(0)(?=\d月)|(?<=月)(0)(?=\d日)", "月、日不编虚位，前面不加 0。", lambda match: ""),
    each("date_year", r"(?<!\d)(?:\d{2}年\d{1,2}月\d{1,2}日|2\d年(?:0?[1-9]|1[0-2])月(?!\d))", "年份写全四位：“{0}”。"),
    impossible,
    weekday,
    past,
    differs,
)  # fmt: skip
