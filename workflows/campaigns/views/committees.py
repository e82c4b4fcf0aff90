"""指导委员会 of one campaign: set up, its members, dissolved before its day."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from foundation.journal.timeline import entries_of, line_of
from foundation.organization import typed
from foundation.organization.access import only, opened
from foundation.organization.identity import actor_of
from foundation.organization.posts import Post
from foundation.organization.refusals import Refused, told_in
from workflows.plans.models import Plan, office_decides
from workflows.plans.permissions import sees_plan

from ..committees import services
from ..committees.forms import MemberForm, SetUpForm
from ..models import Committee, CommitteeMember


@require_http_methods(["GET", "POST"])
@login_required
def plan_committee(request: HttpRequest, pk: int) -> HttpResponse:
    """A form for the office's head where there is none that works; else its members, and a form for one more."""
    plan = opened(request, Plan.objects.defer("reading"), pk, sees_plan)
    row = plan.committees.filter(state=Committee.State.ACTIVE).first()
    decides = request.identity.post == Post.OFFICE_HEAD and plan.state in ("approved", "running", "closing")  # type: ignore[attr-defined]
    form = _form(request, plan, row) if decides else None
    if form and request.method == "POST" and form.is_valid() and _done(request, form, plan, row):
        return redirect("plan_committee", pk)
    shown = row or plan.committees.last()
    context: dict[str, Any] = {
        "section": "plans", "plan": plan, "row": shown, "form": form, "works": bool(row and decides),
        "members": shown.members.select_related("person", "seat__unit") if shown else (),
        "timeline": _timeline(shown) if shown else (),
    }  # fmt: skip
    bad = form is not None and form.is_bound and bool(form.errors)
    return render(request, "campaigns/committee.html", context, status=422 if bad else 200)


def _form(request: HttpRequest, plan: Plan, row: Committee | None) -> SetUpForm | MemberForm:
    data = request.POST or None
    if row:
        return MemberForm(data)
    return SetUpForm(data, plan=plan, count=len(services.deputies_of(plan.pk, timezone.localdate())))


def _done(request: HttpRequest, form: Any, plan: Plan, row: Committee | None) -> bool:
    given = form.cleaned_data
    by: dict[str, Any] = {"actor": actor_of(request), "at": timezone.now()}
    with told_in(form):
        if row:
            services.add_member(committee=row.pk, person=given["person"], role=given["role"], **by)
        else:
            people = services.deputies_of(plan.pk, timezone.localdate()) if given["deputies"] else []
            services.set_up(plan=plan.pk, name=given["name"], ends_on=given["ends_on"], people=people, **by)
        messages.success(request, "已增加成员。" if row else "已成立，成员从今天起可以查看各单位的进度。")
        return True
    return False


@require_POST
@only(Post.OFFICE_HEAD, says=office_decides.says)
def committee_act(request: HttpRequest, pk: int, do: str) -> HttpResponse:
    """`dissolve` the committee; or `remove`, with the number of a member."""
    row = Committee.objects.filter(pk=pk).first()
    member = typed.number(request.POST.get("member", "")) or 0
    acts: dict[str, Callable[..., None]] = {"dissolve": services.dissolve, "remove": services.remove_member}
    there = do == "dissolve" or CommitteeMember.objects.filter(pk=member, committee=pk).exists()
    if row is None or do not in acts or not there:
        raise Http404("没有这个指导委员会或成员。")
    about = {"committee": pk} if do == "dissolve" else {"member": member}
    try:
        acts[do](**about, actor=actor_of(request), at=timezone.now())
        messages.success(request, "已撤销，成员从今天起不能再查看。" if do == "dissolve" else "已免去。")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("plan_committee", row.plan_id)


def _timeline(row: Committee) -> list[dict[str, Any]]:
    return [
        line_of(one)
        for one in entries_of("campaigns.committee", row.pk).exclude(verb__endswith=".join").reverse()[:50]
    ]
