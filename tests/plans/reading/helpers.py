"""Invented units, and what the tests of reading look at."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from workflows.plans.reading import Item, Lexicon, Reading, Report, Responsible, read

ROOT = Path(__file__).parents[3]
FIXTURES = ROOT / "tests" / "plans" / "fixtures"
PUBLISHED = ROOT.parent / "shared" / "plans" / "yingde-2023.txt"

NAMES = {
    "emergency": "应急管理局 应急局",
    "police": "公安局",
    "housing": "住房和城乡建设局 住建局",
    "health": "卫生健康局",
    "education": "教育局",
    "media": "融媒体中心",
    "transport": "交通运输局",
    "forestry": "林业局",
    "farming": "农业农村局",
    "industry": "工业和信息化局",
    "fire": "消防救援大队",
    "market": "市场监督管理局",
    "publicity": "委宣传部",
}
PLACES = ("青禾市", "青禾县", "福山区")
UNITS = {place + name: code for code, names in NAMES.items() for name in names.split() for place in PLACES}
UNITS |= {"东华镇": "donghua", "英红镇": "yinghong"}
LEXICON = Lexicon(UNITS)

published = pytest.mark.skipif(not PUBLISHED.exists(), reason=f"the published plan {PUBLISHED} is not here")


def fixture(name: str) -> tuple[str, Reading]:
    """The text of a fixture plan and its reading."""
    text = (FIXTURES / f"{name}.txt").read_text(encoding="utf-8")
    return text, read(text, LEXICON)


def dates(item: Item) -> list[tuple[str, str | None, str | None]]:
    """Kind, start and end as ISO days."""
    return [(d.kind, d.start and d.start.isoformat(), d.end and d.end.isoformat()) for d in item.dates]


def quantities(item: Item | Report) -> list[tuple[str, int | float, str]]:
    """Bound, value and unit."""
    return [(q.bound, q.value, q.unit) for q in item.quantities]


def who(named: tuple[Responsible, ...]) -> list[tuple[str, str]]:
    """Role and meaning: a unit's code, a group's code, or the phrase nobody knows in brackets."""
    return [(r.role, r.units[0] if r.units else r.group or f"[{r.phrase}]") for r in named]


def reports(reading: Reading) -> list[tuple[str, str, str | None]]:
    """Kind, title and due day."""
    return [(r.kind, r.title, r.due and r.due.isoformat()) for r in reading.reports]


def uncovered(text: str, reading: Reading) -> str:
    """Letters and digits that no value, section, number, label of a unit, preamble or unread line accounts for."""
    left = list(text)
    spans = [s for s in (reading.title_source, reading.theme_source, *reading.preamble) if s]
    spans += [x.source for x in (*reading.basis, *reading.periods, *reading.items, *reading.reports)]
    spans += [x.source for x in (*reading.quotas, *reading.systems, *reading.unread)]
    spans += [x.source for i in reading.items for x in (*i.dates, *i.quantities, *i.responsible)]
    for start, end in spans:
        left[start:end] = "\0" * (end - start)
    number = r"(?m)^\s*第[一二三四五六七八九十]+(?:条|章|部分)|(?:牵头|配合)："
    rest = re.sub(number, lambda m: "\0" * len(m[0]), "".join(left))
    for heading in sorted({h for i in reading.items for h in i.section}, key=len, reverse=True):
        rest = _without_heading(text, rest, heading)
    return "".join(c for c in rest if c.isalnum() and c not in "一二三四五六七八九十0123456789①②③④⑤是")


def _without_heading(text: str, rest: str, heading: str) -> str:
    """Blanks out every place of a heading in `rest`; its place is looked up in the whole text."""
    at = text.find(heading)
    while at >= 0:
        rest = rest[:at] + "\0" * len(heading) + rest[at + len(heading) :]
        at = text.find(heading, at + 1)
    return rest
