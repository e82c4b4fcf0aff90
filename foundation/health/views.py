"""The same answers twice: in words for machines that anybody may ask, in sentences for whoever keeps the site."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from foundation.organization.access import only
from foundation.organization.permissions import READERS

from .checks import FAIL, answers, worst

LIGHTS = {"ok": ("done", "正常"), "warn": ("near", "要处理"), "fail": ("overdue", "有故障")}


@require_safe
@never_cache
def health(request: HttpRequest) -> HttpResponse:
    """503 where something fails. No number, name or reason: everybody who reaches the site can read it."""
    found = answers(timezone.now())
    told = {"status": worst(found), "checks": {one.check.code: one.health.status for one in found}}
    return JsonResponse(told, status=503 if told["status"] == FAIL else 200)


@require_safe
@only(*READERS, says="运行状况只给系统管理员、安委办和审计员看。")
def health_page(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    found = answers(at)
    rows = [(one, *LIGHTS[one.health.status]) for one in found]
    return render(request, "health/health.html", {"rows": rows, "worst": LIGHTS[worst(found)], "at": at})
