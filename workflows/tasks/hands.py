"""In whose hands tasks are now: by name for some tasks, as a condition for the tasks of some people.

Both say the same (tests/workflows/tasks/ledger/test_holders.py): in review the signers whose turn it is, in work the
handler it was given to, else the unit's liaison officer; nobody once it is done.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple, Protocol

from django.db.models import Q, QuerySet

from approvals.models import Signer
from foundation.organization.models import Appointment
from foundation.organization.posts import Post
from foundation.organization.services import officers

from .gathering import LABEL
from .querysets import DONE, IN_REVIEW, IN_WORK

NO_LIAISON = "无联络员"  # the red line: nobody can take the task


class Holder(NamedTuple):
    """`person` 0: nobody is there. `unit` is where they hold the post; `step` that of the approval, empty outside."""

    person: int
    name: str
    unit: str = ""
    step: str = ""


NOBODY = Holder(0, NO_LIAISON)


class Held(Protocol):
    """What of a task tells who has it: a task, or a fact of the board."""

    @property
    def pk(self) -> Any: ...
    @property
    def state(self) -> Any: ...
    @property
    def unit_id(self) -> int: ...
    @property
    def handler_id(self) -> int | None: ...


def hands_of(tasks: Iterable[Held], day: dt.date) -> dict[int, str]:
    """By name; empty once done."""
    return {pk: named(holders) for pk, holders in holders_of(tasks, day).items()}


def named(holders: Iterable[Holder]) -> str:
    return "、".join(one.name for one in holders)


def holders_of(
    tasks: Iterable[Held], day: dt.date, *, among: QuerySet | None = None, steps: bool = False
) -> dict[int, list[Holder]]:
    """Two queries however many tasks. `among`: the same tasks as the database knows them, where they are thousands.
    With `steps`, which step of its approval each signer is asked in."""
    rows = [task for task in tasks if task.state not in DONE]
    review = [task.pk for task in rows if task.state in IN_REVIEW]
    signers = _signers(review if among is None else among.values("pk"), steps) if review else {}
    working = [task for task in rows if task.state not in IN_REVIEW]
    liaisons, handlers = _workers(working, day)
    return {pk: signers.get(pk, []) for pk in review} | {
        task.pk: [_worker(task, liaisons, handlers)] for task in working
    }


def held_by(people: Any, day: dt.date) -> Q:
    """Condition on tasks that one of these people has now: ids, or a queryset of them."""
    seats = Appointment.objects.in_force(day).filter(person__in=people)
    turn = _turns().filter(appointment__person__in=people).values("approval__subject_id")
    officer = Q(unit__in=seats.filter(post=Post.LIAISON).values("unit"))
    given = Q(state__in=IN_WORK, handler__in=seats.values("pk"))
    return Q(state__in=IN_REVIEW, pk__in=turn) | given | (_with_officer(day) & officer)


def held_by_nobody(day: dt.date) -> Q:
    return _with_officer(day) & ~Q(unit__in=officers(day).values("unit"))


def _with_officer(day: dt.date) -> Q:
    """In the unit, and with nobody in force whom it was given to."""
    in_force = Appointment.objects.in_force(day).values("pk")
    return Q(state="issued") | Q(state__in=IN_WORK) & (Q(handler=None) | ~Q(handler__in=in_force))


def _worker(task: Held, liaisons: dict[int, Holder], handlers: dict[int, Holder]) -> Holder:
    given = handlers.get(task.handler_id or 0) if task.state in IN_WORK else None
    return given or liaisons.get(task.unit_id, NOBODY)


def _workers(tasks: list[Held], day: dt.date) -> tuple[dict[int, Holder], dict[int, Holder]]:
    """Liaison officers by unit, handlers by appointment; those in force."""
    if not tasks:
        return {}, {}
    officers = Q(post=Post.LIAISON, unit__in={task.unit_id for task in tasks})
    given = Q(pk__in={task.handler_id for task in tasks if task.handler_id})
    seats = Appointment.objects.in_force(day).filter(officers | given).select_related("person", "unit")
    liaisons = {seat.unit_id: _holder(seat) for seat in seats if seat.post == Post.LIAISON}
    return liaisons, {seat.pk: _holder(seat) for seat in seats}


def _holder(seat: Appointment) -> Holder:
    return Holder(seat.person_id, seat.person.name, seat.unit.short_name)


def _turns() -> QuerySet[Signer]:
    return Signer.objects.filter(approval__subject=LABEL, approval__state="pending", state="open")


def _signers(tasks: Any, steps: bool) -> dict[int, list[Holder]]:
    found: dict[int, list[Holder]] = defaultdict(list)
    turns = _turns().filter(approval__subject_id__in=tasks, appointment__isnull=False).order_by("pk")
    who = ("appointment__person", "appointment__person__name", "appointment__unit__short_name")
    route = ("approval__step", "approval__version__definition") if steps else ()
    for task, *seat in turns.values_list("approval__subject_id", *who, *route):
        step = seat[4]["steps"][seat[3] - 1]["name"] if steps else ""
        found[task].append(Holder(seat[0], seat[1], seat[2], step))
    return found
