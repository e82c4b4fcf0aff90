"""案件数量: for leaders, auditors and the office; no title, no party, no way into a case."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from foundation.organization.access import only
from foundation.organization.posts import OFFICE_POSTS, OVERSEERS

from ..numbers import numbers_of


@require_safe
@only(*OFFICE_POSTS, *OVERSEERS, says="案件数量只给安委办、领导和审计员看。")
def case_numbers(request: HttpRequest) -> HttpResponse:
    at = timezone.localtime()
    section = "cases" if request.identity.post in OFFICE_POSTS else "case_numbers"  # type: ignore[attr-defined]
    return render(request, "cases/numbers.html", {"section": section, "numbers": numbers_of(at), "at": at})
