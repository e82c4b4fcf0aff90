"""打印: the matter as it was signed, every opinion with its signature and files, on A4."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from foundation.organization.identity import actor_of

from ..given import all_given
from .approval import desk_of


@require_safe
@login_required
def printed(request: HttpRequest, pk: int) -> HttpResponse:
    desk = desk_of(request, pk)
    desk.look(actor_of(request))
    matter = desk.matter
    given = all_given(desk.trail.chapters)
    context = {
        "section": "inbox",
        "desk": desk,
        "approval": desk.approval,
        "matter_html": render_to_string(matter.template, matter.context, request),
        "given": given,
        "files": [(one.person, file) for one in given for file in one.files],
    }
    return render(request, "approvals/print.html", context)
