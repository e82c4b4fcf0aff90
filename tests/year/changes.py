"""What changes around the tasks: liaison officers come and go, units are merged in August, the office amends the plan."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import Any

from approvals.models import Approval
from approvals.services import decide
from foundation.organization.calendar import DAY
from foundation.organization.ending import end_unit
from foundation.organization.models import Appointment, Unit
from foundation.organization.people import people_for
from foundation.organization.services import add_person, appoint, end_appointment
from foundation.organization.units import save_unit
from workflows.campaigns.starting import start_dispatch
from workflows.campaigns.supplements import services as supplements
from workflows.plans.models import Item
from workflows.tasks.models import Task
from workflows.tasks.services import cancel

from .world import Year

LEAVES = {"liaison": 0.004, "head": 0.001}  # on a working day
GAP = (0, 0, 1, 4)  # days on which a unit has nobody in the post


def turnover(year: Year) -> None:
    """A liaison officer leaves, now and then a head; the successor is appointed at once or some days later. What waited
    for the one waits for the other."""
    for unit in year.playing():
        for post in ("liaison", "head"):
            chance, seat = year.chance("turnover", year.today, unit.code, post), year.seat(unit.code, post)
            if (
                seat
                and chance.random() < LEAVES[post]
                and seat.start < year.today
                and unit.code != year.dissolving
            ):
                _replace(year, seat, year.today + DAY * (1 + chance.choice(GAP)))


def _replace(year: Year, seat: Appointment, begins: dt.date) -> None:
    about: dict[str, Any] = {"actor": year.actor("anweiban", "administrator"), "at": year.at(16, 30)}
    name = f"{seat.unit.code}.{seat.post}.{begins:%m%d}"
    person = add_person(username=name, name="新任", phone="", **about)
    end_appointment(appointment=seat, on=year.today, **about)
    appoint(person=person, unit=seat.unit, post=seat.post, start=begins, **about)


def dissolve(year: Year) -> None:
    """Three weeks before its end nobody signs any more in the town that goes: what it hands in waits."""
    year.dissolving = _last_towns(year)[1].code


def merge_towns(year: Year) -> None:
    """The last town becomes a part of the one before it; who worked there goes along."""
    _merge(year, *_last_towns(year), follow=True)


def merge_departments(year: Year) -> None:
    """Nobody goes along; the one that takes over has not been asked for all that the other owes."""
    there = _of_kind(year, Unit.Kind.DEPARTMENT)
    unlike = [(heir, old) for heir, old in pairwise(there) if _owed(old) - _given(heir)]
    for heir, old in unlike[-1:]:  # among very few there is none
        _merge(year, heir, old, follow=False)


def _owed(unit: Unit) -> set[tuple[int, int]]:
    return set(Task.objects.unfinished().filter(unit=unit).values_list("item", "period"))


def _given(unit: Unit) -> set[tuple[int, int]]:
    return set(Task.objects.filter(unit=unit).values_list("item", "period"))


def _merge(year: Year, heir: Unit, old: Unit, follow: bool) -> None:
    about: dict[str, Any] = {"actor": year.actor("anweiban", "administrator"), "at": year.at(11, 30)}
    end_unit(unit=old, on=year.today, successor=heir, follow=follow, **about)


def found_town(year: Year) -> None:
    """A new town, with its people; 补发 gives it the campaign's tasks, most of them long due."""
    values = {
        "code": "xincheng",
        "name": "新城镇人民政府",
        "short_name": "新城镇",
        "kind": Unit.Kind.TOWN,
        "order": 900,
    }
    unit, _ = save_unit(
        unit=None, values=values, actor=year.actor("anweiban", "administrator"), at=year.at(11, 30)
    )
    people_for([unit], at=year.at(11, 30), seed=year.seed, password=None)
    start_dispatch(plan=year.campaign, actor=year.clerk, at=year.at(11, 40))


def call_one_off(year: Year) -> None:
    """Held together with another one: nobody has to report it any more."""
    for task in Task.objects.filter(plan=year.campaign, state="received").order_by("-pk")[:1]:
        cancel(
            task=task.pk, reason="与省级活动合并开展，不再单独报送。", actor=year.clerk, at=year.at(11, 30)
        )


def _last_towns(year: Year) -> list[Unit]:
    """Who takes over, and who ends: the last two of the address book."""
    return _of_kind(year, Unit.Kind.TOWN)[-2:]


def _of_kind(year: Year, kind: str) -> list[Unit]:
    return [unit for unit in year.playing() if unit.kind == kind]


def more_time_for_schools(year: Year) -> None:
    """A first 补充通知: item 15 is due a fortnight later."""
    _amend(year, "15", "因高考和期末安排，经研究", later=14)


def records_are_not_enough(year: Year) -> None:
    """A second one: item 16 needs a report beside the records, when some have been accepted with records alone."""
    _amend(year, "16", "因上级要求报送专题总结，经研究", later=10, parts=("report",))


def drills_are_reported(year: Year) -> None:
    """A third one: item 20 is due ten days earlier, with a report beside the records."""
    _amend(year, "20", "因省级考核提前，经研究", later=-10, parts=("report",))


def _amend(year: Year, number: str, reason: str, later: int, parts: tuple[str, ...] = ()) -> None:
    item = Item.objects.prefetch_related("periods").get(plan=year.campaign, number=number)
    by: dict[str, Any] = {"actor": year.clerk, "at": year.at(11, 30)}
    pk = supplements.start_supplement(plan=year.campaign, reason=reason, **by)
    due = {one.pk: one.due_on + dt.timedelta(days=later) for one in item.periods.all()}
    wanted = {
        "text": f"{item.text}（具体要求见补充通知）",
        "deliverables": [*item.deliverables, *parts],
        "due": due,
    }
    supplements.change_item(supplement=pk, item=item.pk, **wanted, **by)
    supplements.send(supplement=pk, **by)
    waits = Approval.objects.filter(state="pending", subject="viewflow.task").latest("pk")
    decide(approval_id=waits.pk, actor=year.boss, at=year.at(11, 40), do="agree")
    supplements.issue(supplement=pk, actor=year.clerk, at=year.at(11, 50))
