"""One rung of one organ's tasks, written with its journal: reminders, or slips with their numbers."""

from __future__ import annotations

import datetime as dt

from django.db.models import CharField, Exists, F, IntegerField, OuterRef, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from documents.models import Register
from documents.numbering import last_in, take
from foundation.journal.moves import create
from foundation.journal.prepared import TODAY, Listed, Param
from foundation.organization.actors import SYSTEM
from foundation.organization.calendar import WorkCalendar
from foundation.organization.models import Unit
from workflows.tasks.models import Task
from workflows.tasks.querysets import awaited

from ..models import Reminder, Slip
from .ladder import REMIND, Rung

MARK, CODE = "督", "督办"  # follows the 机关代字 in numbers; stands alone where an organ has none

# Worked out once: the number given last, and the place among the tasks that get one.
NUMBER = Param("last", IntegerField) + Window(RowNumber(), order_by=F("pk").asc())


def send(organ: int, rung: Rung, tasks: list[int], at: dt.datetime, calendar: WorkCalendar) -> list[int]:
    if rung.kind == REMIND:
        return remind(rung, tasks, at, Reminder.Outcome.SENT)
    return _slip(organ, rung, tasks, at, calendar)


def remind(rung: Rung, tasks: list[int], at: dt.datetime, outcome: Reminder.Outcome) -> list[int]:
    values = {"task": F("pk"), "due_on": F("due_on"), "rung": rung.code, "outcome": outcome.value}
    verb = "create" if outcome == Reminder.Outcome.SENT else "pass_over"
    return create(
        Reminder, values, source=_not_reminded, verb=verb, actor=SYSTEM, at=at, data={"rung": rung.code},
        ids=tasks, rung=rung.code,
    )  # fmt: skip


def _slip(organ: int, rung: Rung, tasks: list[int], at: dt.datetime, calendar: WorkCalendar) -> list[int]:
    """The numbers are those of the register, in the order of the tasks; as many are taken as slips were made."""
    today = timezone.localdate(at)
    code = f"{Unit.objects.values_list('document_code', flat=True).get(pk=organ)}{MARK}"
    which = {"organ_id": organ, "code": code if len(code) > 1 else CODE, "year": today.year}
    register, last = last_in(Register, **which)
    values = {
        "task": F("pk"), "unit": F("unit"), "due_on": F("due_on"), "number": NUMBER, "organ": organ, "rung": rung.code,
        "colour": rung.colour, "code": which["code"], "year": today.year, "issued_on": today,
        "reply_by": calendar.add(today, rung.reply), "listed": rung.listed,
    }  # fmt: skip
    made = create(
        Slip, values, source=_not_sent, actor=SYSTEM, at=at, data={"rung": rung.code, "colour": rung.colour}, ids=tasks,
        rung=rung.code, last=last,
    )  # fmt: skip
    take(Register, register, len(made))
    return made


def _not_reminded() -> QuerySet[Task]:
    return _still_awaited(Reminder)


def _not_sent() -> QuerySet[Task]:
    """Nor of one whose due day was put off meanwhile."""
    return _still_awaited(Slip).filter(due_on__lt=TODAY)


def _still_awaited(model: type[Reminder] | type[Slip]) -> QuerySet[Task]:
    """Those of `ids` that nobody has handed in since they were looked up."""
    there = model.objects.filter(
        task=OuterRef("pk"), due_on=OuterRef("due_on"), rung=Param("rung", CharField)
    )
    return Task.objects.filter(Listed("pk"), awaited(), ~Exists(there))
