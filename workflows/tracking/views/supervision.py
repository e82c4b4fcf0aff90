"""督办单: the list, one of them and what is done with it; whom the next sweep hits; the 通报 list."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from documents.papers_about import papers_about
from foundation.organization import access, pages, typed
from foundation.organization.access import only
from foundation.organization.addresses import chips_of
from foundation.organization.calendar import DAY
from foundation.organization.doings import Tried
from foundation.organization.identity import actor_of
from foundation.organization.keyset import NEWEST
from foundation.organization.keyset import page_of as keyset_page
from foundation.organization.posts import OFFICE_POSTS, UNIT_POSTS
from foundation.organization.refusals import Refused
from foundation.organization.services import working_calendar

from ..models import Slip
from ..permissions import READERS, sees_slip
from ..supervision.acting import DOINGS
from ..supervision.circular import draft_circular, listed
from ..supervision.outlook import outlook
from ..supervision.pages import CHIPS, found, hits_in, hits_of, marked, page_of
from ..supervision.papers import LABEL
from ..supervision.reading import ladder_for
from ..supervision.sweep import last_swept

OFFICE_ONLY = "督办安排只给安委办、领导和审计员看。"


@require_safe
@only(*UNIT_POSTS, *READERS, says=sees_slip.says)
def slips(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    seen = Slip.objects.filter(sees_slip.q(request.identity.pk, today))  # type: ignore[attr-defined]
    rows = found(seen, request.GET, today).select_related("task__item", "task__plan", "unit")
    page = keyset_page(rows, NEWEST, request.GET, 30)
    here = request.GET.get("only", "open")
    here = here if here in CHIPS else "open"
    labels = {code: label for code, (label, _) in CHIPS.items()}
    context = {
        "section": "board", "page": page, "rows": marked(page.rows, today), "only": here,
        "chips": chips_of(request.GET, "only", labels, here), "q": request.GET.get("q", ""), "colours": Slip.Colour.choices,
        "colour": request.GET.get("colour", ""), "office": request.identity.post in READERS,  # type: ignore[attr-defined]
    }  # fmt: skip
    return render(request, "tracking/slips.html", context)


@require_safe
@login_required
def slip(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _opened(request, pk))


@require_POST
@login_required
def slip_act(request: HttpRequest, pk: int, do: str) -> HttpResponse:
    row, doing = _opened(request, pk), DOINGS.get(do)
    if doing is None:
        raise Http404("没有这种办理方式。")
    form = doing.filled(do, request.POST)
    if doing.happens(request, form, slip=pk):
        return redirect("slip", pk)
    return _page(request, row, tried=(do, form))


@require_safe
@only(*READERS, says=OFFICE_ONLY)
def supervision_ahead(request: HttpRequest) -> HttpResponse:
    """明日督办: what the sweep of the next working day brings as things stand, or of the day asked for."""
    today = timezone.localdate()
    calendar = working_calendar(today.year - 1, today.year + 1)
    asked = typed.instant(request.GET.get("on", ""))
    on = (
        asked.date()
        if asked and today <= asked.date() <= today + DAY * 366
        else calendar.next_working(today + DAY)
    )
    pairs = hits_in(outlook(on, calendar))
    page = pages.page_of(request, cast(Any, pairs), unit="件")
    counts = {code: sum(rung.colour == code for rung, _ in pairs) for code in ("red", "yellow", "blue", "")}
    context = {
        "section": "board", "on": on, "page": page, "hits": hits_of(page.rows, today), "counts": counts,
        "ladder": ladder_for(on), "swept": last_swept(), "missing": calendar.missing(*sorted({on.year, (on + DAY * 30).year})),
    }  # fmt: skip
    return render(request, "tracking/ahead.html", context)


@require_safe
@only(*READERS, says=OFFICE_ONLY)
def slips_listed(request: HttpRequest) -> HttpResponse:
    rows = list(listed()[:500])
    plans = {task.plan_id: task.plan for task in rows}
    writes = request.identity.post in OFFICE_POSTS  # type: ignore[attr-defined]
    context = {
        "section": "board", "groups": [(plan, [t for t in rows if t.plan_id == pk]) for pk, plan in plans.items()],
        "writes": writes,
    }  # fmt: skip
    return render(request, "tracking/listed.html", context)


@require_POST
@only(*OFFICE_POSTS, says="通报由安委办起草。")
def slips_circular(request: HttpRequest) -> HttpResponse:
    plan = typed.number(request.POST.get("plan", "")) or 0
    try:
        draft = draft_circular(plan=plan, actor=actor_of(request), at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("slips_listed")
    messages.success(request, "已起草通报，请核对名单和文字，再送核。")
    return redirect("draft_edit", draft)


def _opened(request: HttpRequest, pk: int) -> Slip:
    rows = Slip.objects.select_related("task__item", "task__plan", "unit", "organ")
    return access.opened(request, rows, pk, sees_slip)


def _page(request: HttpRequest, row: Slip, tried: Tried | None = None) -> HttpResponse:
    today, actor = timezone.localdate(), actor_of(request)
    papers = papers_about(LABEL, row.pk, seat=actor.post, day=today)
    context = {"section": "board", "papers": papers} | page_of(row, actor, today, tried)
    return render(request, "tracking/slip.html", context, status=422 if tried else 200)
