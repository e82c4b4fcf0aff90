"""The workbench of one identity: which cards, what comes first, how the campaigns stand."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from approvals.engine.dwell import dwell
from approvals.models import Approval
from approvals.summary import step_words
from foundation.organization.actors import Actor
from foundation.organization.calendar import WorkCalendar
from foundation.organization.listing import people_found, units_found
from foundation.organization.models import Appointment
from foundation.organization.posts import OFFICE_POSTS, Post

from . import links
from .case_clocks import case_clocks
from .models.supervision import OPEN
from .permissions import keeps_upward, sees_upward
from .progress import Progress, late_units, progress_of
from .supervision.beside import slips_waiting
from .upward.pages import upward_waiting
from .work import Pile, approvals_to_decide, extensions_waiting, started_by, tasks_to_do

Notes = list[tuple[str, str]]  # kind of light ("" for none), words


@dataclass(frozen=True)
class Card:
    title: str
    url: str
    count: int
    notes: Notes = field(default_factory=list)


@dataclass(frozen=True)
class Desk:
    """`first` None: this identity has no inbox (auditor, administrator)."""

    cards: list[Card]
    first: Pile | None = None
    everything_url: str = ""
    waiting: list[dict[str, Any]] = field(default_factory=list)
    progress: Progress | None = None
    late_units: list[dict[str, Any]] = field(default_factory=list)
    bare: int = 0  # units without a liaison officer, for who can change that
    unclaimed: int = 0  # slips of these
    case_clocks: Pile = field(default_factory=Pile)
    slips: Pile = field(default_factory=Pile)
    extensions: Pile = field(default_factory=Pile)  # for the office to decide
    upward: Pile | None = None  # what the office itself owes the level above


def desk_of(seat: Appointment, now: dt.datetime, calendar: WorkCalendar) -> Desk:
    """`now` in the office's own time zone."""
    today = now.date()
    if seat.post == Post.ADMINISTRATOR:
        return _administrator(today)
    progress = progress_of(Actor.of(seat), today, calendar)
    if seat.post == Post.AUDITOR:
        reads = upward_waiting(sees_upward, seat.pk, today, calendar)
        return Desk(_overview(progress), progress=progress, late_units=late_units(today), upward=reads)
    desk = _office if seat.post in OFFICE_POSTS else _unit
    found = desk(seat, now, calendar, progress)
    return replace(found, case_clocks=case_clocks(seat, now, calendar), slips=slips_waiting(seat, today))


def _unit(seat: Appointment, now: dt.datetime, calendar: WorkCalendar, progress: Progress) -> Desk:
    today = now.date()
    works = seat.post in (Post.LIAISON, Post.HANDLER)
    to_decide, to_do = approvals_to_decide(seat, today, calendar), Pile()
    if works:
        to_do = tasks_to_do(seat, today, calendar)
    started = started_by(seat)
    todo, tasks = to_decide + to_do, reverse("tasks")
    whole = links.tasks_at(state="todo") if works else reverse("inbox")
    notes = [("", f"待签收 {progress.issued}"), ("", f"已退回 {progress.returned}")]
    cards = [
        Card("待办", whole, todo.count, _lights(todo)),
        Card("本单位任务", tasks, progress.open, notes),
        _started(started),
    ]
    return Desk(cards, todo, whole, _waiting(started, now, calendar), progress)


def _office(seat: Appointment, now: dt.datetime, calendar: WorkCalendar, progress: Progress) -> Desk:
    today = now.date()
    todo, started, units = approvals_to_decide(seat, today, calendar), started_by(seat), late_units(today)
    tasks: Notes = [("", f"超期任务 {progress.overdue}"), ("", f"待签收 {progress.issued}")]
    cards = [
        Card("待办", reverse("inbox"), todo.count, _lights(todo)),
        Card("超期单位", f"{reverse('board')}?range=all&light=overdue", len(units), tasks),
        _started(started),
    ]
    bare, unclaimed = _without_officer(today)
    waiting = _waiting(started, now, calendar)
    asked = extensions_waiting()
    return Desk(
        cards,
        todo,
        reverse("inbox"),
        waiting,
        progress,
        units,
        bare,
        unclaimed,
        extensions=asked,
        upward=upward_waiting(keeps_upward, seat.pk, today, calendar),
    )


def _without_officer(today: dt.date) -> tuple[int, int]:
    """Units without one, and open slips that nobody of them signs for; one query."""
    slips = Count("slips", filter=Q(slips__state__in=OPEN))
    found = units_found("", only_bare=True, on=today).aggregate(units=Count("pk", distinct=True), slips=slips)
    return found["units"], found["slips"]


def _overview(progress: Progress) -> list[Card]:
    return [
        Card("超期", links.tasks_at(light="overdue"), progress.overdue),
        Card("临期", links.tasks_at(light="near"), progress.near),
        Card("已通过", reverse("tasks"), progress.passed, [("", f"应办 {progress.total}")]),
    ]


def _administrator(today: dt.date) -> Desk:
    idle = people_found("", state="idle", on=today).count()
    bare = units_found("", only_bare=True, on=today).count()
    cards = [
        Card(
            "无岗位人员",
            f"{reverse('people')}?state=idle",
            idle,
            [("", "能登录，不能办理" if idle else "没有")],
        ),
        Card("无联络员单位", f"{reverse('units')}?bare", bare, [_bare(bare)]),
    ]
    return Desk(cards)


def _bare(count: int) -> tuple[str, str]:
    return ("overdue", "任务无人签收") if count else ("done", "每个单位都有")


def _lights(pile: Pile) -> Notes:
    found = [("overdue", f"超期 {pile.overdue}", pile.overdue), ("near", f"临期 {pile.near}", pile.near)]
    return [(kind, words) for kind, words, count in found if count]


def _started(started: Pile) -> Card:
    return Card(
        "我发起",
        f"{reverse('inbox')}?box=started",
        started.count,
        [("", "等他人办理" if started.count else "没有在途事项")],
    )


def _waiting(started: Pile, now: dt.datetime, calendar: WorkCalendar) -> list[dict[str, Any]]:
    """What I sent off: who has it, on which step, for how much working time."""
    return [
        {
            "title": row.title,
            "url": reverse("approval", args=[row.pk]),
            "who": row.who,
            "step": step_words(row),
            "waited": dwell(*_span(row, now), calendar),
        }
        for row in started.rows
    ]


def _span(row: Approval, now: dt.datetime) -> tuple[dt.datetime, dt.datetime]:
    return (row.moved_at or row.created).astimezone(now.tzinfo), now
