"""代理: those I named, those I stand for."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from foundation.organization.access import only
from foundation.organization.identity import actor_of
from foundation.organization.posts import OFFICE_POSTS, UNIT_POSTS
from foundation.organization.refusals import told_in
from foundation.organization.templatetags.components import seat as seat_words

from ..forms import ProxyForm
from ..models import Proxy
from ..permissions import ONLY_PRINCIPALS, PRINCIPALS
from ..proxies import add_proxy, current, revoke

ONLY_WORKERS = "代理只与办理审批的岗位有关。"


@require_http_methods(["GET", "POST"])
@only(*UNIT_POSTS, *OFFICE_POSTS, says=ONLY_WORKERS)
def proxies(request: HttpRequest) -> HttpResponse:
    """A post that decides may name a proxy; everybody sees for whom they stand."""
    seat = request.identity  # type: ignore[attr-defined]
    form = (
        ProxyForm(request.POST if request.method == "POST" else None, owner=seat)
        if seat.post in PRINCIPALS
        else None
    )
    if request.method == "POST" and form and form.is_valid():
        with told_in(form):
            made = add_proxy(owner=seat, **form.cleaned_data, actor=actor_of(request), at=timezone.now())
            messages.success(request, f"已请{made.to.person.name}代理，到期自动结束。")
            return redirect("proxies")
    named = current(timezone.localdate())
    context = {
        "section": "inbox",
        "form": form,
        "identity": seat_words(seat),
        "mine": named.filter(owner=seat),
        "others": named.filter(to=seat),
        "office": seat.post in OFFICE_POSTS,
    }
    return render(
        request, "approvals/proxies.html", context, status=422 if form is not None and form.errors else 200
    )


@require_POST
@only(*PRINCIPALS, says=ONLY_PRINCIPALS)
def proxy_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    seat = request.identity  # type: ignore[attr-defined]
    proxy = get_object_or_404(Proxy.objects.select_related("to__person"), pk=pk, owner=seat)
    revoke(proxy=proxy, actor=actor_of(request), at=timezone.now())
    messages.success(request, f"已撤销{proxy.to.person.name}的代理，已办的仍然有效。")
    return redirect("proxies")
