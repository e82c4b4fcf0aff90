"""规则: every rule with its source; 推算: the dates that follow from one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from foundation.organization.access import only
from foundation.organization.forms import InstantField
from foundation.organization.posts import OFFICE_POSTS, OVERSEERS, UNIT_POSTS, Post
from foundation.organization.services import working_calendar

from ..bases.chosen import chosen_laws
from ..loading import every_pack, newest
from ..models import Case
from ..pack import Basis, ClockRule, Pack, counted
from ..rule_words import (
    TRACKS,
    WHO,
    advice_said,
    basis_said,
    clock_when,
    fine_said,
    gate_when,
    limit_said,
    names,
)  # fmt: skip
from ..what_if import Following, starters, what_if

SAYS = "规则给各单位、安委办、领导、审计员和系统管理员看。"
LOADERS = (Post.ADMINISTRATOR, Post.OFFICE_HEAD)
READERS = (*UNIT_POSTS, *OFFICE_POSTS, *OVERSEERS, Post.ADMINISTRATOR)
PARTS = {
    "clocks": "时限", "gates": "程序条件", "effects": "两轨衔接", "file": "移送材料", "fines": "罚款幅度", "triggers": "须核查是否移送",
    "advice": "决定书告知", "laws": "法规",
}  # fmt: skip
AGENCIES = Case.Agency.choices


def section_of(request: HttpRequest) -> str:
    """Who has cases finds the rules beside them."""
    return "cases" if request.identity.post in (*UNIT_POSTS, *OFFICE_POSTS) else "rules"  # type: ignore[attr-defined]


@require_safe
@only(*READERS, says=SAYS)
def rules(request: HttpRequest) -> HttpResponse:
    """The newest version of the pack, or the one asked for, as it binds a kind of agency."""
    every = list(reversed(every_pack()))
    known = {f"{one.code}-{one.version}": one for one in every}
    pack = known.get(request.GET.get("pack", ""), every[0])
    agency = request.GET.get("agency") if request.GET.get("agency") in dict(AGENCIES) else "emergency"
    part = request.GET.get("part") if request.GET.get("part") in PARTS else "clocks"
    told = _told(pack.for_agency(str(agency)), chosen_laws())
    here = f"?pack={pack.code}-{pack.version}"
    context = {
        "section": section_of(request), "pack": pack, "editable": request.identity.post in LOADERS,  # type: ignore[attr-defined]
        "packs": every if len(every) > 1 else [],
        "chips": [
            {"url": f"{here}&agency={code}&part={part}", "label": label, "current": code == agency}
            for code, label in AGENCIES
        ],
        "tabs": [
            {"url": f"{here}&agency={agency}&part={code}", "label": label, "count": len(told[code]), "current": code == part}
            for code, label in PARTS.items()
        ],
        "part": part, **told,
    }  # fmt: skip
    return render(request, "cases/rules.html", context)


def _told(pack: Pack, chosen: Mapping[str, str]) -> dict[str, Any]:
    levels = {one.code: one.name for one in pack.penalties.levels}
    return {
        "clocks": [
            _clock(pack, rule, basis, chosen.get(rule.rule)) for rule in pack.clocks for basis in rule.bases
        ],
        "gates": [
            {"step": pack.steps[gate.step], "track": TRACKS[pack.steps[gate.step].track], "why": gate.why,
             "when": gate_when(pack, gate), "basis": pack.cite(*gate.cites)}
            for gate in pack.gates
        ],
        "effects": [
            {"step": pack.steps[one.step].name, "track": TRACKS[one.track], "note": one.note, "until": names(pack, one.until),
             "basis": pack.cite(*one.cites), "verified": one.verified}
            for one in pack.effects
        ],
        "file": [(paper.name, pack.cite(paper.cite)) for paper in pack.file],
        "fines": [fine_said(fine, levels) for fine in pack.penalties.fines],
        "triggers": [
            (one.article or "造成的损害", pack.penalties.offences[one.offence].name, pack.cite(one.cite))
            for one in pack.penalties.triggers
        ],
        "advice": [
            {"text": advice_said(one), "basis": pack.cite(*one.cites), "verified": one.verified} for one in pack.advice
        ],
        "laws": pack.laws.values(),
    }  # fmt: skip


def _clock(pack: Pack, rule: ClockRule, basis: Basis, law: str | None) -> dict[str, Any]:
    return {
        "rule": rule.rule, "name": rule.name, "who": WHO[rule.who], "starts": names(pack, rule.starts),
        "ends": names(pack, rule.ends), "limit": basis_said(pack, basis),
        "when": clock_when(rule), "basis": pack.cite(*basis.cites), "verified": basis.verified, "left_out": basis not in counted(rule, law),
    }  # fmt: skip


class WhatIfForm(forms.Form):
    step = forms.ChoiceField(label="从哪一步算起")
    at = InstantField(label="时间")

    def __init__(self, pack: Pack, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        step: Any = self.fields["step"]
        step.choices = [
            (one, f"{pack.steps[one].name}（{TRACKS[pack.steps[one].track]}）") for one in starters(pack)
        ]


@require_safe
@only(*READERS, says=SAYS)
def rules_what_if(request: HttpRequest) -> HttpResponse:
    pack, now = newest().for_agency("emergency"), timezone.localtime()
    form = WhatIfForm(pack, request.GET or None, initial={"at": now.replace(second=0, microsecond=0)})
    rows: list[dict[str, Any]] = []
    years: list[int] = []
    if form.is_bound and form.is_valid():
        at = timezone.localtime(form.cleaned_data["at"])
        calendar = working_calendar(at.year - 1, at.year + 2)
        found = what_if(pack, form.cleaned_data["step"], at, calendar, chosen_laws())
        rows = [_following(pack, one) for one in found]
        years = calendar.missing(*{one.due.year for one in found})
    context = {"section": section_of(request), "form": form, "rows": rows, "pack": pack, "missing": years}
    return render(request, "cases/what_if.html", context, status=422 if form.errors else 200)


def _following(pack: Pack, one: Following) -> dict[str, Any]:
    return {
        "due": one.due, "name": one.rule.name, "rule": one.rule.rule, "who": WHO[one.rule.who],
        "after": names(pack, [one.after]), "starts": one.starts, "first": one.depth == 0,
        "limit": limit_said(one.basis.limit), "when": clock_when(one.rule),
        "basis": pack.cite(*one.basis.cites), "verified": one.basis.verified,
    }  # fmt: skip
