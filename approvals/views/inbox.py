"""待办, 可领取, 待阅, 已办, 我发起, 已阅, 草稿; the number beside 待办 in the navigation."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from foundation.organization.services import working_calendar

from .. import drafts
from ..inbox import BOXES, CLAIMS, FILTERS, NARROW, Inbox
from ..narrowing import Choices, Narrowing
from ..permissions import PRINCIPALS
from ..summary import item, near_until

LIGHTS = {"overdue": "overdue", "near": "near"}
NOTHING_FOUND = ("没有符合条件的事项", "换一个条件，或看全部。")
EMPTY = {
    "todo": ("没有待办", "轮到您审批的事项会出现在这里；要签收、填报的任务在“任务”里。"),
    "claim": ("没有可领取的事项", "几个人都可以办的事项会出现在这里，领取以后由您办理。"),
    "to_read": ("没有待阅", "抄送给您、还没有看过的事项会出现在这里，不用办理。"),
    "read": ("还没有阅过的事项", "您点过“已阅”的抄送事项会留在这里。"),
    "done": ("还没有办过的事项", "您审批过的事项会留在这里，随时可以查看办理过程。"),
    "drafts": ("没有草稿", "开始填写、还没有提交的事项会出现在这里，随时可以接着填。"),
    "started": ("还没有发起过审批", "在任务页填报并提交后，可以在这里看到办到哪一步、在等谁。"),
}


@require_safe
@login_required
def inbox(request: HttpRequest) -> HttpResponse:
    seat, now = request.identity, timezone.now()  # type: ignore[attr-defined]
    if seat is None:
        return render(request, "base.html")
    wanted, calendar = Narrowing.read(request.GET), working_calendar(now.year - 1, now.year + 1)
    desk = Inbox(seat, now, near_until(timezone.localdate(now), calendar))
    request.approvals_counts = counts = desk.counts(*dict.fromkeys((*BOXES, *FILTERS, *CLAIMS, "batch")))  # type: ignore[attr-defined]
    page, line = desk.page(wanted, request.GET), drafts.line if wanted.box == "drafts" else item
    context = {
        "tabs": [_link(f"?box={name}", label, counts[name], wanted.box == name) for name, label in BOXES.items()],
        "chips": _chips(wanted, counts),
        "items": [line(row, desk.today, calendar) for row in page.rows],
        "page": page, "wanted": wanted, "label": BOXES[wanted.box], "choices": Choices.of(seat),
        "whole": Narrowing(wanted.box).address, "empty": NOTHING_FOUND if wanted.narrowed else EMPTY[wanted.box],
        "may_proxy": seat.post in PRINCIPALS, "batch": counts["batch"] if wanted.box == "todo" else 0,
    }  # fmt: skip
    return render(request, "approvals/inbox.html", context)


def count(request: HttpRequest) -> int:
    """For the navigation; on the inbox page the page's own counting is used."""
    known = getattr(request, "approvals_counts", None)
    if known is None:
        seat = request.identity  # type: ignore[attr-defined]
        known = Inbox(seat, timezone.now()).counts("todo")
    return known["todo"]


def _link(url: str, label: str, number: int, current: bool, kind: str = "") -> dict[str, Any]:
    return {"url": url, "label": label, "count": number, "current": current, "kind": kind}


def _chips(wanted: Narrowing, counts: dict[str, int]) -> list[dict[str, Any]]:
    """Each keeps what else was chosen; the numbers are those of the whole box."""
    return [
        _link(
            wanted.but(only="" if name == wanted.box else name).address, label, counts[name],
            wanted.name == name, LIGHTS.get(name, ""),
        )
        for name, label in NARROW.get(wanted.box, {}).items()
    ]  # fmt: skip
