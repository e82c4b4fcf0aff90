"""公开文本: the list, drafting one, its page, what is done with it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.organization import access
from foundation.organization.access import only
from foundation.organization.addresses import chips_of
from foundation.organization.doings import Tried
from foundation.organization.identity import actor_of
from foundation.organization.keyset import NEWEST
from foundation.organization.keyset import page_of as keyset_page
from foundation.organization.refusals import told_in

from ..models import Publication
from ..permissions import OPENERS, sees_case, sees_publication, works_on_case
from ..publishing import services
from ..publishing.acting import DOINGS
from ..publishing.forms import DraftForm, TextForm
from ..publishing.pages import CHIPS, found, lit, page_of
from ..register import look
from .cases import opened


@require_safe
@only(*OPENERS, says=sees_case.says)
def publications(request: HttpRequest) -> HttpResponse:
    seen = Publication.objects.filter(sees_publication.q(request.identity.pk, timezone.localdate()))  # type: ignore[attr-defined]
    page = keyset_page(found(seen, request.GET).select_related("case__unit"), NEWEST, request.GET, 20)
    here = request.GET.get("only", "open")
    here = here if here in CHIPS else "open"
    labels = {code: label for code, (label, _) in CHIPS.items()}
    context = {
        "section": "cases", "page": page, "rows": [lit(row) for row in page.rows], "chips": chips_of(request.GET, "only", labels, here),
        "q": request.GET.get("q", ""), "only": here,
    }  # fmt: skip
    return render(request, "cases/publications.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def publication_new(request: HttpRequest, pk: int) -> HttpResponse:
    case = opened(request, pk, works_on_case)
    form = DraftForm(request.POST or None, case=case)
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            made, count = services.draft_publication(
                case=pk, **form.chosen(), actor=actor_of(request), at=timezone.now()
            )
            messages.success(request, f"已起草，按规则遮盖了 {count} 处。请逐处核对，再送审。")
            return redirect("publication", made)
    context = {"section": "cases", "case": case, "form": form}
    return render(request, "cases/publication_new.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@login_required
def publication(request: HttpRequest, pk: int) -> HttpResponse:
    """The text with what was masked, and what wants a look; corrected here while it is drafted."""
    row = _opened(request, pk)
    if request.method != "POST":
        look(case=row.case_id, actor=actor_of(request), at=timezone.now())
        return _page(request, row)
    form = TextForm(request.POST)
    if form.is_valid():
        with told_in(form):
            count = services.change_publication(
                publication=pk, **form.cleaned_data, actor=actor_of(request), at=timezone.now()
            )
            more = f"新遮盖了 {count} 处。" if count else ""
            messages.success(request, f"已保存。{more}")
            return redirect("publication", pk)
    return _page(request, row, text=form)


@require_POST
@login_required
def publication_act(request: HttpRequest, pk: int, do: str) -> HttpResponse:
    row, doing = _opened(request, pk), DOINGS.get(do)
    if doing is None:
        raise Http404("没有这种办理方式。")
    form = doing.filled(do, request.POST)
    if doing.happens(request, form, publication=pk):
        return redirect("publication", pk)
    return _page(request, row, tried=(do, form))


def _opened(request: HttpRequest, pk: int) -> Publication:
    rows = Publication.objects.select_related("case__unit", "decision", "recommendation__plan")
    return access.opened(request, rows, pk, sees_publication)


def _page(
    request: HttpRequest,
    row: Publication,
    *,
    text: TextForm | None = None,
    tried: Tried | None = None,
) -> HttpResponse:
    context: dict[str, Any] = page_of(row, actor_of(request), timezone.localdate(), tried)
    refused = [one for one in (text, tried[1] if tried else None) if one is not None and one.errors]
    context["form"] = text or TextForm(initial={"title": row.title, "text": row.text})
    if tried and tried[0] not in [one["do"] for one in context["acts"]]:  # it is no longer offered: say why
        for says in tried[1].non_field_errors():
            messages.error(request, str(says))
    return render(request, "cases/publication.html", context, status=422 if refused else 200)
