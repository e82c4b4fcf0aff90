"""Acts on a page of their own: 不同意, 弃权, 转办, 委派, 加签, 减签, 取回, 催办, 撤回. The consequence stands before the
button."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from foundation.organization.identity import actor_of
from foundation.organization.refusals import Refused

from ..desk import Desk
from ..engine.terms import Do
from ..handling import act_form, carry_out
from ..offers import ASKED_FIRST, HEARD_ON, OFFERS, Offer
from .approval import desk_of, frame
from .deciding import decided
from .enclosing import Enclosing


@require_http_methods(["GET", "POST"])
@login_required
def act(request: HttpRequest, pk: int, do: str) -> HttpResponse:
    desk, offer = desk_of(request, pk), OFFERS[do]
    if request.method == "GET" and offer.do not in desk.may:
        return redirect("approval", pk)
    row = desk.row_for(offer.do)
    enclosing = Enclosing(request, desk, row if offer.files and offer.do in desk.may else None)
    given = enclosing.given(signer=row.key if row else None)
    form = act_form(desk, offer, **given)
    enclosing.into(form)
    if enclosing.decides and form.is_valid():
        return decided(request, desk, do, form.cleaned_data, enclosing.files)
    words = {"act": offer.act, "after": _after(desk, offer), "do": do, "enclosed": enclosing.files}
    status = 422 if form.errors else 200
    return render(request, "approvals/act.html", frame(desk, form=form, **words), status=status)


def _after(desk: Desk, offer: Offer) -> tuple[str, ...]:
    """A withdrawal that has to be asked for says so; so does a no that does not end it."""
    if offer.do is Do.WITHDRAW and desk.decided_since:
        return ASKED_FIRST
    if offer.do is Do.DISAGREE and desk.goes_on_after(Do.DISAGREE):
        return HEARD_ON
    return offer.after


@require_POST
@login_required
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """已阅."""
    desk = desk_of(request, pk)
    try:
        carry_out(desk, actor_of(request), "read", {})
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"已阅“{desk.approval.title}”。")
    return redirect("approval", pk)
