"""选定依据: where laws disagree, which of them counts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from foundation.organization.access import only
from foundation.organization.identity import actor_of
from foundation.organization.refusals import told_in

from ..bases.choosing import choose_bases
from ..bases.chosen import chosen_laws
from ..bases.disputes import Dispute, disputes
from ..loading import newest
from ..models import BasisChoice
from ..pack import Basis, Pack
from ..rule_words import basis_said
from .rules import LOADERS, section_of

ONLY_LOADERS = "依据由系统管理员或安办主任选定。"
ALL = "都列出，先到的在前"


class ChoiceForm(forms.Form):
    """A field a rule, named as the rule."""

    def __init__(self, data: Any, *, pack: Pack, now: dict[str, str]) -> None:
        known = disputes(pack)
        super().__init__(data, initial={rule: now.get(rule, "") for rule in known})
        for rule, dispute in known.items():
            self.fields[rule] = forms.ChoiceField(
                label=f"{rule} {dispute.rule.name}", required=False, widget=forms.RadioSelect,
                choices=list(_choices(pack, dispute)),
            )  # fmt: skip


def _choices(pack: Pack, dispute: Dispute) -> Any:
    yield "", ALL
    for law, basis in dispute.laws.items():
        yield law, f"只按{_said(pack, basis)}"


def _said(pack: Pack, basis: Basis) -> str:
    return f"{pack.cite(*basis.cites)}：{basis_said(pack, basis)}{'' if basis.verified else '（待核）'}"


@require_http_methods(["GET", "POST"])
@only(*LOADERS, says=ONLY_LOADERS)
def rules_choose(request: HttpRequest) -> HttpResponse:
    pack = newest()
    form = ChoiceForm(request.POST or None, pack=pack, now=chosen_laws())
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            told = form.cleaned_data
            changed = choose_bases(wanted=told, pack=pack, actor=actor_of(request), at=timezone.now())
            messages.success(request, "已选定，案件的时限正在重新计算。" if changed else "没有改动。")
            return redirect("rules")
    last = BasisChoice.objects.select_related("chosen_by__person").last()
    context = {"section": section_of(request), "form": form, "last": last}
    return render(request, "cases/choose.html", context, status=422 if form.errors else 200)
