"""A verified tip becomes a case: opened through the cases' own services, its source named, linked both ways."""

from __future__ import annotations

import datetime as dt

from django.db import transaction as tx
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from foundation.journal.moves import record
from foundation.organization.actors import Actor
from foundation.organization.ending import last_heir
from foundation.organization.posts import OFFICE_POSTS
from foundation.organization.refusals import Refused
from workflows.cases.events import Event
from workflows.cases.register import About, open_case, record_event
from workflows.cases.sources import Source

from ..kind import Cells, Kind, Lead, holds
from ..library import kind_on
from ..models import RegisterRow
from ..permissions import may_lead, sees_row
from ..showing import facts_of
from ..values import day_in

TITLE, REASON = 60, 500  # letters


def leads(kind: Kind, row: RegisterRow) -> Lead | None:
    """What it would become; None where it becomes none, or became one."""
    lead = kind.lead
    ready = row.state == RegisterRow.State.KEPT and row.case_id is None
    return lead if lead and ready and holds(lead.when, row.cells) else None


@tx.atomic
def open_lead(*, row: int, actor: Actor, at: dt.datetime) -> int:
    """The case: of the unit that verified it, where the office opens it; else of one's own."""
    day = timezone.localdate(at)
    there = RegisterRow.objects.select_for_update(of=("self",)).select_related("register", "unit").get(pk=row)
    if not may_lead(there, actor, day):
        raise Refused(may_lead.says)
    if there.case_id:
        raise Refused("这条举报已经转为案件，请刷新后查看。")
    kind = kind_on(there.register.code, day)
    lead = leads(kind, there) if kind else None
    if kind is None or lead is None:
        raise Refused("核查属实的举报才能转为案件，请先更正核查结果。")
    said = _said(kind, there.cells)
    about = About(lead.title.format_map(said)[:TITLE], "other", (actor.post or 0,))
    case = open_case(about=about, unit=_unit(there, actor), actor=actor, at=at)
    clue = Event(
        "clue", _moment(there.cells, lead, at), reason=f"来源：{lead.source.format_map(said)}。"[:REASON]
    )
    record_event(case=case, event=clue, actor=actor, at=at)
    record(
        RegisterRow, row, "lead", actor=actor, at=at, changes={"case": case}, data={"case": case},
        source=Q(case=None),
    ).all_or_refuse()  # fmt: skip
    return case


def _unit(row: RegisterRow, actor: Actor) -> int:
    """Of a unit that ended, who carries its work on."""
    own = actor.unit or 0
    if row.unit is None or actor.post_code not in OFFICE_POSTS:
        return own
    heir = last_heir(row.unit)
    return heir.pk if heir else own


def _said(kind: Kind, cells: Cells) -> dict[str, str]:
    return {column.key: "" for column in kind.columns} | {
        column.key: text for column, text in facts_of(kind, cells)
    }


def _moment(cells: Cells, lead: Lead, at: dt.datetime) -> dt.datetime:
    """The beginning of the day it was verified, which may have been recorded beforehand."""
    text = day_in(cells, lead.day)
    day = dt.date.fromisoformat(text) if text else timezone.localdate(at)
    return min(timezone.make_aware(dt.datetime.combine(day, dt.time())), at)


def found_in(case: int, actor: Actor, day: dt.date) -> list[Source]:
    """For the page of the case."""
    rows = RegisterRow.objects.filter(sees_row.q(actor.post, day), case=case)
    return [Source(str(row), reverse("register_row", args=[row.pk])) for row in rows]
