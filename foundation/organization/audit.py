"""Every change of master data is told to whoever listens.

The journal lies above this room and may not be imported here: foundation/journal/books.py adds its listener.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db.models import Model

from .actors import Actor

# What can happen, with its Chinese sentence.
VERBS = {
    "unit.add": "新增单位",
    "unit.change": "修改单位",
    "unit.end": "撤销、合并单位",
    "person.add": "新增人员",
    "person.change": "修改人员",
    "person.reset": "重置密码",
    "person.close": "停用账号",
    "person.password": "修改密码",
    "appointment.add": "任命",
    "appointment.end": "结束任职",
    "calendar.save": "修改工作日历",
    "seed": "装入初始单位和人员",
}
Data = Mapping[str, Any]
Listener = Callable[[str, Actor, dt.datetime, Data, Data], None]

listeners: list[Listener] = []


def tell(verb: str, *, actor: Actor, at: dt.datetime, data: Data, words: Data | None = None) -> None:
    """Called inside the transaction of the change. `words` are personal: names, telephones."""
    for listen in listeners:
        listen(verb, actor, at, data, words or {})


def values_of(row: Model, fields: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in fields}


def difference(before: Data, after: Data) -> dict[str, list[Any]]:
    """{field: [old, new]} of what changed, as JSON can hold it."""
    changed = {name: [before[name], value] for name, value in after.items() if before[name] != value}
    return {name: [_plain(one) for one in pair] for name, pair in changed.items()}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value
