"""One document: its page, the pictures of its paper, a new draft from it."""

from __future__ import annotations

from collections.abc import Callable
from time import time
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from foundation.files.models import Attachment
from foundation.organization.access import only, opened
from foundation.organization.identity import actor_of
from foundation.organization.posts import OFFICE_POSTS
from foundation.organization.refusals import Refused

from ..models import Document
from ..permissions import reads_document
from ..services import file_of
from ..subjects import LOOKS, looked
from ..writing.pictures import picture_of
from . import again
from .making import make_again, makes_again
from .permissions import writes_draft
from .showing import page_of_document

AGAIN: dict[str, tuple[Callable[..., int], str]] = {
    "correct": (again.correct, "已起草更正，请写明更正的内容。"),
    "reuse": (again.reuse, "已按原文起草，请修改。"),
}
ONE_LOOK = 600  # seconds: the pictures of a page that was opened so long ago are the same look


@require_safe
@login_required
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """Who sees its pages has seen the paper: where looks are written down, this one is."""
    row, actor = _opened(request, pk), actor_of(request)
    context = page_of_document(row, actor)
    if context["pages"]:
        _look(request, row, context["paper"])
    return render(request, "documents/document.html", context)


@require_safe
@login_required
def document_page(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A page of its paper as a picture; asked for without the page that shows it, a look of its own."""
    row = _opened(request, pk)
    paper = file_of(row.pk)
    picture = picture_of(paper.file.path, number) if paper else None
    if paper is None or picture is None:
        raise Http404("没有这一页，请刷新公文页面。")
    if _key(request, paper) not in _recent(request):
        _look(request, row, paper)
    headers = {"Cache-Control": "private, max-age=86400"}
    return FileResponse(picture.open("rb"), content_type="image/png", headers=headers)  # type: ignore[return-value]


@require_POST
@only(*OFFICE_POSTS, says=writes_draft.says)
def document_again(request: HttpRequest, pk: int, do: str) -> HttpResponse:
    if do not in AGAIN:
        raise Http404("没有这种办理方式。")
    row, (service, done) = _opened(request, pk), AGAIN[do]
    organ = request.identity.unit  # type: ignore[attr-defined]
    act: dict[str, Any] = {"actor": actor_of(request), "at": timezone.now()}
    try:
        draft = service(document=row, organ=organ, **act)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("document", pk)
    messages.success(request, done)
    return redirect("draft_edit", draft)


@require_POST
@login_required
def document_make(request: HttpRequest, pk: int) -> HttpResponse:
    """Once more the paper that was not made."""
    row, actor = _opened(request, pk), actor_of(request)
    if not makes_again(row, actor, timezone.localdate()):
        raise PermissionDenied(makes_again.says)
    try:
        make_again(document=pk, actor=actor, at=timezone.now())
        messages.success(request, "PDF 正在重新生成。")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("document", pk)


def _look(request: HttpRequest, row: Document, paper: Attachment) -> None:
    """Where somebody writes looks down. In the session as well, which all processes read."""
    if row.subject in LOOKS:
        request.session["looks"] = _recent(request) | {_key(request, paper): int(time())}
        looked(paper, actor_of(request), timezone.now())


def _recent(request: HttpRequest) -> dict[str, int]:
    return {one: at for one, at in request.session.get("looks", {}).items() if time() - at < ONE_LOOK}


def _key(request: HttpRequest, paper: Attachment) -> str:
    return f"{request.identity.pk}:{paper.pk}"  # type: ignore[attr-defined]


def _opened(request: HttpRequest, pk: int) -> Document:
    return opened(request, Document.objects.select_related("organ", "unit"), pk, reads_document)
