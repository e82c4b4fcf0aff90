"""A submission taken apart: what a signer can return singly, what a remark points at, what is compared. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .annexes import statistics_on
from .content import CASE_KINDS, Content, typed_cases
from .requirement import SLOT_NAMES

RECOMMENDED = "case:r"  # beginning of the key of a recommended case


@dataclass(frozen=True)
class Part:
    """`key` names it for ever ("record:12"), `text` is all it says."""

    key: str
    label: str
    text: str


def parts_of(content: Content) -> list[Part]:
    """In the order of the page; what is empty is no part."""
    every = (_texts(content), _records(content), _statistics(content), _schedule(content), _cases(content), _files(content))  # fmt: skip
    return [part for some in every for part in some if part.text]


def labels_of(content: Content) -> dict[str, str]:
    return {part.key: part.label for part in parts_of(content)}


def _texts(content: Content) -> Iterator[Part]:
    yield Part("summary", "工作小结", content.get("summary", ""))
    yield Part("highlights", "特色亮点", content.get("highlights", ""))


def _records(content: Content) -> Iterator[Part]:
    for one in content.get("records", []):
        head = f"{said_day(one['held_on'])} {one['form']}"
        place = f"，{one['place']}" if one["place"] else ""
        facts = f"{head}{place}，{one['sessions']} 场，{one['people']} 人"
        yield Part(f"record:{one['id']}", f"活动记录 {head}", f"{facts}\n{one['text']}")


def _statistics(content: Content) -> Iterator[Part]:
    filled = content.get("statistics")
    if not filled:
        return
    yield Part("statistics:cutoff", "统计截至", said_day(filled["cutoff"]))
    for row in statistics_on(dt.date.fromisoformat(filled["form"])).rows:
        cells: Mapping[str, int] = filled["rows"].get(row.code, {})
        said = [f"{cell.name} {cells[cell.key]} {cell.unit}" for cell in row.cells if cells.get(cell.key)]
        note = filled["notes"].get(row.code, "")
        text = "，".join(said) + (f"（{note}）" if note else "")
        yield Part(f"statistics:{row.code}", f"统计表 {row.code} {row.name}", text)


def _schedule(content: Content) -> Iterator[Part]:
    for number, row in enumerate(content.get("schedule", []), 1):
        yield Part(f"schedule:{number}", f"安排表第 {number} 行", "，".join(filter(None, row.values())))


def _cases(content: Content) -> Iterator[Part]:
    for row in content.get("cases", []):
        if "recommendation" in row:
            yield Part(f"{RECOMMENDED}{row['recommendation']}", f"推荐案例 {row['title']}", _case(row))
    for number, row in enumerate(typed_cases(content), 1):
        yield Part(f"case:{number}", f"案例 {number}", _case(row))
    yield Part("cases_note", "案例推荐说明", content.get("cases_note", ""))


def _case(row: Mapping[str, str]) -> str:
    said = (
        CASE_KINDS.get(row.get("kind", ""), ""),
        *(row.get(key, "") for key in ("title", "decided_on", "text")),
    )
    return "，".join(filter(None, said))


def _files(content: Content) -> Iterator[Part]:
    for one in content.get("attachments", []):
        yield Part(
            f"attachment:{one['id']}", f"{SLOT_NAMES.get(one['slot'], '附件')} {one['name']}", one["name"]
        )


def said_day(text: str) -> str:
    """6月12日; what a draft holds there and is no day stays."""
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return text
    return f"{day.month}月{day.day}日"
