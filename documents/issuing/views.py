"""文稿: the list, a new one, one with its state, the form it is written in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from foundation.organization import typed
from foundation.organization.access import only, opened
from foundation.organization.addresses import chips_of
from foundation.organization.identity import actor_of
from foundation.organization.keyset import NEWEST, page_of
from foundation.organization.posts import OFFICE_POSTS, UNIT_POSTS
from foundation.organization.refusals import Refused
from foundation.organization.rules import Rule

from ..layout import UNSETTABLE
from ..models import Draft, Pattern
from . import services
from .acting import DOINGS
from .centre import centre_of
from .content import proof_of
from .forms import NewForm
from .listing import STAGES, drafts_found, stage_of
from .pages import LIGHTS, page_of_draft
from .patterns.services import begin_with
from .permissions import READERS, sees_draft, waits_for_seal, writes_draft


@require_safe
@only(*READERS, says=sees_draft.says)
def drafts(request: HttpRequest) -> HttpResponse:
    seen = Draft.objects.filter(sees_draft.q(request.identity.pk, timezone.localdate()))  # type: ignore[attr-defined]
    found = drafts_found(seen, request.GET.dict()).select_related("drafted_by__person").defer("text")
    page = page_of(found, NEWEST, request.GET, 20)
    tab, here = stage_of(request.GET.dict())
    labels = {code: label for code, (label, _) in STAGES[tab].items()}
    context = centre_of(request, tab) | {
        "page": page, "rows": [(row, LIGHTS[row.state]) for row in page.rows], "here": here, "first": tab == here,
        "chips": chips_of(request.GET, "only", labels, here),
    }  # fmt: skip
    return render(request, "documents/drafts.html", context)


@require_safe
@only(*UNIT_POSTS, *OFFICE_POSTS, says="用印人是安委办和各单位的人员。")
def drafts_to_seal(request: HttpRequest) -> HttpResponse:
    """Joint papers that wait for a seal this person may use."""
    waiting = Draft.objects.filter(waits_for_seal(request.identity, timezone.localdate()))  # type: ignore[attr-defined]
    page = page_of(waiting.select_related("drafted_by__person").defer("text"), NEWEST, request.GET, 20)
    context = centre_of(request, "to_seal") | {
        "page": page, "rows": [(row, LIGHTS[row.state]) for row in page.rows], "here": "to_seal",
    }  # fmt: skip
    return render(request, "documents/drafts.html", context)


@require_http_methods(["GET", "POST"])
@only(*OFFICE_POSTS, says=writes_draft.says)
def draft_new(request: HttpRequest) -> HttpResponse:
    """Of a kind, or with a pattern."""
    organ = request.identity.unit  # type: ignore[attr-defined]
    pattern = typed.number(request.POST.get("pattern", ""))
    form = NewForm(None if pattern else request.POST or None)
    act: dict[str, Any] = {"organ": organ, "actor": actor_of(request), "at": timezone.now()}
    refused = ""
    try:
        if pattern:
            return redirect("draft_edit", begin_with(pattern=pattern, **act))
        if request.method == "POST" and form.is_valid():
            return redirect("draft_edit", services.start_draft(**form.cleaned_data, **act))
    except Refused as refusal:
        refused = str(refusal)
    patterns = Pattern.objects.filter(organ=organ, state=Pattern.State.IN_USE).defer("text")[:200]
    context = {"section": "archive", "form": form, "patterns": patterns, "refused": refused}
    return render(request, "documents/draft_new.html", context, status=422 if refused or form.errors else 200)


@require_safe
@login_required
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    row = _opened(request, pk, sees_draft)
    return render(request, "documents/draft.html", page_of_draft(row, actor_of(request)))


@require_http_methods(["GET", "POST"])
@login_required
def draft_act(request: HttpRequest, pk: int, do: str) -> HttpResponse:
    """One step of its life, on a page that says what follows; the service says who may."""
    doing, row = DOINGS.get(do), _opened(request, pk, sees_draft)
    if doing is None:
        raise Http404("没有这种办理方式。")
    actor = actor_of(request)
    if not doing.rule(row, actor, timezone.localdate()):
        raise PermissionDenied(doing.rule.says)
    form = doing.filled(do, request.POST if request.method == "POST" else None, draft=row, actor=actor)
    if request.method == "POST" and doing.happens(request, form, draft=pk):
        return redirect("draft", pk)
    context = {
        "section": "archive",
        "draft": row,
        "do": do,
        "doing": doing,
        "form": form,
        "late": row.state not in doing.states,
    }
    return render(request, "documents/draft_act.html", context, status=422 if form.errors else 200)


@require_safe
@login_required
def draft_proof(request: HttpRequest, pk: int) -> HttpResponse:
    row = _opened(request, pk, sees_draft)
    try:
        paper = proof_of(row)
    except UNSETTABLE as error:
        messages.error(request, str(error))
        return redirect("draft", pk)
    named = {"Content-Disposition": content_disposition_header(False, f"{row}（草稿）.pdf") or ""}
    return HttpResponse(paper, content_type="application/pdf", headers=named)


def _opened(request: HttpRequest, pk: int, rule: Rule) -> Draft:
    rows = Draft.objects.select_related(
        "organ", "drafted_by__person", "document", "corrects", "signer__person", "pattern", "head"
    )
    return opened(request, rows, pk, rule)
