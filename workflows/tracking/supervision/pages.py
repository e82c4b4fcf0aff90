"""What the pages of supervision show: slips found, one of them, whom the next sweep hits."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from foundation.journal.timeline import entries_of, line_of
from foundation.organization import typed
from foundation.organization.actors import Actor
from foundation.organization.doings import Tried, on_page
from foundation.organization.models import Appointment
from foundation.organization.services import officers, without_liaison
from workflows.tasks.models import Task

from ..models import Slip
from ..models.supervision import OPEN
from .acting import DOINGS, offered
from .ladder import Rung
from .outlook import Outlook
from .reading import rung_of

CHIPS: dict[str, tuple[str, Q]] = {
    "open": ("未办结", Q(state__in=OPEN)),
    "replied": ("已回复待审阅", Q(state=Slip.State.REPLIED)),
    "closed": ("已办结", Q(state=Slip.State.CLOSED)),
    "all": ("全部", Q()),
    "bare": (
        "无联络员",
        Q(state__in=OPEN),
    ),  # whose unit has none today: the slip reached nobody who signs for it
}
LIGHTS = {Slip.Colour.BLUE: "told", Slip.Colour.YELLOW: "near", Slip.Colour.RED: "overdue"}


def light_of(slip: Slip) -> str:
    """What is over loses its colour."""
    return LIGHTS[Slip.Colour(slip.colour)] if slip.state in OPEN else "done"


def found(rows: QuerySet[Slip], wanted: Mapping[str, str], today: dt.date) -> QuerySet[Slip]:
    """`wanted`: only (of CHIPS), colour, task (an id), q (unit, item or number). What makes no sense narrows nothing."""
    rows = rows.filter(CHIPS.get(wanted.get("only", ""), CHIPS["open"])[1])
    if wanted.get("only") == "bare":
        rows = rows.exclude(unit__in=officers(today).values("unit"))
    if (colour := wanted.get("colour")) in Slip.Colour.values:
        rows = rows.filter(colour=colour)
    if task := typed.number(wanted.get("task", "")):
        rows = rows.filter(task=task)
    if words := typed.words(wanted.get("q", "")):
        named = Q(unit__short_name__icontains=words) | Q(unit__initials__contains=words.lower())
        number = typed.number(words)
        rows = rows.filter(named | Q(task__item__title__icontains=words) | Q(number=number or 0))
    return rows


def lit(slip: Slip) -> dict[str, Any]:
    return {"row": slip, "light": light_of(slip)}


def marked(slips: Sequence[Slip], today: dt.date) -> list[dict[str, Any]]:
    """For the list: one query tells which of their units have nobody to sign for them."""
    bare = {unit.pk for unit in without_liaison({one.unit for one in slips}, today)}
    return [lit(one) | {"bare": one.unit_id in bare and one.state in OPEN} for one in slips]


def page_of(row: Slip, actor: Actor, today: dt.date, tried: Tried | None = None) -> dict[str, Any]:
    """What was `tried` stays as it was typed, also where the slip has moved on."""
    holds = {rule: rule(row, actor, today) for rule in {one.rule for one in DOINGS.values()}}
    does = offered(row, holds) | ({tried[0]: DOINGS[tried[0]]} if tried else {})
    rung = rung_of(row.due_on, row.rung)
    asked = {"asks": rung.asks, "to": _posts(rung)} if rung else {}
    bare = row.state in OPEN and bool(without_liaison([row.unit], today))
    return {
        "row": row,
        "light": light_of(row),
        "acts": on_page(does, tried),
        "timeline": _timeline(row),
        "bare": bare,
        **asked,
    }


def _timeline(row: Slip) -> list[dict[str, Any]]:
    """The latest first, with every answer."""
    entries = entries_of(row._meta.label_lower, row.pk).reverse()
    return [line_of(one) | ({"opinion": one.data["reply"]} if "reply" in one.data else {}) for one in entries]


def _posts(rung: Rung) -> str:
    names = dict(Appointment._meta.get_field("post").flatchoices)
    return "、".join(names[post] for post in rung.to)


@dataclass(frozen=True)
class Hit:
    """One task that a sweep will come to. `who`: those it is told to, by name."""

    rung: Rung
    task: Task
    who: str

    @property
    def light(self) -> str:
        return LIGHTS[Slip.Colour(self.rung.colour)] if self.rung.colour else "ok"

    @property
    def words(self) -> str:
        return f"{self.rung.code} {Slip.Colour(self.rung.colour).label if self.rung.colour else '期限提醒'}"


def hits_in(seen: Outlook) -> list[tuple[Rung, int]]:
    """The gravest first, then by task."""
    pairs = [(rung, task) for (_, rung), tasks in seen.take.items() for task in tasks]
    return sorted(pairs, key=lambda one: (-one[0].offset, one[1]))


def hits_of(pairs: Iterable[tuple[Rung, int]], today: dt.date) -> list[Hit]:
    """Two queries."""
    wanted = list(pairs)
    rows = Task.objects.select_related("item", "plan", "unit").in_bulk([task for _, task in wanted])
    there = [(rung, rows[task]) for rung, task in wanted if task in rows]
    held: dict[tuple[int, str], list[str]] = defaultdict(list)
    seats = Appointment.objects.in_force(today).filter(unit__in={task.unit_id for _, task in there})
    for unit, post, name in seats.values_list("unit", "post", "person__name"):
        held[unit, post].append(name)
    return [Hit(rung, task, _who(rung, task, held)) for rung, task in there]


def _who(rung: Rung, task: Task, held: Mapping[tuple[int, str], list[str]]) -> str:
    """A handler is told of what was handed over alone, and is not named here."""
    names = [name for post in rung.to if post != "handler" for name in held.get((task.unit_id, post), ())]
    return "、".join(names)
