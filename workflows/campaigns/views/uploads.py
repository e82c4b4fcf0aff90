"""A plan comes in."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from foundation.files.services import attach, clean, store
from foundation.organization.access import only
from foundation.organization.actors import Actor
from foundation.organization.identity import actor_of
from foundation.organization.models import Unit
from foundation.organization.posts import OFFICE_POSTS
from foundation.organization.refusals import Refused
from workflows.plans.models import Plan, office_works

from ..drafts import import_plan
from ..forms import UploadForm


@require_http_methods(["GET", "POST"])
@only(*OFFICE_POSTS, says=office_works.says)
def plan_new(request: HttpRequest) -> HttpResponse:
    form = UploadForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            return _read(request, form)
        except Refused as refusal:
            form.add_error("file" if form.cleaned_data["file"] else "text", str(refusal))
    return render(request, "campaigns/upload.html", {"form": form}, status=422 if form.errors else 200)


def _read(request: HttpRequest, form: UploadForm) -> HttpResponse:
    """The same text once more leads to the draft that is there: a form sent twice makes one."""
    text = form.cleaned_data["plan"]
    plan, new = _kept(text, form.cleaned_data["file"], actor=actor_of(request), at=timezone.now())
    if new:
        messages.success(request, "已读入方案。请对照原文逐项核对，再送审。")
    else:
        messages.info(request, "这份方案已经读入过，这就是它的草稿。")
    return redirect("plan", plan.pk)


@transaction.atomic
def _kept(text: str, file: object, *, actor: Actor, at: dt.datetime) -> tuple[Plan, bool]:
    """The draft, and whether it was made now. A form sent twice at once waits here for the first."""
    list(Unit.objects.select_for_update(no_key=True).filter(kind=Unit.Kind.OFFICE))
    there = Plan.objects.filter(state=Plan.State.DRAFT, text=text).first()
    return (there, False) if there else (_keep(text, file, actor=actor, at=at), True)


def _keep(text: str, file: object, *, actor: Actor, at: dt.datetime) -> Plan:
    """The draft, and the file it was read from: stored, attached, and named on the plan."""
    if not file:
        return import_plan(text=text, actor=actor, at=at)
    name = clean(file.name)  # type: ignore[attr-defined]
    stored = store(file, name, at=at)  # type: ignore[arg-type]
    plan = import_plan(text=text, actor=actor, at=at, source_name=name, source_file=stored)
    attach(stored, subject="plans.plan", subject_id=plan.pk, slot="source", name=name, actor=actor, at=at)
    return plan
