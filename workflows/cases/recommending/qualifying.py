"""Why a case qualifies as 一案双罚 or 行刑衔接, or what is missing: told from what is recorded of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from documents.layout.dates import chinese_date

from ..kinds import CaseKind
from ..models import Case, Decision, Party
from ..parties.told import answer, rows_of
from ..register import standing
from ..standing import Standing

STEP = {CaseKind.DOUBLE_PENALTY: "decided", CaseKind.REFERRAL: "handed_over"}


@dataclass(frozen=True)
class Basis:
    """`ok` is None where the record does not tell; `on` is the day of the decision or the hand-over."""

    ok: bool | None
    says: tuple[str, ...]
    on: dt.date | None = None


def basis_of(case: Case, kind: str, at: dt.datetime) -> Basis:
    return told(standing(case, at), kind)


def told(stands: Standing, kind: str) -> Basis:
    if kind == CaseKind.DOUBLE_PENALTY:
        rows = rows_of(stands.case)
        if rows.decisions:
            found = answer(stands.pack.penalties, stands.case, rows).double
            valid = [one for one in rows.decisions if one.annulled_on is None]
            on = max((one.date for one in valid), default=None)
            return Basis(found.qualifies, (*_fined(valid), *found.missing), on)
    return _by_step(stands, kind)


def _fined(decisions: list[Decision]) -> list[str]:
    """Numbers alone: whom they are about stands in the case."""
    said = []
    for kind in Party.Kind:
        if numbers := [one.number for one in decisions if one.party.kind == kind]:
            said.append(f"对{kind.label}的处罚决定：{'、'.join(numbers)}。")
    return said


def _by_step(stands: Standing, kind: str) -> Basis:
    step = stands.pack.steps[STEP[CaseKind(kind)]]
    done = [one.at for one in stands.told if one.step == step.code]
    if not done:
        return Basis(False, (f"本案还没有记录“{step.name}”。",))
    on = timezone.localdate(done[-1])
    says = f"{chinese_date(on)}{step.name}。"  # kept for years: with the year
    if kind == CaseKind.REFERRAL:
        return Basis(True, (says,), on)
    return Basis(None, (says, "处罚决定没有登记，是否对单位和个人都作了处罚，请对照决定书核对。"), on)
