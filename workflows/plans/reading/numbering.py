"""The marks that plans number their parts with."""

from __future__ import annotations

import re
from dataclasses import dataclass

from foundation.organization.numerals import narrow
from workflows.plans.reading.model import Span

_C = r"[一二三四五六七八九十]{1,3}"
_B = r"[ \t\u3000]*"
_TEXT = r"(?=[“”\"《（(一-龥])"
_DATE = r"(?=\d{1,2}月|20\d\d年|\d{1,3}[%个家名份人])"

#: kind → mark at the beginning of a line; the first that matches is taken
_MARKS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("part", rf"第(?P<label>{_C}){_B}(?:章|部分|篇)[、：:\s]*"),
        ("article", rf"第(?P<label>{_C}){_B}条[、：:\s]*"),
        ("paren", rf"[（(]{_B}(?P<label>{_C}){_B}[）)]{_B}[、.．]?{_B}"),
        ("paren_number", rf"[（(]{_B}(?P<label>\d{{1,3}}){_B}[）)]{_B}[、.．]?{_B}"),
        ("half_chinese", rf"(?P<label>{_C}){_B}[）)]{_B}"),
        ("half_paren", rf"(?P<label>\d{{1,2}}){_B}[）)]{_B}"),
        ("is", rf"(?P<label>[一二三四五六七八九十])(?:是|要)(?!否|求){_B}"),
        ("chinese", rf"(?P<label>{_C}){_B}[、．.，,:：]{_B}"),
        ("chinese", rf"(?P<label>{_C})(?=[“《])"),
        ("chinese", rf"(?P<label>{_C})[ \t\u3000]+{_TEXT}"),
        (
            "stage",
            rf"第(?P<label>{_C}){_B}(?:阶段|周(?!年)|步|季度|批)(?:[、：:，,]|(?={_B}[（(“]|{_B}[一-龥]))",
        ),
        ("stage", rf"第(?P<label>{_C}){_B}(?:组|类|项|轮|场|环节|战役|单元){_B}[：:、]"),
        (
            "task",
            rf"(?:任务|活动|行动|专题|项目|措施|科目|环节|板块|模块|单元){_B}(?P<label>{_C}|\d{{1,2}})"
            rf"(?:{_B}[：:、.．]{_B}|[ \t\u3000]+{_TEXT})",
        ),
        (
            "dotted",
            rf"(?P<label>\d{{1,2}}(?:[.．]\d{{1,2}})+)(?!\d|[.．]?[年月日]|%){_B}[、.．]?(?:{_B}{_TEXT}|[ \t\u3000]+{_DATE})",
        ),
        ("number", rf"(?P<label>\d{{1,3}}){_B}(?:、|[.．。](?!\d)|[.．]{_DATE}){_B}"),
        ("number", rf"(?P<label>\d{{1,2}})(?:[ \t\u3000]+|[,，]){_TEXT}"),
        ("bullet", rf"(?P<label>)[◆◇■□●▲★☆•▪►➢※]{_B}"),
        ("circle", rf"(?P<label>[①-⑳⑴-⒇⒈-⒛㈠-㈩❶-❿]){_B}[、.．]?{_B}"),
    )
)
#: marks whose own words belong to the heading: 第一阶段 …, 任务一：…
_KEPT = ("stage", "task")


@dataclass(frozen=True)
class Mark:
    """A number at a line's beginning: its kind, how it reads, where it stands, where the words begin."""

    kind: str
    label: str
    span: Span
    words: int


def mark_at(text: str, line: Span) -> Mark | None:
    """The mark a line begins with."""
    flat = narrow(text[line[0] : min(line[1], line[0] + 24)])
    for kind, pattern in _MARKS:
        if match := pattern.match(flat):
            end = line[0] + match.end()
            name = kind + str(len(re.split("[.．]", match["label"]))) if kind == "dotted" else kind
            return Mark(name, match["label"], (line[0], end), line[0] if kind in _KEPT else end)
    return None


def inline_is(text: str, span: Span) -> list[Mark]:
    """一是…；二是… inside one paragraph: the marks in their order, or none unless they count from one."""
    pattern = re.compile(
        r"(?:(?<=[。；;：:，,\n])|^)\s*(?P<label>[一二三四五六七八九十])(?:是|要)(?!否|求)", re.M
    )
    marks = [
        Mark("is", m["label"], (m.start("label"), m.end()), m.end())
        for m in pattern.finditer(text[: span[1]], span[0])
    ]
    if [m.label for m in marks] != list("一二三四五六七八九十"[: len(marks)]) or len(marks) < 2:
        return []
    return marks


#: marks inside a line, at its beginning or behind what closes a sentence
_POINTS = tuple(
    re.compile(rf"(?:^|(?<=[。；;：:]))\s*(?P<mark>{mark})")
    for mark in (
        r"(?P<label>[①-⑳])",
        r"[（(](?P<label>\d{1,2})[）)]",
        r"(?P<label>\d{1,2})(?:、|[.．](?!\d))",
    )
)


def points(text: str, line: Span) -> list[int]:
    """Where ①…；②…；③… or 1.…。2.…。 begin in a line that opens with the first of them; else nothing."""
    flat = narrow(text[slice(*line)])
    for pattern in _POINTS:
        if (opening := pattern.match(flat)) and opening["label"] in ("1", "①"):
            found: list[int] = []
            for match in pattern.finditer(flat):
                if match["label"] in (str(len(found) + 1), chr(ord("①") + len(found))):
                    found.append(line[0] + match.start("mark"))
            return found if len(found) > 1 else []
    return []
