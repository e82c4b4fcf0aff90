"""What of a case came due is told to its team and the heads of its unit; who is above them, where the law says so."""

from __future__ import annotations

from collections.abc import Iterator

from foundation.organization.models import Unit
from foundation.organization.posts import Post
from foundation.outbox.recipients import both, holders, in_office, in_posts
from foundation.outbox.registry import Event, Told, inform, kind, shown

from .models import Case
from .permissions import sees_case

OVERDUE = kind("case.overdue", "案件超期", urgent=True)

NEAR = kind("case.near", "案件临期", urgent=True)

RUNS_OUT = "有一件案件的期限快到了，请抓紧办理。"
LAPSED = "有一件案件的期限已到，还没有办理。"


def _above(events: list[Event]) -> Told:
    """安办主任, and who heads the unit above."""
    told = [one for one in events if one.data.get("above")]
    office = list(Unit.objects.filter(kind=Unit.Kind.OFFICE).values_list("pk", flat=True)) if told else []
    yield from in_posts(((one, unit) for one in told for unit in office), Post.OFFICE_HEAD)
    yield from holders(Case, Post.DEPUTY, Post.HEAD, unit="unit__parent")(told)


def _team(events: list[Event]) -> Told:
    return in_office(_members(events))


def _members(events: list[Event]) -> Iterator[tuple[Event, int]]:
    rows = Case.team.through._base_manager.filter(case__in={one.target_id for one in events})
    named = list(rows.values_list("case", "appointment"))
    for event in events:
        yield from ((event, seat) for case, seat in named if case == event.target_id)


inform("cases.case.near", NEAR, RUNS_OUT, both(_team, holders(Case, Post.DEPUTY, Post.HEAD)))
inform("cases.case.overdue", OVERDUE, LAPSED, both(_team, holders(Case, Post.DEPUTY, Post.HEAD), _above))
shown(Case, sees_case, title="title", page="case")
