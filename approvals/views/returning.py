"""退回 with its parts: to whom, and what runs again then."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from ..desk import Desk
from ..forms import ReturnForm
from ..terms import To
from .approval import desk_of, frame
from .deciding import decided
from .enclosing import Enclosing


@require_http_methods(["GET", "POST"])
@login_required
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    desk = desk_of(request, pk)
    if request.method == "GET" and (desk.mine is None or desk.changed):
        return redirect("approval", pk)
    ways = _ways(desk)
    enclosing = Enclosing(request, desk, desk.mine)
    form = ReturnForm(
        parts=desk.matter.parts,
        to=[(way["value"], way["who"], way["says"]) for way in ways],
        only=desk.may_go_on,
        **enclosing.given(signer=desk.mine.key if desk.mine else None),
    )
    enclosing.into(form)
    if enclosing.decides and form.is_valid():
        return decided(request, desk, "return", form.cleaned_data, enclosing.files)
    context = frame(desk, form=form, ways=ways, enclosed=enclosing.files)
    return render(request, "approvals/return.html", context, status=422 if form.errors else 200)


def _ways(desk: Desk) -> list[dict[str, str]]:
    """Where it can go, and what runs again then: to the initiator, the previous step, any step before that."""
    ways: list[tuple[To | int, str, str]] = [
        (To.INITIATOR, "发起人", "修改并重新提交后，"), (To.PREVIOUS, "上一步", "")
    ]  # fmt: skip
    ways += [(number, f"第 {number} 步", "") for number in reversed(range(1, desk.approval.step))]
    found: list[dict[str, str]] = []
    for to, role, first in ways:
        if again := desk.again(to):
            says = f"{first}将重新经过 {len(again.steps)} 个环节：{'、'.join(again.steps)}。"
            found.append({"value": str(to), "who": f"{again.who}（{role}）", "says": says})
    return [way for way in found if way["value"] != _previous_step(found)]


def _previous_step(ways: list[dict[str, str]]) -> str:
    """The number of the step that 上一步 means already."""
    previous = next((way["says"] for way in ways if way["value"] == To.PREVIOUS), None)
    return next((way["value"] for way in ways if way["value"].isdigit() and way["says"] == previous), "")
