"""What one takes from the ledger: its columns as one likes them, its rows as a file."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from foundation.organization.identity import actor_of
from foundation.organization.refusals import Refused

from ..ledger.columns import USUAL, choose_columns, columns_of
from ..ledger.exporting import start_export
from .batch import back


@require_POST
@login_required
def columns(request: HttpRequest) -> HttpResponse:
    """Those that were ticked; `usual` brings back the ones everybody begins with."""
    usual = "usual" in request.POST
    choose_columns(codes=USUAL if usual else request.POST.getlist("column"), actor=actor_of(request))
    return back(request)


@require_POST
@login_required
def export(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    query, columns = request.POST.get("query", ""), columns_of(actor)
    try:
        job = start_export(query=query, columns=columns, actor=actor, at=timezone.now())
    except Refused as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    up = urlencode({"next": f"{reverse('tasks')}?{QueryDict(query).urlencode()}"})
    return redirect(f"{job.get_absolute_url()}?{up}")
