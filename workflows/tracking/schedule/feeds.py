"""What a unit does with its feed, and what stands in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.conf import settings
from django.db import transaction as tx

from foundation.journal.moves import create, record
from foundation.organization.actors import Actor
from foundation.organization.models import Unit
from foundation.organization.refusals import Refused
from workflows.plans.permissions import IN_FORCE
from workflows.tasks.models import Task

from ..models import Feed
from ..permissions import WORKERS, unit_feeds
from . import ics
from .facts import Line, lines_of
from .times import span_of


@tx.atomic
def open_feed(*, actor: Actor, at: dt.datetime) -> Feed:
    """Of the unit one acts for. Opened twice, it is the same."""
    if actor.unit is None or actor.post_code not in WORKERS:
        raise Refused(unit_feeds.says)
    Unit.objects.select_for_update().get(pk=actor.unit)
    if there := Feed.objects.filter(unit=actor.unit).first():
        return there
    (pk,) = create(Feed, {"unit": actor.unit}, actor=actor, at=at)
    return Feed.objects.get(pk=pk)


@tx.atomic
def renew_feed(*, feed: int, number: int, actor: Actor, at: dt.datetime) -> None:
    """`number` is the one the page showed: a form sent twice renews once."""
    there = Feed.objects.select_for_update().get(pk=feed)
    if there.number != number:
        return
    rules, changes = (unit_feeds,), {"number": number + 1}
    record(
        Feed, feed, "renew", actor=actor, at=at, changes=changes, rules=rules, state="number"
    ).all_or_refuse()


def feed_of(unit: Unit) -> bytes:
    """Its own schedule in all campaigns; of all units for the office."""
    mine = {} if unit.kind == Unit.Kind.OFFICE else {"unit": unit}
    lines = lines_of(Task.objects.filter(plan__state__in=IN_FORCE, **mine))
    name = f"{unit.short_name}日程" if mine else f"{settings.OFFICE_NAME}日程"
    return ics.calendar(name, (event for line in lines for event in _events(line)))


def _events(line: Line) -> Iterator[ics.Event]:
    """The slot, and before it the day on which its material is due."""
    slot, told = line.slot, _told(line)
    span = span_of(slot.time)
    if span and span[1] == span[0] + 1:
        span = (span[0], span[0])  # nobody said when it ends
    yield ics.Event(f"{slot.key}@anban", slot.title, slot.on, span, line.at, slot.place, told, line.version - 1, line.settled)  # fmt: skip
    if slot.material:
        yield ics.Event(
            f"{slot.key}-material@anban", f"素材提交截止：{slot.title}", slot.material, None, line.at, "", told,
            line.version - 1, line.settled,
        )  # fmt: skip


def _told(line: Line) -> str:
    """No names of people: a feed is read outside."""
    slot = line.slot
    parts = (("单位", line.unit.short_name), ("时段", slot.time), ("形式", slot.form), ("责任单位", slot.host), ("活动", line.plan.title))  # fmt: skip
    return "\n".join(f"{name}：{value}" for name, value in parts if value)
