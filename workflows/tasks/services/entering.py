"""代录: the office enters what a unit handed in on paper; the unit's liaison officer confirms it, or objects."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db.models import Q
from django.utils import timezone

from foundation.journal.moves import record, transition
from foundation.organization.actors import Actor
from foundation.organization.posts import OFFICE_POSTS
from foundation.organization.refusals import Refused
from workflows.plans.models import office_works

from ..models import Task
from .guards import WRITABLE, required

NOON = dt.time(12)  # of the day of a paper: its hour is not known, and the day is what counts


def begin_entry(*, task: int, paper_on: dt.date, reason: str, actor: Actor, at: dt.datetime) -> None:
    """From now on the office writes on it too; who of the unit works on it may go on."""
    if paper_on > timezone.localdate(at):
        raise Refused("来件日期还没有到，请核对。", field="paper_on")
    data = {"paper_on": paper_on.isoformat(), "reason": required(reason, "代录理由", 300)}
    transition(Task.begin_entry, task, actor=actor, at=at, data=data).all_or_refuse()


def end_entry(*, task: int, actor: Actor, at: dt.datetime) -> None:
    """Given up; what was typed stays in the draft."""
    under_way = WRITABLE & Q(entry__isnull=False)
    record(
        Task, task, "end_entry", actor=actor, at=at, changes={"entry": None}, rules=(office_works,),
        source=under_way,
    ).all_or_refuse()  # fmt: skip


def paper_of(row: Task, actor: Actor) -> dict[str, str] | None:
    """What is being entered, where it is the office that submits; the unit's own submission is its own."""
    return row.entry if row.entry and actor.post_code in OFFICE_POSTS else None


def entered(row: Task, paper: dict[str, str], version: int) -> tuple[Callable, dict[str, Any]]:
    """The move, and its data: handed in on the day of the paper, unless an earlier version was."""
    day = dt.date.fromisoformat(paper["paper_on"])
    first = row.first_submitted_at or timezone.make_aware(dt.datetime.combine(day, NOON))
    return Task.enter, {"version": version, "paper_on": paper["paper_on"], "first": first.isoformat()}
