"""案例推荐: the list, one of them with what may be done, the form by which a case is put forward."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.organization import access
from foundation.organization.access import only
from foundation.organization.addresses import chips_of
from foundation.organization.identity import actor_of
from foundation.organization.keyset import NEWEST
from foundation.organization.keyset import page_of as keyset_page
from foundation.organization.refusals import Refused, told_in

from ..kinds import CaseKind
from ..models import Recommendation
from ..permissions import OPENERS, recommends, sees_case, sees_recommendation
from ..recommending import services
from ..recommending.forms import PublishForm, RecommendForm
from ..recommending.listing import CHIPS, recommendations_found
from ..recommending.pages import choices_of, lit, page_of
from ..recommending.qualifying import told
from ..register import look, standing
from .cases import opened


@require_safe
@only(*OPENERS, says=sees_case.says)
def recommendations(request: HttpRequest) -> HttpResponse:
    seen = Recommendation.objects.filter(sees_recommendation.q(request.identity.pk, timezone.localdate()))  # type: ignore[attr-defined]
    rows = recommendations_found(seen, request.GET).select_related("case", "unit", "plan")
    page = keyset_page(rows, NEWEST, request.GET, 20)
    labels = {code: label for code, (label, _) in CHIPS.items()}
    chips = chips_of(request.GET, "only", labels, request.GET.get("only", "all"))
    kept = {name: request.GET.get(name, "") for name in ("only", "plan", "unit", "kind")}
    context = {
        "section": "cases", "page": page, "rows": [lit(row) for row in page.rows], "chips": chips,
        "q": request.GET.get("q", ""), "kept": {name: value for name, value in kept.items() if value},
    }  # fmt: skip
    return render(request, "cases/recommendations.html", context)


def _recommendation(request: HttpRequest, pk: int) -> Recommendation:
    rows = Recommendation.objects.select_related("case__unit", "unit", "plan")
    return access.opened(request, rows, pk, sees_recommendation)


@require_safe
@login_required
def recommendation(request: HttpRequest, pk: int) -> HttpResponse:
    row = _recommendation(request, pk)
    look(case=row.case_id, actor=actor_of(request), at=timezone.now())
    return _page(request, row, PublishForm())


def _page(request: HttpRequest, row: Recommendation, form: PublishForm) -> HttpResponse:
    context = page_of(row, actor_of(request), timezone.localdate()) | {"form": form}
    status = 422 if form.errors else 200
    return render(request, "cases/recommendation.html", context, status=status)


@require_POST
@login_required
def recommendation_act(request: HttpRequest, pk: int, do: str) -> HttpResponse:
    """撤回, 公布, 归档: the services say who may."""
    row, form = _recommendation(request, pk), PublishForm(request.POST)
    act: dict[str, Any] = {"recommendation": pk, "actor": actor_of(request), "at": timezone.now()}
    try:
        if do == "withdraw":
            services.withdraw(**act)
            messages.success(request, "已撤回，可以修改后再次推荐。")
        elif do == "archive":
            services.archive(**act)
            messages.success(request, "已归档。")
        elif do != "publish":
            raise Http404("没有这样的办理。")
        elif form.is_valid():
            services.publish(**form.cleaned_data, **act)
            messages.success(request, "已登记公布。")
        else:
            return _page(request, row, form)
    except Refused as refusal:
        if do == "publish":
            form.add_error(None, str(refusal))
            return _page(request, row, form)
        messages.error(request, str(refusal))
    return redirect("recommendation", pk)


@require_http_methods(["GET", "POST"])
@login_required
def case_recommend(request: HttpRequest, pk: int) -> HttpResponse:
    case, now = opened(request, pk, recommends), timezone.now()
    items = choices_of(case)
    before = case.recommendations.filter(item__in=items).first()
    form = RecommendForm(request.POST or None, items=items, before=before)
    if request.method == "POST" and form.is_valid():
        item, words = form.cleaned_data["item"], form.words()
        with told_in(form):
            made = services.recommend(case=pk, item=item, words=words, actor=actor_of(request), at=now)
            messages.success(request, "已推荐，下一步由本单位主要负责人审批。")
            return redirect("recommendation", made)
    stands = standing(case, now)
    context = {
        "section": "cases", "case": case, "form": form, "items": items,
        "bases": [(kind.label, told(stands, kind)) for kind in CaseKind],
    }  # fmt: skip
    return render(request, "cases/recommend.html", context, status=422 if form.errors else 200)
