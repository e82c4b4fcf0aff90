"""Steps of the pack that follow from what is recorded of decisions: nobody writes the same day down twice."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from foundation.organization.actors import Actor

from ..counting import LAST
from ..events import Event
from ..models import Case, Decision
from ..register import enter, standing

DECIDED, FILED = "decided", "filed"
PUBLISHED, ANNULLED, WITHDRAWN = "published", "annulled", "withdrawn"


def all_published(case: Case, actor: Actor, at: dt.datetime) -> None:
    """公开处罚决定 has happened once no decision in force is left unpublished."""
    rows = Decision.objects.filter(case=case, struck_at=None, annulled_on=None)
    days = [one.published_on for one in rows if one.published_on]
    if len(days) == len(rows):
        step_follows(case, PUBLISHED, max(days), actor, at)


def one_annulled(case: Case, row: Decision, actor: Actor, at: dt.datetime) -> None:
    """处罚决定被变更、撤销: none is left in force, or what was published has to be taken back."""
    left = Decision.objects.filter(case=case, struck_at=None, annulled_on=None)
    if left.exists() and not row.published_on:
        return
    assert row.annulled_on
    step_follows(case, ANNULLED, row.annulled_on, actor, at)


def step_follows(case: Case, step: str, on: dt.date, actor: Actor, at: dt.datetime) -> None:
    """In a case that is locked: recorded where the case tells of its decision step by step, and not yet; refused where the law refuses it."""
    stands = standing(case, at)
    decided = [one.at for one in stands.events if one.step == DECIDED]
    if not decided or step not in stands.pack.steps:
        return
    if any(one.step == step and one.at >= max(decided) for one in stands.events):
        return
    # Of a day only the date is told: its last moment, or now when it is today.
    end = dt.datetime.combine(on, LAST, timezone.get_current_timezone())
    enter(case, Event(step, min(end, timezone.localtime(at))), actor=actor, at=at)
