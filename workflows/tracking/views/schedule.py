"""日程: 附件3 of all units with its conflicts, and the feed of one's own unit."""

from __future__ import annotations

from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from foundation.organization.access import only
from foundation.organization.identity import actor_of
from foundation.organization.pages import page_of
from foundation.organization.posts import UNIT_POSTS
from foundation.organization.refusals import Refused
from foundation.organization.typed import number
from workflows.plans.deliverables import Deliverable

from ..campaigns import campaign_in, campaigns_asking
from ..links import rooms
from ..models import Feed
from ..permissions import READERS, WORKERS, unit_feeds
from ..schedule import papers
from ..schedule.asked import asked
from ..schedule.feeds import feed_of, open_feed, renew_feed
from ..schedule.page import WEEKDAYS, chips, unplanned, weeks

SAYS = "日程只给各单位、安委办、领导和审计员看。"
ROWS = 100
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@only(*UNIT_POSTS, *READERS, says=SAYS)
def schedule(request: HttpRequest) -> HttpResponse:
    today, actor = timezone.localdate(), actor_of(request)
    plans = list(campaigns_asking(Deliverable.SCHEDULE, actor, today))
    plan, own = campaign_in(request.GET, plans), actor.post_code in UNIT_POSTS
    context: dict[str, Any] = {
        "section": "statistics", "rooms": rooms("schedule"), "plans": plans, "plan": plan, "own": own, "weekdays": WEEKDAYS,
    }  # fmt: skip
    if plan:
        found = asked(request.GET, plan, actor, today)
        context["months"], context["chips"] = chips(found.rows, plan, found.month, found.known, found.only)
        context |= {
            "month": found.month, "weeks": weeks(found.month, found.there), "everything": bool(found.rows),
            "page": page_of(request, cast(Any, found.there), unit="项", size=ROWS),
            "unplanned": [] if own else unplanned(found.aired, found.month),
            "sheet": urlencode({"plan": plan.pk, "month": f"{found.month:%Y-%m}", "only": found.only}),
            "tabs": [{"label": one.title, "url": f"?plan={one.pk}", "current": one == plan} for one in plans],
        }  # fmt: skip
    return render(request, "tracking/schedule.html", context | _feed(request, actor.post_code, actor.unit))


@require_safe
@only(*UNIT_POSTS, *READERS, says=SAYS)
def schedule_sheet(request: HttpRequest) -> HttpResponse:
    """安排表 of a month, exactly what the page lists: PDF, or with `as=xlsx` a workbook."""
    today, actor = timezone.localdate(), actor_of(request)
    plan = campaign_in(request.GET, list(campaigns_asking(Deliverable.SCHEDULE, actor, today)))
    if plan is None:
        raise Http404("没有要报安排表的活动。")
    found = asked(request.GET, plan, actor, today)
    xlsx = request.GET.get("as") == "xlsx"
    name = f"{papers.title_of(found)}.{'xlsx' if xlsx else 'pdf'}"
    headers = {"Content-Disposition": content_disposition_header(xlsx, name) or "inline"}
    made = papers.as_workbook(found) if xlsx else papers.as_pdf(found)
    return HttpResponse(made, content_type=XLSX if xlsx else "application/pdf", headers=headers)


def _feed(request: HttpRequest, post: str, unit: int | None) -> dict[str, Any]:
    feed = Feed.objects.filter(unit=unit).first() if post in WORKERS else None
    address = reverse("schedule_feed", args=[feed.token]) if feed else ""
    return {
        "feed": feed, "address": request.build_absolute_uri(address) if feed else "", "subscribes": post in WORKERS,
    }  # fmt: skip


@require_POST
@only(*WORKERS, says=unit_feeds.says)
def schedule_subscribe(request: HttpRequest) -> HttpResponse:
    """Open the feed of one's own unit, or with the number that the page showed give it a new address."""
    about: dict[str, Any] = {"actor": actor_of(request), "at": timezone.now()}
    try:
        feed = open_feed(**about)
        if shown_number := number(request.POST.get("number", "")):
            renew_feed(feed=feed.pk, number=shown_number, **about)
            messages.success(request, "地址已更换，原来的地址不再有效，请在日历里改用新地址。")
        else:
            messages.success(request, "已开通，把地址添加到手机或电脑的日历里。")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(f"{reverse('schedule')}#feed")


@require_safe
def schedule_feed(request: HttpRequest, token: str) -> HttpResponse:
    """For calendars, which don't sign in: who has the address reads it."""
    feed = Feed.of(token)
    if feed is None:
        raise Http404("没有这个订阅地址。")
    answer = HttpResponse(feed_of(feed.unit), content_type="text/calendar; charset=utf-8")
    answer["Cache-Control"] = "private, max-age=900"
    answer["Content-Disposition"] = 'inline; filename="schedule.ics"'
    return answer
