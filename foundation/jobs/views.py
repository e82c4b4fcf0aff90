"""How far a job is, as a page and as the piece of it that asks again until the job has ended."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from foundation.organization.access import opened
from foundation.organization.addresses import way_back
from foundation.organization.identity import actor_of
from foundation.organization.refusals import Refused

from . import services
from .models import Job


@require_safe
@login_required
@vary_on_headers("HX-Request")
def show(request: HttpRequest, pk: int) -> HttpResponse:
    job = opened(request, Job.objects.all(), pk, services.minds)
    part = "jobs/progress.html" if request.headers.get("HX-Request") else "jobs/job.html"
    return render(request, part, {"job": job, "up": way_back(request, "")})


def _act(service: Callable[..., None]) -> Callable[..., HttpResponse]:
    @require_POST
    @login_required
    def act(request: HttpRequest, pk: int) -> HttpResponse:
        job = get_object_or_404(Job, pk=pk)
        try:
            service(job=pk, actor=actor_of(request), at=timezone.now())
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect(job)

    return act


cancel = _act(services.cancel)
retry = _act(services.retry)
