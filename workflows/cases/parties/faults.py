"""What is wrong with a party, an act, evidence, the harm that somebody wants to record: sentences that say what to do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from ..identifiers import credit_code_fault, person_number_fault
from ..models import Case, Evidence, Party
from ..rule_words import FACTS, ROLES, STAGES
from .facts import ActFacts, EvidenceFacts, HarmFacts, PartyFacts
from .sides import on_both_sides

MOST = 10_000_000_000  # yuan: more than any fine, income or loss that a county sees
CROWD = 100_000


@dataclass(frozen=True)
class Place:
    """Where it is to stand: the case, and the row that is being changed."""

    case: Case
    row: int | None = None


def money(name: str, yuan: int) -> Iterator[str]:
    if yuan < 0:
        yield f"{name}是负数：{yuan:,}，请按元填写，没有的填 0。"
    if yuan > MOST:
        yield f"{name}超过 {MOST:,} 元，请核对是否多写了零。"


def stage(code: str) -> Iterator[str]:
    if code and code not in STAGES:
        yield "情形请从列出的里面选择。"


def of_party(told: PartyFacts, place: Place) -> Iterator[str]:
    if not told.name:
        yield "请填写当事人的名称或姓名。"
    others = Party.objects.filter(case=place.case, struck_at=None).exclude(pk=place.row or 0)
    if told.code and others.filter(code=told.code).exists():
        yield "这个代码的当事人本案已经登记，请在原来的一条上修改。"
    if told.kind == Party.Kind.ENTITY:
        yield from _of_entity(told)
    elif told.kind == Party.Kind.PERSON:
        yield from _of_person(told, place)
    else:
        yield "当事人是单位还是个人，请选择。"


def _of_entity(told: PartyFacts) -> Iterator[str]:
    if told.of or told.role or told.income is not None:
        yield "所在单位、身份和年收入只用于个人，单位请留空。"
    if told.code and (says := credit_code_fault(told.code)):
        yield says


def _of_person(told: PartyFacts, place: Place) -> Iterator[str]:
    if told.code and (says := person_number_fault(told.code)):
        yield says
    if told.role and told.role not in ROLES:
        yield "身份请从列出的里面选择。"
    if told.income is not None:
        yield from money("上一年年收入", told.income)
    rows = Party.objects.filter(case=place.case, struck_at=None)
    if told.of and not rows.filter(pk=told.of, kind=Party.Kind.ENTITY).exclude(pk=place.row or 0).exists():
        yield "所在单位不是本案的单位当事人，请先登记单位。"
    if place.row and rows.filter(of=place.row).exists():
        yield "还有个人登记在这个单位名下，不能改为个人。"
    team = place.case.team.select_related("person")
    yield from on_both_sides(team, place.case.reviewer, [told.name])


def of_act(told: ActFacts, place: Place) -> Iterator[str]:
    if not told.text:
        yield "请写明违法行为。"
    yield from stage(told.stage)


def of_evidence(told: EvidenceFacts, today: dt.date) -> Iterator[str]:
    if told.kind not in Evidence.Kind:
        yield "证据种类请从列出的里面选择。"
    if not told.name:
        yield "请写明证据的名称。"
    if told.on > today:
        yield f"取得日期 {told.on} 在将来，请改为实际取得的日期。"


def of_harm(told: HarmFacts) -> Iterator[str]:
    for name, count in (("死亡人数", told.dead), ("重伤人数", told.injured)):
        if not 0 <= count <= CROWD:
            yield f"{name}应在 0 到 {CROWD:,} 之间，请核对。"
    yield from money("直接经济损失", told.loss)
    if not {*told.facts} <= {*FACTS}:
        yield "情形请从列出的里面选择。"
