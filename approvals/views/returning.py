"""Decisions on a page of their own: 退回 with its parts, 不同意, 撤回. The consequence stands before the button."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from ..desk import Desk
from ..forms import OpinionForm, ReturnForm
from ..terms import To
from .approval import desk_of, frame
from .deciding import decided

ACTS: dict[str, dict[str, Any]] = {
    "disagree": {
        "act": "不同意",
        "after": ["本次审批到此结束，后面的人不再办理。", "需要修改后再报的，请用“退回”。"],
        "needed": "请写明不同意的理由。",
    },
    "withdraw": {
        "act": "撤回",
        "after": ["审批人的待办里不再有这一件。", "修改后可以重新提交，从第一步开始审批。"],
        "needed": "",
    },
}


@require_http_methods(["GET", "POST"])
@login_required
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    desk = desk_of(request, pk)
    if request.method == "GET" and (desk.mine is None or desk.changed):
        return redirect("approval", pk)
    ways = _ways(desk)
    form = ReturnForm(
        request.POST if request.method == "POST" else None,
        parts=desk.matter.parts,
        to=[(way["value"], way["who"], way["says"]) for way in ways],
        initial={"signer": desk.mine.key if desk.mine else None},
    )
    if request.method == "POST" and form.is_valid():
        return decided(request, desk, "return", form.cleaned_data)
    context = frame(desk, form=form, ways=ways)
    return render(request, "approvals/return.html", context, status=422 if form.errors else 200)


def _ways(desk: Desk) -> list[dict[str, str]]:
    """Where it can go, and what runs again then."""
    found = []
    for to, role, first in ((To.INITIATOR, "发起人", "修改并重新提交后，"), (To.PREVIOUS, "上一步", "")):
        if again := desk.again(to):
            says = f"{first}将重新经过 {len(again.steps)} 个环节：{'、'.join(again.steps)}。"
            found.append({"value": to.value, "who": f"{again.who}（{role}）", "says": says})
    return found


@require_http_methods(["GET", "POST"])
@login_required
def act(request: HttpRequest, pk: int, do: str) -> HttpResponse:
    """不同意 and 撤回."""
    desk, words = desk_of(request, pk), ACTS[do]
    may = desk.may_withdraw if do == "withdraw" else desk.mine is not None and not desk.changed
    if request.method == "GET" and not may:
        return redirect("approval", pk)
    initial = {"signer": desk.mine.key if desk.mine else None}
    form = OpinionForm(
        request.POST if request.method == "POST" else None, lines=[], needed=words["needed"], initial=initial
    )
    form.fields["text"].label = "理由"
    if request.method == "POST" and form.is_valid():
        return decided(request, desk, do, form.cleaned_data)
    status = 422 if form.errors else 200
    return render(request, "approvals/act.html", frame(desk, form=form, do=do, **words), status=status)
