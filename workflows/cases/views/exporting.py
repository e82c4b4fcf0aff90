"""案件台账 as a file: asked for here, made in the background."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from foundation.organization.identity import actor_of
from foundation.organization.refusals import Refused

from ..exporting.services import start_export


@require_POST
@login_required
def case_export(request: HttpRequest) -> HttpResponse:
    wanted = {name: request.POST.get(name, "") for name in ("q", "only")}
    try:
        return redirect(start_export(**wanted, actor=actor_of(request), at=timezone.now()))
    except Refused as refusal:
        raise PermissionDenied(str(refusal)) from refusal
