"""看板: the matrix, what stands where and who has it; above it on a phone what is late; large for a screen on a wall;
状态回看 of a past day."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from foundation.organization.access import only
from foundation.organization.calendar import WorkCalendar
from foundation.organization.models import Unit
from foundation.organization.pages import Page, page_of
from foundation.organization.posts import OFFICE_POSTS, OVERSEERS, UNIT_POSTS
from foundation.organization.ranges import KINDS, in_range, ranges
from foundation.organization.services import working_calendar
from foundation.organization.typed import number
from workflows.plans.models import Item, Plan
from workflows.tasks.hands import holders_of
from workflows.tasks.ledger.bands import LABELS
from workflows.tasks.querysets import late

from ..board import Board, draw
from ..campaigns import campaign_in
from ..changes.facts import changes
from ..changes.page import changes_at, summary
from ..changes.visiting import look_at
from ..counts import Hand, bands, hands, near, sums
from ..facts import Fact, facts_at, facts_now, sees_unit, tasks_of
from ..look import ALL, Look
from ..matrix import Drawing, items_of, matrix
from ..past import Past, not_begun, past_of
from ..quotas import quotas_of
from ..waiting import standings

SAYS = "看板只给各单位、安委办、领导和审计员看。"
SHOWN = 3  # campaigns to choose from
ROWS = 100  # a page of units
WALL_ROWS = 12  # of a screen on a wall, as many as lists.css makes room for
WALL_LATE = 3
ANEW, TURNS = 60, 20  # seconds until a wall is read anew; until it turns to the next page
WAYS = {"units": "按单位看", "items": "按任务看"}


@require_safe
@only(*UNIT_POSTS, *OFFICE_POSTS, *OVERSEERS, says=SAYS)
def board(request: HttpRequest) -> HttpResponse:
    plans = _offered(request.GET.get("plan", ""))
    plan = campaign_in(request.GET, plans)
    past = past_of(request.GET.get("at", ""), timezone.localdate())
    context: dict[str, Any] = {"plans": plans, "plan": plan, "past": past, "problem": past.problem}
    if plan and not past.problem:
        context |= _drawn(request, plan, past)
    if plan:
        look = context.get("aspect") or Look(plan.pk)
        context["tabs"] = [
            {"label": one.title, "url": look.but(plan=one.pk), "current": one == plan} for one in plans
        ]
    return render(request, "tracking/board.html", context)


def _offered(asked: str) -> list[Plan]:
    """The last few, and the one that an address asks for, however old."""
    every = Plan.objects.filter(state__in=("running", "closing", "archived"))
    plans = list(every[:SHOWN])
    if (wanted := number(asked)) and wanted not in {one.pk for one in plans}:
        plans += every.filter(pk=wanted)
    return plans


def _drawn(request: HttpRequest, plan: Plan, past: Past) -> dict[str, Any]:
    seat, now = request.identity, timezone.localtime()  # type: ignore[attr-defined]
    at = timezone.make_aware(past.at) if past.day else now
    seen = Unit.objects.filter(sees_unit.q(seat.pk, now.date()))
    calendar = working_calendar(at.year - 1, at.year + 1)
    everything = _facts_of(seen, plan.pk, at) if past.day else facts_now(plan.pk, seen)
    there = {fact.unit for fact in everything}
    units = [unit for unit in seen if unit.pk in there]
    own = seat.post in UNIT_POSTS
    offered = [] if own else ranges()
    range_ = ALL if own else _chosen(request.GET.get("range", ""), dict(offered), units)
    look = Look.read(plan.pk, range_, request.GET, past.day)
    ranged = _within(range_, units)
    facts = [fact for fact in everything if fact.unit in {unit.pk for unit in ranged}]
    drawn = draw(facts, at.date(), calendar)
    items = items_of({fact.item for fact in everything}, plan)
    page, drawing = _table(request, drawn, plan, ranged, facts, look, items, calendar)
    return _told(look, facts, drawn, at, calendar) | _since(look, seen, now, seat.person_id) | {
        "at": at,
        "own": own,
        "aspect": look,
        "table": (table := matrix(drawing)),
        "urgent": table.urgent[:WALL_LATE] if look.screen else table.urgent,
        "page": page,
        "chips": [] if own else _chips(look, units),
        "groups": [(code, name) for code, name in offered if code not in KINDS],
        "ways": [{"label": name, "url": look.but(by=by), "current": look.by == by} for by, name in WAYS.items()],
        "everything": bool(units),
        "whole": look.but(range=ALL, late=False),
        "today": look.but(day=None),
        "problem": not_begun(past.day) if past.day and not everything else "",
    } | _screen(look, page)  # fmt: skip


def _facts_of(seen: QuerySet[Unit], plan: int, at: dt.datetime) -> list[Fact]:
    """As units were then: what a unit left to another since is not the other's yet."""
    there = {unit.pk for unit in seen}
    return [fact for fact in facts_at(plan, at, moved=True) if fact.unit in there]


def _table(
    request: HttpRequest, drawn: Board, plan: Plan, units: list[Unit], facts: list[Fact], look: Look,
    items: list[Item], calendar: WorkCalendar,
) -> tuple[Page, Drawing]:  # fmt: skip
    shown = [unit for unit in units if drawn.units[unit.pk].overdue] if look.late else units
    page = page_of(request, cast(Any, shown), unit="个单位", size=WALL_ROWS if look.screen else ROWS)
    # What was recommended until a past day is not told by the journal of tasks.
    quotas = {} if look.day else quotas_of(plan.pk, items, facts, timezone.localdate(), calendar)
    return page, Drawing(drawn, plan, items, quotas, units, page.rows, look)


def _told(
    look: Look, facts: list[Fact], drawn: Board, at: dt.datetime, calendar: WorkCalendar
) -> dict[str, Any]:
    """Beside the matrix: what stands where, and who has what."""
    day = at.date()
    owed, passed, overdue_ = sums(drawn.totals, look, "")
    figures = (owed, "应办"), (passed, "通过"), (overdue_, "超期"), (near(drawn.totals, look), "临期")
    return {
        "figures": [{"label": label, "count": count} for count, label in figures],
        "overdue": drawn.totals.overdue,
        "overdue_url": look.tasks(light="overdue"),
        "bands": [
            (row, count, list(zip(spans, LABELS.values(), strict=True)))
            for row, count, spans in bands(standings(facts, day, calendar), look)
        ],
        "band_names": list(LABELS.values()),
        "hands": [] if look.day else _hands(look, facts, day),
    }


def _since(look: Look, seen: QuerySet[Unit], now: dt.datetime, person: int) -> dict[str, Any]:
    """自上次查看以来. A screen on a wall looks at nothing, and a past day has no news."""
    if look.day or look.screen:
        return {}
    since = look_at(plan=look.plan, person=person, at=now)
    found = changes(look.plan, seen, since, now.date()) if since else {}
    return {"since": since, "news": summary(look.plan, found), "news_url": changes_at(look.plan)}


def _hands(look: Look, facts: list[Fact], day: dt.date) -> list[Hand]:
    tasks = tasks_of(look.plan, {fact.unit for fact in facts})
    overdue = set(tasks.filter(late(day)).values_list("pk", flat=True))
    return hands(holders_of(facts, day, among=tasks), overdue, look)


def _screen(look: Look, page: Page) -> dict[str, Any]:
    """Ways into the large view, out of it, and to stop it; the page it turns to by itself."""
    return {
        "anew": TURNS if page.older or page.newer else ANEW,
        "turn": page.older or look.but(),
        "enter": look.but(screen=True, by="units"),
        "leave": look.but(screen=False, paused=False),
        "pause": look.but(paused=True, page=look.page),
        "resume": look.but(paused=False, page=look.page),
    }


def _chosen(wanted: str, offered: dict[str, str], units: list[Unit]) -> str:
    """The range asked for, else the first in which there are units."""
    if wanted in offered or wanted == ALL:
        return wanted
    kinds = {unit.kind for unit in units}
    return next((code for code, (_, there) in KINDS.items() if kinds & set(there)), ALL)


def _within(range_: str, units: list[Unit]) -> list[Unit]:
    """A kind is told by the unit itself; who is in a group is asked."""
    if range_ == ALL:
        return units
    if range_ in KINDS:
        return [unit for unit in units if unit.kind in KINDS[range_][1]]
    members = set(Unit.objects.filter(in_range(range_)).values_list("pk", flat=True))
    return [unit for unit in units if unit.pk in members]


def _chips(look: Look, units: list[Unit]) -> list[dict[str, Any]]:
    counts = {code: len(_within(code, units)) for code in (*KINDS, ALL)}
    names = {code: name for code, (name, _) in KINDS.items()} | {ALL: "全部"}
    chips: list[dict[str, Any]] = [
        {"label": names[code], "url": look.but(range=code), "count": count, "current": look.range == code}
        for code, count in counts.items()
        if count
    ]
    switch = look.but(late=not look.late)
    chips.append({"label": "只看有超期的", "url": switch, "kind": "overdue", "current": look.late})
    return chips
