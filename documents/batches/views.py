"""批量印发: the list, a new one, one with every copy's state, and what comes of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from foundation.organization import typed
from foundation.organization.access import only
from foundation.organization.identity import actor_of
from foundation.organization.keyset import NEWEST, page_of
from foundation.organization.posts import Post
from foundation.organization.refusals import Refused, told_in

from ..issuing.centre import centre_of
from ..models import Batch, Document
from . import services
from .forms import AgainForm, BatchForm, GiveUpForm
from .gathering import zip_of
from .pages import LIGHTS, page_of_batch
from .permissions import READERS, copies, runs_batch, sees_batch


@require_safe
@only(*READERS, says=sees_batch.says)
def batches(request: HttpRequest) -> HttpResponse:
    rows = Batch.objects.select_related("source", "by__person").defer("rows", "source__content")
    page = page_of(rows, NEWEST, request.GET, 20)
    context = {
        **centre_of(request, "batches"), "page": page, "rows": [(row, LIGHTS[row.state]) for row in page.rows],
        "runs": request.identity.post == Post.OFFICE_CLERK,  # type: ignore[attr-defined]
    }  # fmt: skip
    return render(request, "documents/batches/batches.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@only(Post.OFFICE_CLERK, says=runs_batch.says)
def batch_new(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    sources = Document.objects.filter(copies.q(actor.post, timezone.localdate()))
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = BatchForm(*sent, sources=sources, source=request.GET.get("source", ""))
    if form.is_bound and form.is_valid():
        with told_in(form):
            return redirect(
                "document_batch", services.prepare_batch(**form.wanted(), actor=actor, at=timezone.now())
            )
    context = {"section": "archive", "form": form, "sources": sources.exists()}
    return render(request, "documents/batches/batch_new.html", context, status=422 if form.is_bound else 200)


@require_safe
@only(*READERS, says=sees_batch.says)
@vary_on_headers("HX-Request")
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    part = (
        "documents/batches/_live.html"
        if request.headers.get("HX-Request")
        else "documents/batches/batch.html"
    )
    return render(request, part, page_of_batch(_row(pk), actor_of(request), request.GET))


@require_POST
@only(Post.OFFICE_CLERK, says=runs_batch.says)
def batch_begin(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        services.begin_batch(batch=_row(pk).pk, actor=actor_of(request), at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("document_batch", pk)


@require_POST
@only(Post.OFFICE_CLERK, says=runs_batch.says)
def batch_again(request: HttpRequest, pk: int) -> HttpResponse:
    """What failed: one copy that is named, or all; with another table, or the same."""
    row, form = _row(pk), AgainForm(request.POST, request.FILES)
    named = typed.number(request.POST.get("item", ""))
    act: dict[str, Any] = {"batch": pk, "items": None if named is None else [named]}
    with told_in(form):
        if form.is_valid():
            services.run_again(
                **act, table=form.cleaned_data["table"], actor=actor_of(request), at=timezone.now()
            )
            return redirect("document_batch", pk)
    context = page_of_batch(row, actor_of(request), request.GET) | {"form": form}
    return render(request, "documents/batches/batch.html", context, status=422)


@require_POST
@only(Post.OFFICE_CLERK, says=runs_batch.says)
def batch_give_up(request: HttpRequest, pk: int) -> HttpResponse:
    row, form = _row(pk), GiveUpForm(request.POST)
    with told_in(form):
        if form.is_valid():
            reason = form.cleaned_data["reason"]
            services.give_up(batch=pk, reason=reason, actor=actor_of(request), at=timezone.now())
            return redirect("document_batch", pk)
    context = page_of_batch(row, actor_of(request), request.GET) | {"giving_up": form}
    return render(request, "documents/batches/batch.html", context, status=422)


@require_safe
@only(*READERS, says=sees_batch.says)
def batch_zip(request: HttpRequest, pk: int) -> HttpResponseBase:
    row = _row(pk)
    named = {"Content-Disposition": content_disposition_header(True, f"{row}.zip") or ""}
    return StreamingHttpResponse(zip_of(row), content_type="application/zip", headers=named)


def _row(pk: int) -> Batch:
    return get_object_or_404(Batch.objects.select_related("source__organ", "by__person", "job"), pk=pk)
