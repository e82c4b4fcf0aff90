"""退回 with its parts: to whom, and what runs again then."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from ..engine.terms import To
from ..handling import return_form, ways_back
from .approval import desk_of, frame
from .deciding import decided
from .enclosing import Enclosing


@require_http_methods(["GET", "POST"])
@login_required
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    desk = desk_of(request, pk)
    if request.method == "GET" and (desk.mine is None or desk.changed):
        return redirect("approval", pk)
    ways = _told_apart(ways_back(desk))
    enclosing = Enclosing(request, desk, desk.mine)
    form = return_form(desk, ways, **enclosing.given(signer=desk.mine.key if desk.mine else None))
    enclosing.into(form)
    if enclosing.decides and form.is_valid():
        return decided(request, desk, "return", form.cleaned_data, enclosing.files)
    context = frame(desk, form=form, ways=ways, enclosed=enclosing.files)
    return render(request, "approvals/return.html", context, status=422 if form.errors else 200)


def _told_apart(ways: list[dict[str, str]]) -> list[dict[str, str]]:
    """The step before is offered once, as 上一步."""
    again = _previous_step(ways)
    return [way for way in ways if way["value"] != again]


def _previous_step(ways: list[dict[str, str]]) -> str:
    """The number of the step that 上一步 means already."""
    previous = next((way["says"] for way in ways if way["value"] == To.PREVIOUS), None)
    return next((way["value"] for way in ways if way["value"].isdigit() and way["says"] == previous), "")
