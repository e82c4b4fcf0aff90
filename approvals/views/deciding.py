"""A decision is carried out: what is said afterwards, whether it went or not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html

from foundation.files.models import Attachment
from foundation.organization.identity import actor_of
from foundation.organization.quoting import quoted
from foundation.organization.refusals import Refused

from .. import store
from ..desk import Desk
from ..handling import carry_out
from ..inbox import next_todo
from ..models import Approval, Signer

SAID = {
    "agree": "已同意", "return": "已退回", "disagree": "已记为不同意", "abstain": "已记为弃权", "opine": "已提出意见：",
    "transfer": "已转办", "delegate": "已委派", "add_before": "已加签", "add_after": "已加签", "remove": "已减签",
    "take_back": "已取回", "urge": "已催办", "withdraw": "已撤回", "claim": "已领取",
    "release": "已放回",
}  # fmt: skip
STAYS = (
    "claim",
    "add_after",
    "remove",
    "take_back",
    "urge",
)  # with the person, or where it was: no next matter is offered


def decided(
    request: HttpRequest, desk: Desk, do: str, given: dict[str, Any], files: Iterable[Attachment] = ()
) -> HttpResponse:
    """Carry it out under the request's post: back to 待办 with what comes next, or 409 with who was first."""
    pk, opinion = desk.approval.pk, given.get("opinion", "")
    try:
        carry_out(desk, actor_of(request), do, given, [one.pk for one in files])
    except Refused as refusal:
        return _refused(request, desk, str(refusal), opinion)
    _announce(request, desk, do)
    return redirect("approval", pk) if do in STAYS else redirect("inbox")


def _announce(request: HttpRequest, desk: Desk, do: str) -> None:
    """已同意“…”。下一步：何振邦 审批。[办下一件]"""
    said = f"{SAID[do]}{quoted(desk.approval.title)}。{_next_step(desk.approval)}"
    following = None if do in STAYS else next_todo(desk.seat, desk.now, but=desk.approval.pk)
    if following is None:
        done = do not in (*STAYS, "withdraw")
        messages.success(request, f"{said}待办已全部办完。" if done else said)
        return
    words = '<span class="me-auto">{}</span><a class="btn is-small" href="{}">办下一件</a>'
    messages.success(request, format_html(words, said, reverse("approval", args=[following.pk])))


def _next_step(approval: Approval) -> str:
    """Who has the matter now: in this approval, or in the one that followed it."""
    same = Signer.objects.filter(
        approval__subject=approval.subject, approval__subject_id=approval.subject_id, state="open"
    )
    rows = list(same.select_related("appointment__person", "approval__version").order_by("approval", "key"))
    if not rows:
        result = Approval.objects.get(pk=approval.pk)
        name = approval.initiator.person.name
        back = result.state in (Approval.State.RETURNED, Approval.State.WITHDRAWN)
        return f"下一步：{name}修改后重新提交。" if back else "审批已结束。"
    names = "、".join(row.appointment.person.name for row in rows if row.appointment)
    step = store.route_of(rows[0].approval.version).steps[rows[0].step - 1].name
    return f"下一步：{names} {step}。"


def _refused(request: HttpRequest, desk: Desk, says: str, opinion: str) -> HttpResponse:
    """Nothing was changed, and what was typed is still there to be read and copied."""
    approval = Approval.objects.get(pk=desk.approval.pk)
    following = next_todo(desk.seat, desk.now, but=approval.pk)
    context = {
        "section": "inbox",
        "says": says,
        "about": approval.title,
        "state": approval.get_state_display(),
        "typed": opinion,
        "lost": "、".join(file.name or "" for file in request.FILES.getlist("enclosed")),
        "latest": reverse("approval", args=[approval.pk]),
        "onward": {"label": "办下一件", "url": reverse("approval", args=[following.pk])}
        if following
        else {"label": "回到待办", "url": reverse("inbox")},
    }
    return render(request, "409.html", context, status=409)
