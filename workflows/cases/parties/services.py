"""Recording parties, acts, decisions and evidence: the one lock, check, change and journal of all of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db import transaction as tx
from django.utils import timezone

from foundation.organization.actors import Actor
from foundation.organization.models import Unit
from foundation.organization.refusals import Refused

from ..models import Act, Case, Decision, Party
from ..models.kept import Kept
from ..register import locked
from .decision_faults import Weighed
from .facts import ActFacts, DecisionFacts, EvidenceFacts, Facts, HarmFacts, PartyFacts
from .faults import Place, of_act, of_evidence, of_harm, of_party
from .keeping import keep, refuse

WEIGHED = {"party", "act", "article", "stage", "amount", "gains"}  # what a reason to leave the range was for


def add_row(*, case: int, facts: Facts, actor: Actor, at: dt.datetime) -> int:
    told = facts.stored(at)
    with tx.atomic():
        there = locked(case, actor, at)
        refuse(_faults(told, there, at, None))
        made = told.model._base_manager.create(case=there, by_id=actor.post or 0, **told.values())
        told.attach(made.pk, actor, at)
        keep(f"add_{made._meta.model_name}", there, made, actor, at, words=told.words())
        return made.pk


def change_row(*, case: int, row: int, facts: Facts, actor: Actor, at: dt.datetime) -> None:
    told = facts.stored(at)
    with tx.atomic():
        there = locked(case, actor, at)
        kept = live(told.model, there, row)
        refuse(_faults(told, there, at, row))
        values = told.values() | _forgotten(kept, told)
        for name, value in values.items():
            setattr(kept, name, value)
        kept.save(update_fields=list(values))
        told.attach(row, actor, at)
        keep(f"change_{kept._meta.model_name}", there, kept, actor, at, words=told.words())


@tx.atomic
def strike_row(*, case: int, model: type[Kept], row: int, why: str, actor: Actor, at: dt.datetime) -> None:
    """It stays, struck out with the reason; the answer of the checker follows from the others."""
    there = locked(case, actor, at)
    kept = live(model, there, row)
    refuse(_hangs_on(kept))
    if not why.strip():
        raise Refused("请写明划去的原因。")
    kept.struck_at, kept.struck_by_id, kept.struck_why = at, actor.post, why.strip()[:200]
    kept.save(update_fields=["struck_at", "struck_by", "struck_why"])
    keep(f"strike_{kept._meta.model_name}", there, kept, actor, at, words={"reason": kept.struck_why})


@tx.atomic
def tell_harm(*, case: int, facts: HarmFacts, actor: Actor, at: dt.datetime) -> None:
    """What was done and what suggests a crime: fines by level of the accident and the referral follow."""
    there = locked(case, actor, at)
    refuse(of_harm(facts))
    for name, value in facts.values().items():
        setattr(there, name, value)
    keep("harm", there, None, actor, at, words={}, changes=facts.values())


def live(model: type[Kept], case: Case, row: int) -> Any:
    found = model._base_manager.filter(case=case, pk=row, struck_at=None).first()
    if found is None:
        raise Refused("这一条已经划去或不属于本案，请刷新后查看。")
    return found


def _faults(facts: Facts, case: Case, at: dt.datetime, row: int | None) -> Iterator[str]:
    if isinstance(facts, PartyFacts):
        return of_party(facts, Place(case, row))
    if isinstance(facts, ActFacts):
        return of_act(facts, Place(case, row))
    if isinstance(facts, EvidenceFacts):
        return of_evidence(facts, timezone.localdate(at))
    assert isinstance(facts, DecisionFacts)
    # Of two cases of a unit that are told the same number at once, one hears of the other.
    Unit.objects.select_for_update(no_key=True).get(pk=case.unit_id)
    return Weighed(facts, case, at, row).faults()


def _forgotten(kept: Kept, facts: Facts) -> dict[str, Any]:
    """A reason to leave the range goes with the figures it was for."""
    if not isinstance(kept, Decision) or not isinstance(facts, DecisionFacts):
        return {}
    same = all(
        getattr(kept, f"{name}_id" if name in ("party", "act") else name) == getattr(facts, name)
        for name in WEIGHED
    )
    return {} if same else {"overruled": ""}


def _hangs_on(kept: Kept) -> Iterator[str]:
    """What would be left without its ground."""
    standing = Decision.objects.filter(struck_at=None)
    if isinstance(kept, Party):
        if standing.filter(party=kept).exists():
            yield "对这个当事人还有处罚决定，请先划去决定。"
        if Party.objects.filter(of=kept, struck_at=None).exists():
            yield "还有个人登记在这个单位名下，请先修改或划去。"
    if isinstance(kept, Act) and standing.filter(act=kept).exists():
        yield "对这个违法行为还有处罚决定，请先划去决定。"
