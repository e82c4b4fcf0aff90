"""In two processes: a unit is merged while its people work, a task is handed in while it is chased or its campaign closes.

One effect, and the other one hears why. Whoever writes something new of a unit asks for the unit last; a merger that asked
for it first deadlocked against every submission and every head's last yes, and left tasks of a dispatch with a unit
that had ended.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from approvals.models import Approval
from approvals.routing.defaults import ensure_routes
from foundation.journal.verify import first_bad
from foundation.organization.models import Appointment, Unit
from foundation.organization.posts import UNIT_POSTS
from tests.cast import SINCE, Cast, House, engage
from tests.pairs import pairs
from tests.workflows.tasks.minutes import AT, Minutes
from workflows.plans.models import Duty, Item, Period
from workflows.tasks.models import Task
from workflows.tasks.querysets import DONE
from workflows.tracking.models import Slip

from .conftest import DUE

pytestmark = pytest.mark.django_db(transaction=True)
NOW = AT + dt.timedelta(days=2)
FEW = 8  # pairs: each has a town of its own
MERGED = "或承接单位的人刚刚提交或办理了事项，请刷新后再办一次。"


class Pair(NamedTuple):
    town: House
    item: Item
    case: Minutes  # of its task, signed for, with a record


@pytest.fixture
def cast(transactional_db) -> Cast:
    ensure_routes()
    return engage()


@pytest.fixture
def each(cast, make, together):
    """each(due): pair after pair, a new town and its task."""

    def made(due: dt.date = DUE) -> Iterator[Pair]:
        for n, _ in enumerate(pairs(together, FEW), 1):
            town = found(cast, n)
            case = Minutes(make(unit=town.unit, due=due), cast)
            item = Item.objects.get(tasks=case.pk)
            Duty.objects.create(item=item, unit=town.unit, role="lead")
            case.receive(town.liaison)
            case.hold(who=town.liaison)
            yield Pair(town, item, case)

    return made


def found(cast: Cast, n: int) -> House:
    """A town of its own, in which the people of 甲镇 hold the same posts."""
    name = f"新{n}镇"
    unit = Unit.objects.create(code=f"new{n}", name=name, short_name=name, kind=Unit.Kind.TOWN)
    people = (cast.town.liaison, cast.town.handler, cast.town.deputy, cast.town.head)
    seats = [
        Appointment.objects.create(person=one.person, unit=unit, post=post, start=SINCE)
        for one, post in zip(people, UNIT_POSTS, strict=True)
    ]
    return House(unit, *seats)


def doing(act: str, seat: Appointment, **kw) -> dict:
    return {"act": act, "seat": seat.pk, "kw": kw, "at": NOW.isoformat()}


def merging(cast: Cast, town: House) -> dict:
    return doing("merge", cast.administrator, unit=town.unit.pk, heir=cast.other.unit.pk)


def one_is_told(said: list[str], *sentences: str) -> None:
    """One of the two at most, and in words."""
    assert said.count("") >= 1
    assert [one for one in said if one and not one.endswith(sentences)] == []


def nothing_is_left_behind() -> None:
    ended = {"unit__ended_on__isnull": False}
    assert not Task.objects.exclude(state__in=DONE).filter(**ended).exists()
    waiting = Approval.objects.filter(subject="tasks.task", state="pending", version__route__code="unit")
    assert not waiting.filter(**ended).exists()
    inside = Task.objects.filter(state="unit_review").values_list("pk", flat=True)
    assert sorted(inside) == sorted(waiting.values_list("subject_id", flat=True))
    assert first_bad()[1] is None


def test_a_submission_against_a_merger(cast, each, together):
    for town, _, case in each():
        said = together(doing("submit", town.liaison, task=case.pk), merging(cast, town))
        one_is_told(said, MERGED, "或正在代录的安委办可以填写。")
    nothing_is_left_behind()


def test_the_last_yes_of_a_head_against_a_merger(cast, each, together):
    for town, _, case in each():
        case.submit(town.liaison)
        case.agree(town.deputy)
        yes = doing("decide", town.head, approval_id=case.pending.pk, do="agree")
        one_is_told(together(yes, merging(cast, town)), MERGED, "此件审批已结束，不能再办理。")
    nothing_is_left_behind()


def test_a_dispatch_against_a_merger(cast, plan, each, together):
    """Which asks who is there before it writes."""
    for town, item, _ in each():
        Period.objects.create(item=item, due_on=dt.date(2026, 7, 31))
        one_is_told(together(doing("dispatch", cast.clerk, plan=plan), merging(cast, town)), MERGED)
    nothing_is_left_behind()


def test_a_submission_against_a_sweep(cast, each, together):
    """Whichever is first: a slip that went out stands, and nobody is asked twice or chased afterwards."""
    for town, _, case in each(due=dt.date(2026, 6, 2)):
        sweep = doing("sweep", cast.clerk)
        assert together(doing("submit", town.liaison, task=case.pk), sweep) == ["", ""]
        assert case.state == "unit_review"
        assert together(sweep, sweep) == ["", ""]
    assert Slip.objects.values("task").distinct().count() == Slip.objects.count() <= together.count
    numbers = sorted(Slip.objects.values_list("number", flat=True))
    assert numbers == [*range(1, len(numbers) + 1)]
    assert first_bad()[1] is None
