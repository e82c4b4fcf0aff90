"""待办, 可领取, 待阅, 已办, 我发起, 已阅, 草稿; the number beside 待办 in the navigation."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from foundation.organization.services import working_calendar

from .. import drafts
from ..inbox import BOXES, CLAIMS, FILTERS, Inbox
from ..permissions import PRINCIPALS
from ..summary import item

NARROW = {"todo": FILTERS, "claim": CLAIMS}  # box -> what narrows it
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
    desk, box = Inbox(seat, now), request.GET.get("box", "todo")
    box = box if box in BOXES else "todo"
    request.approvals_counts = counts = desk.counts(*dict.fromkeys((*BOXES, *FILTERS, *CLAIMS, "batch")))  # type: ignore[attr-defined]
    page, line = desk.page(box, request.GET), drafts.line if box == "drafts" else item
    calendar = working_calendar(now.year - 1, now.year + 1)
    only, words = request.GET.get("only", box), request.GET.get("q", "").strip()
    context = {
        "tabs": [_link(f"?box={name}", label, counts[name], box == name) for name, label in BOXES.items()],
        "chips": _chips(box, counts, only),
        "items": [line(row, desk.today, calendar) for row in page.rows],
        "page": page,
        "box": box, "label": BOXES[box], "q": words, "only": only if only in NARROW.get(box, {}) and only != box else "",
        "empty": _empty(box, bool(words or only != box)),
        "may_proxy": seat.post in PRINCIPALS, "batch": counts["batch"] if box == "todo" else 0,
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


def _chips(box: str, counts: dict[str, int], only: str) -> list[dict[str, Any]]:
    return [
        _link(_address(box, name), label, counts[name], only == name, name if name == "overdue" else "")
        for name, label in NARROW.get(box, {}).items()
    ]


def _address(box: str, only: str) -> str:
    """待办 is where one is without a word; what is narrowed by nothing needs none either."""
    given = {"box": "" if box == "todo" else box, "only": "" if only == box else only}
    return f"?{urlencode({name: value for name, value in given.items() if value})}"


def _empty(box: str, searched: bool) -> tuple[str, str]:
    return ("没有符合条件的事项", "换一个词，或看全部。") if searched else EMPTY[box]
