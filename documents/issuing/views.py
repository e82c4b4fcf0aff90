"""文稿: the list, a new one, one with its state, the form it is written in."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from foundation.files.services import attachments_of
from foundation.organization.access import only
from foundation.organization.addresses import chips_of
from foundation.organization.identity import actor_of
from foundation.organization.keyset import NEWEST, page_of
from foundation.organization.posts import OFFICE_POSTS
from foundation.organization.refusals import Refused
from foundation.organization.rules import Rule

from ..models import Draft
from ..models.draft import OPEN
from . import services
from .forms import NewForm
from .listing import CHIPS, drafts_found
from .pages import LIGHTS, steps_of, timeline_of
from .permissions import READERS, sees_draft, writes_draft


@require_safe
@only(*READERS, says=sees_draft.says)
def drafts(request: HttpRequest) -> HttpResponse:
    seen = Draft.objects.filter(sees_draft.q(request.identity.pk, timezone.localdate()))  # type: ignore[attr-defined]
    found = drafts_found(seen, request.GET.dict()).select_related("drafted_by__person").defer("text")
    page = page_of(found, NEWEST, request.GET, 20)
    labels = {code: label for code, (label, _) in CHIPS.items()}
    here = request.GET.get("only", "")
    context = {
        "section": "archive", "page": page, "rows": [(row, LIGHTS[row.state]) for row in page.rows],
        "chips": chips_of(request.GET, "only", labels, here if here in CHIPS else "open"),
        "writes": request.identity.post in OFFICE_POSTS,  # type: ignore[attr-defined]
    }  # fmt: skip
    return render(request, "documents/drafts.html", context)


@require_http_methods(["GET", "POST"])
@only(*OFFICE_POSTS, says=writes_draft.says)
def draft_new(request: HttpRequest) -> HttpResponse:
    form = NewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        organ = request.identity.unit  # type: ignore[attr-defined]
        act: dict[str, Any] = {"actor": actor_of(request), "at": timezone.now()}
        try:
            return redirect("draft_edit", services.start_draft(**form.cleaned_data, organ=organ, **act))
        except Refused as refusal:
            form.add_error(None, str(refusal))
    status = 422 if form.errors else 200
    return render(request, "documents/draft_new.html", {"section": "archive", "form": form}, status=status)


@require_safe
@login_required
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    row = _opened(request, pk, sees_draft)
    context = {
        "section": "archive", "draft": row, "light": LIGHTS[row.state], "steps": steps_of(row),
        "timeline": timeline_of(row), "files": attachments_of(services.LABEL, [pk]).get(pk, []),
        "edits": row.state in OPEN and writes_draft(row, actor_of(request), timezone.localdate()),
    }  # fmt: skip
    return render(request, "documents/draft.html", context)


def _opened(request: HttpRequest, pk: int, rule: Rule) -> Draft:
    row = get_object_or_404(
        Draft.objects.select_related("organ", "drafted_by__person", "document", "corrects"), pk=pk
    )
    if request.identity is None or not rule(row, actor_of(request), timezone.localdate()):  # type: ignore[attr-defined]
        raise PermissionDenied(rule.says)
    return row
