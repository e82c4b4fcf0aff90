"""下载: an issued document in the format asked for."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from foundation.files.kept import keep
from foundation.files.kinds import KINDS
from foundation.organization.access import opened
from foundation.organization.identity import actor_of

from ..fonts import FontsMissing
from ..layout import UndrawableText
from ..models import Document
from ..permissions import reads_document
from ..services import file_of
from ..subjects import looked
from . import FORMATS, Format, Source
from .stored import source_of

KEPT = 500  # files of each kind that were made on demand


@require_safe
@login_required
def document_as(request: HttpRequest, pk: int, code: str) -> HttpResponseBase:
    """What was issued never changes, so a browser that has it is told so; the look is written down all the same."""
    document = opened(request, Document.objects.select_related("organ"), pk, reads_document)
    actor, form = actor_of(request), FORMATS.get(code)
    paper = file_of(pk)
    if form is None or document.state != Document.State.ISSUED or paper is None:
        raise Http404("没有这种格式，或者这份公文还没有印发。")
    file = paper.file
    if not file.path.is_file():
        raise Http404("这份公文的文件不在存储中，请管理员从备份恢复。")
    source = source_of(document, file.path.read_bytes)
    if not form.fits(source):
        raise Http404(f"这份公文没有{form.says}格式。")
    looked(paper, actor, timezone.now())
    etag = f'"{file.sha256}-{code}"'
    if unchanged := get_conditional_response(request, etag=etag):
        return unchanged
    name = content_disposition_header(True, f"{document.title}.{form.extension}") or ""
    headers = {"Content-Disposition": name, "ETag": etag, "Cache-Control": "private, no-cache"}
    try:
        content = form.make(source) if code == "pdf" else _made(form, source, f"{pk}-{file.sha256}-{code}")
    except (UndrawableText, FontsMissing) as error:
        says = {"says": str(error), "title": document.title, "section": "archive"}
        return render(request, "documents/archiving/refused.html", says, status=422)
    return HttpResponse(content, content_type=KINDS[form.extension].media_type, headers=headers)


def _made(form: Format, source: Source, name: str) -> bytes:
    """Once: what was issued stays as it is, and two hundred pages take their time."""
    path = settings.DATA_DIR / "formats" / f"{name}.{form.extension}"
    try:
        return path.read_bytes()
    except FileNotFoundError:
        content = form.make(source)
        keep(path, content, most=KEPT)
        return content
