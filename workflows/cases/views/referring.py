"""移送: begin it, take the step it waits for, stop it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from foundation.organization.actors import Actor
from foundation.organization.identity import actor_of
from foundation.organization.refusals import Refused

from ..models import Case
from ..permissions import works_on_case
from ..referring.forms import ASKED, StepForm
from ..referring.progress import may_start, progress_of
from ..referring.services import start_referral, stop_referral, take_step
from ..register import standing
from .cases import opened

SAID = {
    "suspected": "已启动移送。下一步：成立专案组。", "team": "已记录成立专案组。下一步：提出移送书面报告。",
    "reported": "已送正职负责人决定。", "amend": "已重新送正职负责人决定。", "handed_over": "已记录向公安机关移送。",
    "copied": "已记录抄送检察院。",
}  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def case_refer(request: HttpRequest, pk: int) -> HttpResponse:
    """One form for every step that may be taken now; two once it is approved: the hand-over and the copy."""
    case, actor = opened(request, pk, works_on_case), actor_of(request)
    sent = request.POST.get("step", "")
    form = StepForm(request.POST, step=sent) if request.method == "POST" and sent in ASKED else None
    if form and form.is_valid() and _taken(case.pk, form, actor):
        messages.success(request, SAID[form.step])
        return redirect("case", pk)
    stands = standing(case, timezone.now())
    found = progress_of(case, stands, actor)
    steps = [task.flow_task.name for task in found.waits] if found else []
    if found is None and may_start(case, stands):
        steps = ["suspected"]
    forms = [form if form and form.step == step else StepForm(step=step) for step in steps]
    if form and form not in forms:  # it was taken meanwhile
        messages.error(request, "移送已不在这一步，请看现在的一步。")
        return redirect("case", pk)
    context = {
        "section": "cases", "case": case, "referral": found, "forms": forms, "missing": stands.missing,
    }  # fmt: skip
    return render(request, "cases/refer.html", context, status=422 if form else 200)


def _taken(case: int, form: StepForm, actor: Actor) -> bool:
    now = timezone.now()
    try:
        if form.step == "suspected":
            start_referral(case=case, told=form.told(now), actor=actor, at=now)
        else:
            take_step(case=case, step=form.step, told=form.told(now), actor=actor, at=now)
    except Refused as refusal:
        form.add_error(refusal.field, str(refusal))
        return False
    return True


@require_POST
@login_required
def case_refer_stop(request: HttpRequest, pk: int) -> HttpResponse:
    case: Case = opened(request, pk, works_on_case)
    try:
        why = request.POST.get("why", "")
        stop_referral(case=case.pk, why=why, actor=actor_of(request), at=timezone.now())
        messages.success(request, "移送流程已停止，已记录的进展不变，以后的步骤请手工记录。")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("case", pk)
