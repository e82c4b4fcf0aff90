"""Handing a file out, to those who may read it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from foundation.organization.identity import actor_of

from . import readers
from .kinds import INLINE
from .models import Attachment


@require_safe
@login_required
def download(request: HttpRequest, pk: int) -> HttpResponseBase:
    attachment = get_object_or_404(Attachment.objects.select_related("file"), pk=pk)
    # Before the ETag is looked at: who may no longer read it isn't told that it is unchanged either.
    actor = actor_of(request)
    if not readers.may_read(attachment, actor, timezone.localdate()):
        raise PermissionDenied(readers.says(attachment))
    readers.looked(attachment, actor, timezone.now())  # what a browser has kept is shown again all the same
    etag = f'"{attachment.file.sha256}"'
    return get_conditional_response(request, etag=etag) or _response(attachment, etag)


def _response(attachment: Attachment, etag: str) -> FileResponse:
    file = attachment.file
    try:
        content = file.path.open("rb")
    except FileNotFoundError as error:
        raise Http404(f"“{attachment.name}”的内容不在存储中，请联系系统管理员从备份恢复。") from error
    return FileResponse(
        content,
        filename=attachment.name,
        as_attachment=file.media_type not in INLINE,
        content_type=file.media_type,
        headers={"ETag": etag, "Cache-Control": "private, no-cache"},
    )
