"""A form that is too large with its files is refused before a byte of them lies on the disk."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render

MB = 1024 * 1024


class LeaveOut(FileUploadHandler):
    """Reads past every file."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        return None

    def file_complete(self, file_size: int) -> None:
        return None


class FormLimitMiddleware:
    """413 with the words that were typed, to be copied. Reads the form to its end: a browser that is answered while
    it still sends shows that the connection broke, and not the page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if int(length) <= settings.FORM_LIMIT_BYTES:
            return self.get_response(request)
        context = {
            "megabytes": -(-int(length) // MB),
            "most": settings.FORM_LIMIT_BYTES // MB,
            "words": _typed(request) if request.user.is_authenticated else [],
        }
        return render(request, "413.html", context, status=413)


def _typed(request: HttpRequest) -> list[str]:
    """What somebody wrote in Chinese; the rest of a form is numbers, dates and choices."""
    request.upload_handlers = [LeaveOut(request)]
    try:
        values = [value for _, values in request.POST.lists() for value in values]
    except (MultiPartParserError, SuspiciousOperation, OSError):
        return []
    return [value for value in values if not value.isascii()]
