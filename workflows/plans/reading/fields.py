"""Labelled duties: 责任单位：…, 牵头单位：…, 完成时限：…, wherever they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import zip_longest

from workflows.plans.reading.model import Span

LEAD = r"(?:责任|牵头|主办|承办|组织|实施|落实|主责|主管|举办|负责|发起|牵头责任|主要责任)(?:责任)?(?:单位|部门|科室|机构)(?:及部门)?|主办方|承办方|责任主体|牵头|主办|承办|负责|责任"
ASSIST = r"(?:配合|协办|协助|参与|参加|参会|协同|支持|指导|联办|协作|配合责任)(?:单位|部门|科室|机构|企业)|配合|协办|协助"
TIME = r"(?:完成|办结|整改|时间|活动|实施|举办|工作|报送|截止|起止|开展|安排|推进)?(?:时限|时间|期限)(?:要求|安排|节点)?|时间节点|时间进度|进度安排|完成日期"
#: places and people, whose units do not act; and what is done, whose units do
ASIDE = r"(?:(?:活动|参加|参与|工作|具体)?(?:地点|对象|人员|范围))|参加|参会|参演|责任人|责任领导|牵头领导|联系人|联系电话|备注"
OTHER = r"(?:活动|工作|主要|具体|任务)?(?:内容|形式|方式|任务|措施|要求|目标)|责任科室"
DUTY = ("lead", "assist", "time")
_LABEL = re.compile(
    rf"(?:^|(?<=[\s（(【［\[〔。；;，,、．.）)\d]))(?P<label>(?P<lead>{LEAD})|(?P<assist>{ASSIST})|(?P<time>{TIME})|(?P<aside>{ASIDE})|(?P<other>{OTHER}))"
    r"(?:及(?:时间|分工))?\s*[:：]\s*",
    re.M,
)
_STOP = re.compile(r"[。；;\n）)】］\]〕]|$")
_LABEL_LINE = re.compile(rf"(?:{LEAD}|{ASSIST}|{TIME}|{ASIDE}|{OTHER})\s*[:：]")


@dataclass(frozen=True)
class Field:
    """A label (role: lead, assist, time, aside or other), its value, and both together."""

    role: str
    value: Span
    whole: Span


def find_fields(text: str, span: Span) -> list[Field]:
    """Labelled values in `span`; a value ends at 。；, the line's end, a closing bracket or the next label."""
    found: list[Field] = []
    matches = list(_LABEL.finditer(text, *span))
    for match, following in zip_longest(matches, matches[1:]):
        end = following.start() if following else span[1]
        value_end = _value_end(text, match.end(), end)
        role = next(r for r in (*DUTY, "aside", "other") if match[r])
        found.append(Field(role, (match.end(), value_end), (match.start(), value_end)))
    return found


def _value_end(text: str, start: int, end: int) -> int:
    """The first stop that is not inside a bracket of the value itself: 各镇（街）、市教育局）."""
    depth, at = 0, start
    while at < end:
        if text[at] in "（(":
            depth += 1
        elif text[at] in "）)" and depth:
            depth -= 1
        elif _STOP.match(text, at) and (text[at] in "）)】］]〕\n" or not depth):
            break
        at += 1
    while at > start and text[at - 1] in "（(【［[〔 \t\u3000":  # the bracket that the next label opens
        at -= 1
    return at


def duty_bracket(words: str) -> str:
    """What stands before the labels of a heading: 道路交通（牵头：…；配合：…）."""
    return re.split(rf"[（(【〔［\[]?(?:{LEAD}|{ASSIST}|{TIME})\s*[:：]", words)[0].rstrip()


def is_field_line(text: str, span: Span) -> bool:
    """Whether the line begins with a label."""
    return bool(_LABEL_LINE.match(text, *span))


def is_duty_line(text: str, span: Span) -> bool:
    """Whether the line begins with a label that names units or a time."""
    found = find_fields(text, span)
    return (
        bool(found) and found[0].role in DUTY and not text[span[0] : found[0].whole[0]].strip("（(【［[〔 ")
    )
