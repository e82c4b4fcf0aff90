"""Changes to a draft: lock the plan, compare with what the editor saw, write it into the journal, save.

`seen` is state.token of what the form was filled from. Periods and duties of a draft hang on nothing yet, so
they are written anew.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import F, Q

from foundation.journal.models import Entry
from foundation.journal.moves import record
from foundation.organization.actors import Actor
from foundation.organization.refusals import Refused

from .conflicts import Conflict, whose_change
from .models import Duty, Item, Period, Plan, office_works
from .state import FIELDS, State, changed, item_state, plan_facts, token

KEPT = ("section", "source", "reading", "order")  # of a removed item, beside its state
VERB = "plans.plan.edit"
FAR = 1000  # orders are moved out of the way by this much; no plan has as many items


@transaction.atomic
def change_facts(*, plan: int, facts: State, seen: str, actor: Actor, at: dt.datetime) -> bool:
    """Title, year, theme and period of the plan, as state.plan_facts; False where nothing changed."""
    row = Plan.objects.select_for_update().get(pk=plan)
    before = plan_facts(row)
    if token(before) != seen:
        raise Conflict(whose_change(plan, None))
    fields = changed(before, facts)
    if fields:
        _write(plan, {"does": "facts", "fields": fields}, actor, at, **{name: facts[name] for name in fields})
    return bool(fields)


@transaction.atomic
def save_item(
    *, item: int, given: State, seen: str, actor: Actor, at: dt.datetime, position: int | None = None
) -> bool:
    """The item as state.item_state, at its place among the items (from 1); False where nothing changed."""
    row = _locked(item)
    before = item_state(row)
    if token(before) != seen:
        raise Conflict(whose_change(row.plan_id, item))
    fields = changed(before, given) | _move(row, position)
    if fields:
        _tell(row, {"does": "change", "fields": fields}, actor, at)
        _save(row, given, set(fields))
    return bool(fields)


@transaction.atomic
def add_item(
    *, plan: int, given: State, actor: Actor, at: dt.datetime, source: tuple[int, int] | tuple[()] = (),
    position: int | None = None,
) -> Item:  # fmt: skip
    """A new item, last or at `position`; `source` is the span of the text it was made from."""
    last = Plan.objects.select_for_update().get(pk=plan).items.order_by("-order").first()
    row = Item(plan_id=plan, order=last.order + 1 if last else 1, source=list(source))
    return _make(row, given, {"does": "add"}, position, actor, at)


@transaction.atomic
def remove_item(*, item: int, actor: Actor, at: dt.datetime) -> None:
    """The journal keeps the whole of it: restore_item makes it again."""
    row = _locked(item)
    whole = item_state(row) | {name: getattr(row, name) for name in KEPT}
    _tell(row, {"does": "remove", "removed": whole}, actor, at)
    row.delete()


@transaction.atomic
def restore_item(*, entry: int, actor: Actor, at: dt.datetime) -> Item:
    """Make a removed item again, at its old place if that is free. Twice is refused."""
    found = Entry.objects.filter(pk=entry, target="plans.plan", verb=VERB, data__does="remove").first()
    if found is None:
        raise Refused("没有找到这条删除记录，请刷新页面。")
    plan = Plan.objects.select_for_update().get(pk=found.target_id)
    if found.pk not in {one.pk for one in removals(plan.pk)}:
        raise Refused("这一项已经恢复，请刷新页面。")
    whole = {"wait_assists": False, **found.data["removed"]}  # removed before there was such a rule
    taken = set(plan.items.values_list("order", flat=True))
    order = whole["order"] if whole["order"] not in taken else max(taken) + 1
    row = Item(plan=plan, **{name: whole[name] for name in KEPT} | {"order": order})
    return _make(row, whole, {"does": "restore", "restores": found.pk}, None, actor, at)


@transaction.atomic
def check_item(*, item: int, checked: bool, actor: Actor, at: dt.datetime) -> None:
    """已核对, or not after all."""
    row = _locked(item)
    if row.checked != checked:
        _tell(row, {"does": "change", "fields": {"checked": [row.checked, checked]}}, actor, at)
        Item.objects.filter(pk=item).update(checked=checked)


def removals(plan: int) -> list[Entry]:
    """Entries of the journal whose removed item was not restored since, newest first."""
    edits = Entry.objects.filter(target="plans.plan", target_id=plan, verb=VERB)
    found = edits.filter(data__does__in=["remove", "restore"]).order_by("-pk")
    restored = {one.data.get("restores") for one in found}
    return [one for one in found if one.data["does"] == "remove" and one.pk not in restored]


def was_removed(plan: int, item: int) -> bool:
    """This plan had such an item once."""
    edits = Entry.objects.filter(target="plans.plan", target_id=plan, verb=VERB)
    return edits.filter(data__does="remove", data__item=item).exists()


def _locked(item: int) -> Item:
    """The item, with its plan locked: whoever edits the same plan waits."""
    found = Item.objects.filter(pk=item).values_list("plan", flat=True).first()
    if found is not None:
        Plan.objects.select_for_update().get(pk=found)
    row = Item.objects.prefetch_related("periods", "duties").filter(pk=item).first()
    if row is None:
        raise Refused("这一项刚刚被删除了。可以在方案页面的“已删除的事项”中恢复。")
    return row


def _tell(row: Item, data: State, actor: Actor, at: dt.datetime) -> None:
    _write(row.plan_id, {"item": row.pk, "number": row.number, "title": row.title, **data}, actor, at)


def _write(plan: int, data: State, actor: Actor, at: dt.datetime, **changes: Any) -> None:
    """Only the office, only a draft."""
    draft = Q(state=Plan.State.DRAFT)
    record(
        Plan,
        plan,
        "edit",
        actor=actor,
        at=at,
        data=data,
        changes=changes,
        rules=(office_works,),
        source=draft,
    ).all_or_refuse()


def _make(row: Item, given: State, data: State, position: int | None, actor: Actor, at: dt.datetime) -> Item:
    for name in FIELDS:
        setattr(row, name, given[name])
    row.save(force_insert=True)
    _save(row, given, {"periods", "duties"})
    _move(row, position)
    _tell(row, data, actor, at)
    return row


def _save(row: Item, given: State, fields: set[str]) -> None:
    plain = {name: given[name] for name in FIELDS if name in fields}
    if plain:
        Item.objects.filter(pk=row.pk).update(**plain)
    if "periods" in fields:
        row.periods.all().delete()
        Period.objects.bulk_create(
            Period(item=row, name=name, starts_on=start, due_on=due) for name, start, due in given["periods"]
        )
    if "duties" in fields:
        row.duties.all().delete()
        Duty.objects.bulk_create(
            Duty(item=row, role=role, unit_id=unit, group_id=group, phrase=phrase, source=source)
            for role, unit, group, phrase, source in given["duties"]
        )


def _move(row: Item, position: int | None) -> State:
    """Put it at this place among its plan's items, and say from where to where."""
    order = list(row.plan.items.order_by("order").values_list("pk", flat=True))
    before = order.index(row.pk) + 1
    if position is None or (after := min(max(position, 1), len(order))) == before:
        return {}
    order.insert(after - 1, order.pop(before - 1))
    rows = row.plan.items.in_bulk(order)
    row.plan.items.update(order=F("order") + FAR)  # else two of them would have the same for a moment
    for number, pk in enumerate(order, 1):
        rows[pk].order = number
    Item.objects.bulk_update(rows.values(), ["order"])
    return {"order": [before, after]}
