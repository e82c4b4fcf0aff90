"""考核: the ranking of a campaign, the sheet of a unit, and what is done about them."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.organization import typed
from foundation.organization.access import opened
from foundation.organization.identity import actor_of
from foundation.organization.models import Unit
from foundation.organization.pages import page_of
from foundation.organization.posts import UNIT_POSTS
from foundation.organization.refusals import Refused, told_in
from workflows.plans.models import Plan, office_decides, office_works
from workflows.plans.permissions import sees_plan

from ..assessment import keeping, pages, papers
from ..assessment.forms import AdjustForm, AppealForm, DecideForm
from ..assessment.report import scheme_of
from ..facts import sees_unit
from ..models import Adjustment, Appeal, Assessment
from ..permissions import objects_to


@require_safe
@login_required
def assessment(request: HttpRequest, pk: int) -> HttpResponse:
    plan, actor, today = _plan(request, pk), actor_of(request), timezone.localdate()
    versions = pages.versions_of(plan)
    version = _version(request, plan)
    words = typed.words(request.GET.get("q", ""))
    results = pages.results_of(plan, version, today)
    rows = pages.rows_of(results, pages.seen_units(actor, today), words)
    context = {
        "section": "plans", "plan": plan, "version": version, "versions": versions, "scheme": scheme_of(plan, today),
        "page": page_of(request, cast(Any, rows), unit="个单位"), "q": words, "own": actor.post_code in UNIT_POSTS,
        "appeals": Appeal.objects.filter(assessment__plan=plan, state="filed").select_related("unit", "assessment")
        if actor.post_code not in UNIT_POSTS else [],
    } | pages.rights_of(plan, actor, today)  # fmt: skip
    return render(request, "tracking/assessment.html", context)


@require_safe
@login_required
def assessment_unit(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    plan, unit = _plan(request, pk), _unit(request, code)
    version = _version(request, plan)
    context = {"section": "plans", "plan": plan, "unit": unit, "version": version}
    return render(
        request,
        "tracking/assessment_unit.html",
        context | pages.sheet_of(plan, unit, version, actor_of(request)),
    )


@require_safe
@login_required
def assessment_sheet(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    plan, unit, today = _plan(request, pk), _unit(request, code), timezone.localdate()
    version = _version(request, plan)
    result = next((one for one in pages.results_of(plan, version, today) if one["unit"] == code), None)
    if result is None:
        raise Http404("这个单位不参加本活动的考核。")
    paper = papers.sheet(plan, unit, result, version, scheme_of(plan, today))
    return HttpResponse(paper, content_type="application/pdf", headers={"Content-Disposition": "inline"})


@require_http_methods(["GET", "POST"])
@login_required
def assessment_fix(request: HttpRequest, pk: int) -> HttpResponse:
    plan = opened(request, Plan.objects.defer("text", "reading"), pk, office_decides)
    says = "现在的得分和名次作为新的一版保存，各单位看到后可以在申诉期内提出复核。定稿后不能修改，更正写入下一版。"

    def act(given: dict[str, Any]) -> None:
        keeping.fix(plan=pk, **_who(request))

    return _act(
        request,
        forms.Form,
        act,
        "已定稿，各单位可以查看。",
        "assessment",
        [pk],
        plan=plan,
        label="定稿",
        says=says,
    )


@require_POST
@login_required
def assessment_circular(request: HttpRequest, pk: int) -> HttpResponse:
    plan = opened(request, Plan.objects.defer("text", "reading"), pk, office_works)
    version = Assessment.objects.filter(plan=plan).first()
    if version is None:
        messages.error(request, "还没有定稿，先定稿再起草通报。")
        return redirect("assessment", pk)
    messages.success(request, "已起草通报，请核对后送核。")
    return redirect("draft_edit", papers.draft_circular(version=version, **_who(request)))


@require_http_methods(["GET", "POST"])
@login_required
def adjustment_new(request: HttpRequest, pk: int) -> HttpResponse:
    plan = opened(request, Plan.objects.defer("text", "reading"), pk, office_works)
    scheme = scheme_of(plan, timezone.localdate())
    units = Unit.objects.filter(tasks__plan=plan).exclude(kind=Unit.Kind.OFFICE).distinct()

    def form(data: Any) -> forms.Form:
        return AdjustForm(data, scheme=scheme, units=units, initial={"unit": request.GET.get("unit")})

    def act(given: dict[str, Any]) -> None:
        given |= {"unit": given["unit"].pk, "points": given["points"] or 0}
        keeping.adjust(plan=pk, **given, **_who(request))

    says = "加分有单项和合计上限；一票否决不改分数，只定等次。都会写明事由，印在得分表上。"
    return _act(
        request, form, act, "已登记。", "assessment", [pk], plan=plan, label="登记加分或否决", says=says
    )


@require_POST
@login_required
def adjustment_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Adjustment.objects.select_related("unit", "plan"), pk=pk)
    opened(request, Plan.objects.defer("text", "reading"), row.plan_id, office_works)
    try:
        keeping.withdraw(adjustment=pk, **_who(request))
        messages.success(request, "已撤销，记录仍保留。")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("assessment_unit", row.plan_id, row.unit.code)


@require_http_methods(["GET", "POST"])
@login_required
def assessment_appeal(request: HttpRequest, pk: int, code: str, rule: str) -> HttpResponse:
    plan, unit = _plan(request, pk), _unit(request, code)
    if not objects_to(unit, actor_of(request), timezone.localdate()):
        raise PermissionDenied(objects_to.says)
    version = Assessment.objects.filter(plan=plan).first()
    name = pages.names_of(scheme_of(plan, timezone.localdate())).get(rule, rule)
    if version is None or rule not in keeping.losses_of(version, code):
        raise Http404("这一项没有可以申诉的扣分。")

    def act(given: dict[str, Any]) -> None:
        keeping.appeal(assessment=version.pk, unit=unit.pk, rule=rule, **given, **_who(request))

    says = f"对“{name}”的扣分提出异议，由安委办主任复核；每项每版只能提出一次。"
    return _act(
        request,
        AppealForm,
        act,
        "已提出，等待复核。",
        "assessment_unit",
        [pk, code],
        plan=plan,
        label="提出复核申诉",
        says=says,
    )


@require_http_methods(["GET", "POST"])
@login_required
def appeal_decide(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Appeal.objects.select_related("assessment", "unit"), pk=pk)
    plan = opened(request, Plan.objects.defer("text", "reading"), row.assessment.plan_id, office_decides)
    lost = keeping.losses_of(row.assessment, row.unit.code).get(row.rule)
    name = pages.names_of(scheme_of(plan, timezone.localdate())).get(row.rule, row.rule)

    def act(given: dict[str, Any]) -> None:
        keeping.decide(appeal=pk, **given, **_who(request))

    says = f"{row.unit}对“{name}”（扣 {lost} 分）的申诉：{row.reason}"
    done = "已复核；更正的分值计入下一版。"
    return _act(
        request, DecideForm, act, done, "assessment", [plan.pk], plan=plan, label="复核申诉", says=says
    )


def _act(
    request: HttpRequest, form_of: Any, act: Any, done: str, then: str, at: list[Any], *, plan: Plan, label: str, says: str
) -> HttpResponse:  # fmt: skip
    """A small page with its consequence in words; what was typed stays when it is refused."""
    form = form_of(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        with told_in(form):
            act(form.cleaned_data)
            messages.success(request, done)
            return redirect(then, *at)
    context = {"section": "plans", "plan": plan, "form": form, "label": label, "says": says}
    return render(request, "tracking/assessment_act.html", context, status=422 if form.is_bound else 200)


def _who(request: HttpRequest) -> dict[str, Any]:
    return {"actor": actor_of(request), "at": timezone.now()}


def _plan(request: HttpRequest, pk: int) -> Plan:
    return opened(request, Plan.objects.defer("text", "reading"), pk, sees_plan)


def _unit(request: HttpRequest, code: str) -> Unit:
    unit = get_object_or_404(Unit, code=code)
    if not sees_unit(unit, actor_of(request), timezone.localdate()):
        raise PermissionDenied(sees_unit.says)
    return unit


def _version(request: HttpRequest, plan: Plan) -> Assessment | None:
    """The one asked for; without a word the newest, with `now` what stands at the moment."""
    wanted, rows = request.GET.get("version", ""), Assessment.objects.filter(plan=plan)
    if number := typed.number(wanted):
        return rows.filter(number=number).first()
    return None if wanted == "now" else rows.first()
