"""Making the copy: a draft like one that was read, which the office checks item by item."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from foundation.journal.moves import create
from foundation.organization.actors import Actor
from foundation.organization.ending import last_heir
from foundation.organization.models import Unit
from foundation.organization.refusals import Refused
from workflows.plans.models import Duty, Item, Period, Plan, office_works
from workflows.plans.services import items_of

from ..services import open_campaign

COPIED = ("number", "order", "kind", "section", "title", "text", "source", "reading", "deliverables", "wait_assists", "settled")  # fmt: skip


@dataclass(frozen=True)
class Wanted:
    """What was typed. `due` and `starts`: by the period they are copied from; an item without them keeps none."""

    title: str
    year: int
    starts_on: dt.date | None
    ends_on: dt.date | None
    due: Mapping[int, dt.date]
    starts: Mapping[int, dt.date]


@transaction.atomic
def copy_campaign(*, plan: int, wanted: Wanted, actor: Actor, at: dt.datetime) -> int:
    """A new draft; returns its id. What ended meanwhile is named by who carries on its work."""
    # Pressed twice at once, the second waits for the first and finds its draft.
    old = Plan.objects.select_for_update(of=("self",)).select_related("organ").get(pk=plan)
    if not office_works(old, actor, timezone.localdate(at)):
        raise Refused(office_works.says)
    if old.state in (Plan.State.DRAFT, Plan.State.IN_APPROVAL):
        raise Refused("草稿还没有批准，不能作为往年方案复制。")
    if Plan.objects.filter(title=wanted.title, year=wanted.year).exists():
        raise Refused("今年已有同名的方案，请换一个名称，或在那一份里修改。", field="title")
    values = {
        "title": wanted.title, "year": wanted.year, "theme": "", "text": old.text, "reading": old.reading,
        "organ": old.organ, "drafted_by": actor.post, "starts_on": wanted.starts_on, "ends_on": wanted.ends_on,
    }  # fmt: skip
    (made,) = create(Plan, values, actor=actor, at=at, verb="copy", data={"from": plan})
    for item in items_of(old):
        _copy(item, made, wanted)
    open_campaign(plan=made, actor=actor, at=at)
    return made


def _copy(item: Item, plan: int, wanted: Wanted) -> None:
    """Nothing of it is checked yet; what had been done before last year's plan was issued is to be done again."""
    done, out = Item.Disposition.DONE, Item.Disposition.DISPATCH
    row = Item(plan_id=plan, **{name: getattr(item, name) for name in COPIED})
    row.disposition = out if item.disposition == done else item.disposition
    row.save()
    Period.objects.bulk_create(
        Period(item=row, name=one.name, starts_on=wanted.starts.get(one.pk), due_on=wanted.due.get(one.pk))
        for one in item.periods.all()
    )
    Duty.objects.bulk_create(_duties(item, row))


def _duties(item: Item, row: Item) -> list[Duty]:
    """One a unit: two that were merged are named once, leading if one of them led."""
    kept: dict[tuple[int | None, int | None], Duty] = {}
    for duty in item.duties.all():
        unit: Unit | None = last_heir(duty.unit) if duty.unit else None
        if duty.unit and unit is None:
            continue
        key = (unit.pk if unit else None, duty.group_id)
        if key in kept and duty.role != Duty.Role.LEAD:
            continue
        kept[key] = Duty(
            item=row,
            unit=unit,
            group_id=duty.group_id,
            role=duty.role,
            phrase=duty.phrase,
            source=duty.source,
        )
    return list(kept.values())
