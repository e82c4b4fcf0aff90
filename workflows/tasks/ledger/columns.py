"""Columns of the ledger: which there are, which somebody sees, and what stands in them in a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from foundation.organization.actors import Actor
from foundation.organization.posts import UNIT_POSTS
from foundation.organization.refusals import Refused
from foundation.organization.templatetags.components import light_words

from .models import LedgerColumns
from .rows import Row


@dataclass(frozen=True)
class Column:
    """`cells`: what a file says of it, a name each. `chosen`: shown to who has not chosen. `everybodys`: of several
    units; a unit's own list leaves it out."""

    code: str
    label: str
    cells: tuple[tuple[str, Callable[[Row], Any]], ...]
    chosen: bool = True
    everybodys: bool = False


def _light(row: Row) -> str:
    return row.words or light_words(row.light.kind, row.light.days)


def _day(at: dt.datetime | None) -> dt.date | None:
    return timezone.localdate(at) if at else None


def _one(code: str, label: str, value: Callable[[Row], Any], **more: bool) -> Column:
    return Column(code, label, ((label, value),), **more)


COLUMNS = (
    _one("light", "期限", _light),
    _one("title", "任务", lambda row: row.task.item.title),
    _one("mark", "项", lambda row: row.task.item.mark),
    _one("plan", "活动", lambda row: row.task.plan.title, chosen=False),
    _one("period", "期次", lambda row: row.task.period.name, chosen=False),
    _one("unit", "单位", lambda row: row.task.unit.short_name, everybodys=True),
    _one("role", "角色", lambda row: row.task.get_role_display(), chosen=False),
    Column(
        "state", "状态",
        (("状态", lambda row: row.task.get_state_display()), ("当前环节", lambda row: row.step)),
    ),
    _one("hands", "在谁手里", lambda row: row.hands),
    _one("due", "截止", lambda row: row.task.due_on),
    Column(
        "stood", "停留",
        (("停留（工作日）", lambda row: row.days), ("自", lambda row: _day(row.task.changed) if row.days is not None else None)),
    ),
    _one("first", "首次报送", lambda row: _day(row.task.first_submitted_at), chosen=False),
    _one("version", "版本", lambda row: row.task.version),
    _one("urged", "最近催办", lambda row: row.task.urged_on, chosen=False),
)  # fmt: skip
FIXED = ("light", "title")  # a row without them says nothing
CODES = tuple(column.code for column in COLUMNS)
USUAL = tuple(column.code for column in COLUMNS if column.chosen)


def columns_of(actor: Actor) -> list[str]:
    """In their order, as this person chose them. One query."""
    kept = LedgerColumns.objects.filter(person=actor.person).values_list("columns", flat=True).first()
    return shown(USUAL if kept is None else kept, actor)


def shown(codes: Sequence[str], actor: Actor) -> list[str]:
    own = actor.post_code in UNIT_POSTS
    return [
        column.code
        for column in COLUMNS
        if (column.code in codes or column.code in FIXED) and not (own and column.everybodys)
    ]


def choose_columns(*, codes: Iterable[str], actor: Actor) -> None:
    """Kept for the person, whatever post they act under; unknown ones are left out."""
    if actor.person is None:
        raise Refused("请先登录。")
    wanted = set(codes)
    LedgerColumns.objects.update_or_create(
        person_id=actor.person, defaults={"columns": [code for code in CODES if code in wanted]}
    )


def heads(codes: Sequence[str]) -> list[str]:
    return [name for column in _of(codes) for name, _ in column.cells]


def cells(row: Row, codes: Sequence[str]) -> list[Any]:
    return [value(row) for column in _of(codes) for _, value in column.cells]


def _of(codes: Sequence[str]) -> list[Column]:
    return [column for column in COLUMNS if column.code in codes]
