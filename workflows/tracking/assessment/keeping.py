"""What is done about an assessment: adjusting, fixing a version, objecting to it, deciding that."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django.db import transaction as tx
from django.db.models import Max
from django.utils import timezone

from documents.layout.dates import chinese_date
from foundation.journal.chain import canonical
from foundation.journal.moves import create, transition
from foundation.organization.actors import Actor
from foundation.organization.models import Unit
from foundation.organization.refusals import Refused
from foundation.organization.services import working_calendar
from workflows.plans.models import Plan, office_decides, office_works
from workflows.tasks.models import Task

from ..models import Adjustment, Appeal, Assessment
from ..permissions import objects_to
from .report import as_json, assess, plain, scheme_of
from .scheme import Scheme
from .scoring import RULE, Line, Result


@tx.atomic
def adjust(
    *, plan: int, unit: int, code: str, points: Decimal, why: str, actor: Actor, at: dt.datetime
) -> int:
    """Write a bonus or a veto down. Returns its id."""
    campaign = _plan(plan, office_works, actor, at)
    scheme = scheme_of(campaign, timezone.localdate(at))
    bonuses = {one.code: one for one in scheme.bonuses}
    if code not in bonuses and code not in {one.code for one in scheme.vetoes}:
        raise Refused("评分办法里没有这个加分或否决项目，请重新选择。")
    if code in bonuses and not 0 < points <= bonuses[code].most:
        raise Refused(f"“{bonuses[code].name}”每次加分要大于 0，不超过 {bonuses[code].most} 分。")
    if not Task.objects.filter(plan=plan, unit=unit).exists():
        raise Refused("这个单位在本活动中没有任务，不参加考核。")
    return _adjust(plan, unit, code, points if code in bonuses else Decimal(), why, actor, at)


def _adjust(plan: int, unit: int, code: str, points: Decimal, why: str, actor: Actor, at: dt.datetime) -> int:
    values = {"plan": plan, "unit": unit, "code": code, "points": points, "why": why}
    (pk,) = create(
        Adjustment, values, actor=actor, at=at, data={"code": code, "points": str(points), "why": why}
    )
    return pk


def withdraw(*, adjustment: int, actor: Actor, at: dt.datetime) -> None:
    """What the head granted on an objection, the head alone takes back."""
    row, today = Adjustment.objects.get(pk=adjustment), timezone.localdate(at)
    campaign = _plan(row.plan_id, office_works, actor, at)
    if granted(row, scheme_of(campaign, today)) and not office_decides(campaign, actor, today):
        raise Refused(office_decides.says)
    transition(Adjustment.withdraw, adjustment, actor=actor, at=at).all_or_refuse()


def granted(row: Adjustment, scheme: Scheme) -> bool:
    """Points given back after an objection; else a bonus or a veto."""
    return row.code in {one.code for one in scheme.rules}


@tx.atomic
def fix(*, plan: int, actor: Actor, at: dt.datetime) -> int:
    """定稿: keep the results as they stand as the next version; units may object for so many working days."""
    campaign, today = _plan(plan, office_decides, actor, at), timezone.localdate(at)
    Plan.objects.select_for_update().get(pk=plan)  # two at once get two numbers
    given = Task.objects.filter(plan=plan).exclude(state=Task.State.CANCELLED)
    if not given.exists():
        raise Refused("这个活动还没有下达任务，没有可以考核的内容。")
    last = given.aggregate(last=Max("due_on"))["last"] or campaign.ends_on or dt.date.min
    if last >= today:
        raise Refused(f"最后一项任务 {chinese_date(last)} 才截止，截止以后才能定稿；现在的分数仅供参考。")
    results, scheme = _results(campaign, today), scheme_of(campaign, today)
    number = (Assessment.objects.filter(plan=plan).aggregate(last=Max("number"))["last"] or 0) + 1
    digest = sha256(canonical(results).encode()).hexdigest()
    values = {
        "plan": plan, "number": number, "scheme": scheme.code, "version": scheme.version, "results": results,
        "digest": digest, "appeal_by": working_calendar().add(today, scheme.appeal_days),
    }  # fmt: skip
    (pk,) = create(Assessment, values, actor=actor, at=at, data={"number": number, "digest": digest})
    return pk


def _results(plan: Plan, today: dt.date) -> list[dict[str, Any]]:
    return [frozen(place, result) for place, result in assess(plan, today)]


def frozen(place: int, result: Result) -> dict[str, Any]:
    """As it is kept and shown. Points are text: what is digested holds no fractions of two."""
    told = as_json(result)
    lines = [_kept(line, one) for line, one in zip(result.lines, told["lines"], strict=True)]
    return told | {"place": place, "score": str(told["score"]), "lines": lines}


def _kept(line: Line, told: dict[str, Any]) -> dict[str, Any]:
    points = {"points": line.points, "of": line.of, "lost": line.of - line.points}
    named = {"name": line.name, "kind": line.kind}
    return told | named | {name: str(plain(value)) for name, value in points.items()}


@tx.atomic
def appeal(*, assessment: int, unit: int, rule: str, reason: str, actor: Actor, at: dt.datetime) -> int:
    """A unit objects to a line in which it lost points, once, within the days the scheme gives."""
    row = Assessment.objects.get(pk=assessment)
    Plan.objects.select_for_update().get(
        pk=row.plan_id
    )  # whoever objects to the same, or fixes the next version, waits
    if not objects_to(Unit.objects.get(pk=unit), actor, timezone.localdate(at)):
        raise Refused(objects_to.says)
    if timezone.localdate(at) > row.appeal_by:
        raise Refused(f"申诉期到 {chinese_date(row.appeal_by)} 为止，已经过了。")
    if Assessment.objects.filter(plan=row.plan_id, number__gt=row.number).exists():
        raise Refused("考核结果已有新的版次，请对最新一版提出。")
    code = Unit.objects.values_list("code", flat=True).get(pk=unit)
    if rule not in losses_of(row, code):
        raise Refused("这一项没有扣分，不用申诉。")
    if Appeal.objects.filter(assessment=row, unit=unit, rule=rule).exists():
        raise Refused("这一项已经提出过申诉，请等候复核。")
    values = {"assessment": row.pk, "unit": unit, "rule": rule, "reason": reason}
    (pk,) = create(Appeal, values, actor=actor, at=at, data={"rule": rule}, words={"reason": reason})
    return pk


def losses_of(row: Assessment, unit: str) -> dict[str, Decimal]:
    """Of every rule in which that unit lost points in this version, how many."""
    lines: list[dict[str, Any]] = next((one["lines"] for one in row.results if one["unit"] == unit), [])
    lost = {line["rule"]: Decimal(line["lost"]) for line in lines if line["kind"] == RULE}
    return {rule: points for rule, points in lost.items() if points}


@tx.atomic
def decide(*, appeal: int, points: Decimal, answer: str, actor: Actor, at: dt.datetime) -> None:
    """With points the line is set right in the next version; with none it stands. The answer says why either way."""
    row = Appeal.objects.select_related("assessment", "unit").select_for_update(of=("self",)).get(pk=appeal)
    lost = losses_of(row.assessment, row.unit.code).get(row.rule, Decimal())
    if not 0 <= points <= lost:
        raise Refused(f"这一项扣了 {lost} 分，更正不能超过它；维持原分请填 0。")
    move = Appeal.uphold if points else Appeal.refuse
    told = {"answer": answer}
    transition(move, appeal, actor=actor, at=at, data=told, words=told).all_or_refuse()
    if points:
        why = f"第 {row.assessment.number} 版复核更正：{answer}"[:200]
        _adjust(row.assessment.plan_id, row.unit_id, row.rule, points, why, actor, at)


def _plan(pk: int, rule: Any, actor: Actor, at: dt.datetime) -> Plan:
    plan = Plan.objects.defer("text", "reading").get(pk=pk)
    if not rule(plan, actor, timezone.localdate(at)):
        raise Refused(rule.says)
    return plan
