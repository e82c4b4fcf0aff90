"""帮助: the manual, before signing in too: who can't get in needs it most."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from .pages import INDEX, pages


@require_safe
def manual(request: HttpRequest, name: str = INDEX) -> HttpResponse:
    found = pages().get(name)
    if found is None:
        raise Http404("手册里没有这一页。")
    others = [page for page in pages().values() if page.name != INDEX]
    at = others.index(found) if found in others else -1
    context = {
        "page": found,
        "pages": others,
        "index": pages()[INDEX],
        "before": others[at - 1] if at > 0 else None,
        "after": others[at + 1] if at + 1 < len(others) else None,
    }
    return render(request, "manual/page.html", context)
