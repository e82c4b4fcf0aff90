"""The approval page: the matter, its trail, and one decision."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from foundation.files.models import Attachment
from foundation.organization.identity import actor_of, choose
from foundation.organization.templatetags.components import seat as seat_words
from foundation.organization.typed import number

from ..desk import Desk
from ..engine.terms import Do
from ..forms import OpinionForm
from ..models import Approval, QuickOpinions
from ..offers import OFFERS
from ..permissions import may_open
from ..summary import light
from .deciding import decided
from .enclosing import Enclosing

PRINT = {"label": "打印", "url": "print/", "hint": "审批单：意见、签名和附件，A4 纸"}


def desk_of(request: HttpRequest, pk: int) -> Desk:
    """403 where nothing of this person's posts has to do with it."""
    seat, held = request.identity, request.identities  # type: ignore[attr-defined]
    found = Desk.find(pk, held, seat, timezone.now()) if seat else None
    if found is None:
        get_object_or_404(Approval, pk=pk)
        raise PermissionDenied(may_open.says)
    return found


def frame(desk: Desk, **more: Any) -> dict[str, Any]:
    """What every page of an approval shows: its head, its trail, under which post one acts."""
    day = timezone.localdate(desk.now)
    return {
        "section": "inbox",
        "desk": desk,
        "approval": desk.approval,
        "light": light(desk.approval, day, desk.trail.calendar),
        "entries": desk.trail.entries(desk.mine),
        "identity": seat_words(desk.seat),
    } | more


@require_http_methods(["GET", "POST"])
@login_required
def approval(request: HttpRequest, pk: int) -> HttpResponse:
    """Read it, and agree: the one decision that needs no word."""
    desk = desk_of(request, pk)
    enclosing = Enclosing(request, desk, desk.mine)
    lines = QuickOpinions.of(desk.seat) if desk.mine or enclosing.posted else []
    form = OpinionForm(
        lines=[] if desk.advises else lines,
        needed="请写明您的意见。" if desk.advises else "",
        **enclosing.given(signer=desk.mine.key if desk.mine else None),
    )
    enclosing.into(form)
    if enclosing.decides and form.is_valid():
        do = "opine" if desk.advises else "agree"
        return decided(request, desk, do, form.cleaned_data, enclosing.files)
    return _page(request, desk, form, enclosing.files)


def _page(request: HttpRequest, desk: Desk, form: OpinionForm, enclosed: list[Attachment]) -> HttpResponse:
    desk.look(actor_of(request))
    route, more = desk.state.route, _more(desk)
    # Without a decision to take the first of the rarer acts has the button.
    lead = more.pop(0) if more and (desk.mine is None or desk.changed) else None
    if more or desk.mine:
        more.append(PRINT)
    context = frame(
        desk,
        form=form,
        enclosed=enclosed,
        matter=desk.matter,
        matter_html=render_to_string(desk.matter.template, desk.matter.context, request),
        step=f"第 {desk.approval.step}/{len(route.steps)} 步 {route.steps[desk.approval.step - 1].name}",
        lead=lead,
        more=more,
        elsewhere_words=seat_words(desk.elsewhere) if desk.elsewhere else "",
    )
    return render(request, "approvals/approval.html", context, status=422 if form.errors else 200)


def _more(desk: Desk) -> list[dict[str, str]]:
    """The rarer acts, each with what it does; those with a button of their own are not repeated."""
    shown = {Do.OPINE} | ({Do.DISAGREE} if desk.consents else set())
    return [
        {"label": offer.act, "url": f"{do}/", "hint": offer.hint, "carries": "decide"}
        for do, offer in OFFERS.items()
        if offer.do in desk.may - shown
    ]


@require_POST
@login_required
def switch(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the post this one waits for, and stay on the page."""
    if wanted := number(request.POST.get("appointment", "")):
        choose(request, wanted, request.identities)  # type: ignore[attr-defined]
    return redirect("approval", pk)
