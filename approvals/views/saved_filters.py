"""已存筛选: keep the conditions of the list one sees, and let go of them."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from foundation.organization.identity import actor_of
from foundation.organization.quoting import quoted
from foundation.organization.refusals import Refused

from ..saved_filters import INBOX, PAGES, remove_filter, save_filter


@require_POST
@login_required
def filter_save(request: HttpRequest) -> HttpResponse:
    """Back to the list as it was, kept or not."""
    _needs_post(request)
    page, query, name = (request.POST.get(one, "") for one in ("page", "query", "name"))
    try:
        query = save_filter(page=page, name=name, query=query, actor=actor_of(request), at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"已保存筛选{quoted(name.strip())}。")
    return redirect(f"{reverse(page if page in PAGES else INBOX)}?{QueryDict(query).urlencode()}")


@require_POST
@login_required
def filter_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """One that is gone already is gone."""
    _needs_post(request)
    gone = remove_filter(pk=pk, actor=actor_of(request))
    if gone:
        messages.success(request, f"已删除筛选{quoted(gone.name)}。")
    return redirect(gone.page if gone and gone.page in PAGES else INBOX)


def _needs_post(request: HttpRequest) -> None:
    if request.identity is None:  # type: ignore[attr-defined]
        raise PermissionDenied("请先选择以哪个岗位办理。")
