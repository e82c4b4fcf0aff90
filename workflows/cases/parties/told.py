"""Stored rows → the case that the checker reads, and its answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings

from ..models import Act, Case, Decision, Party
from ..penalties import case as told
from ..penalties import checker
from ..penalties.rules import Penalties, Trigger


@dataclass(frozen=True)
class Rows:
    """Those that were not struck out."""

    parties: Sequence[Party]
    acts: Sequence[Act]
    decisions: Sequence[Decision]


def rows_of(case: Case) -> Rows:
    there = {"case": case, "struck_at": None}
    return Rows(
        list(Party.objects.filter(**there).select_related("of")),
        list(Act.objects.filter(**there)),
        list(Decision.objects.filter(**there).select_related("party", "act")),
    )


def told_of(case: Case, rows: Rows, *, principal: bool) -> told.Case:
    return told.Case(
        {str(one.pk): _party(one) for one in rows.parties},
        tuple(_decision(one) for one in rows.decisions),
        tuple(told.Act(str(one.pk), one.article, one.stage) for one in rows.acts),
        frozenset(case.facts),
        told.Harm(case.dead, case.injured, case.loss),
        principal,
    )


def _party(one: Party) -> told.Party:
    return told.Party(str(one.pk), one.kind, one.name, str(one.of_id or ""), one.role, one.income)


def _decision(one: Decision) -> told.Decision:
    """One that is told apart with a reason is for an act of its own."""
    act = f"{one.act_id}+{one.pk}" if one.apart else str(one.act_id)
    return told.Decision(
        one.number, str(one.party_id), one.article, one.amount, act, one.stage, one.date, one.gains,
        one.annulled_on is None,
    )  # fmt: skip


@dataclass(frozen=True)
class Answer:
    double: checker.Double
    ranges: Mapping[int, checker.Checked]  # by decision
    twice: Sequence[tuple[str, str, list[str]]]
    triggers: Sequence[tuple[Trigger, str]]
    kept: Mapping[str, Any]  # beside the case, for lists: it doesn't depend on the setting


def answer(rules: Penalties, case: Case, rows: Rows) -> Answer:
    anybody = told_of(case, rows, principal=False)
    found, triggers = checker.double_penalty(rules, anybody), checker.referral(rules, anybody)
    fined = Case.Double.PRINCIPAL if found.principal else Case.Double.PERSON
    checked = zip(rows.decisions, checker.ranges(rules, anybody), strict=True)
    return Answer(
        checker.double_penalty(rules, replace(anybody, principal=settings.CASE_PRINCIPAL)),
        {one.pk: range_ for one, range_ in checked},
        checker.double_fines(rules, anybody),
        triggers,
        {"double": fined if found.qualifies else "", "crime": bool(triggers)},
    )
