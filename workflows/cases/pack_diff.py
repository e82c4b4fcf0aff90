"""What a new version of a rule pack changes, entry by entry, as its documents say it. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

SECTIONS = {
    "laws": "法规", "slots": "没有查到的规定", "posts": "职务", "steps": "步骤", "counts": "计算方法", "clocks": "时限",
    "gates": "程序条件", "effects": "两轨衔接", "file": "移送材料", "articles": "罚款幅度", "persons": "对个人处罚的条款", "levels": "事故等级",
    "triggers": "须核查是否移送", "offences": "罪名",
    "advice": "处罚决定书告知事项",
}  # fmt: skip
HEAD = ("name", "effective_from", "effective_to", "daily", "fined_under", "once")


@dataclass(frozen=True)
class Change:
    """`old` is empty for what is new, `new` for what is gone."""

    section: str
    name: str
    old: str
    new: str


def pack_diff(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Change]:
    found = [
        Change("规则包", key, _said(old.get(key)), _said(new.get(key)))
        for key in HEAD
        if old.get(key) != new.get(key)
    ]
    for key, title in SECTIONS.items():
        found += _changes(title, _entries(old.get(key)), _entries(new.get(key)))
    return found


def _changes(title: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    for name in dict.fromkeys([*old, *new]):
        before, after = old.get(name), new.get(name)
        if before != after:
            yield Change(title, name, _said(before), _said(after))


def _entries(section: Any) -> dict[str, Any]:
    """By what names an entry; a second one of the same name gets a number."""
    if isinstance(section, Mapping):
        return dict(section)
    found: dict[str, Any] = {}
    for one in section or ():
        name = _name(one)
        twins = sum(other == name or other.startswith(f"{name}（") for other in found)
        found[f"{name}（{twins + 1}）" if twins else name] = one
    return found


def _name(one: Any) -> str:
    if not isinstance(one, Mapping):
        return str(one)
    keys = ("rule", "step", "article", "subject", "stage", "code", "name", "threshold", "offence")
    return " ".join(str(one[key]) for key in keys if key in one)


def _said(value: Any) -> str:
    return "" if value is None else json.dumps(value, ensure_ascii=False)
