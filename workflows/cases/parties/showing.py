"""Parties, acts, decisions, evidence and the checker's answer, as the case page shows them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.urls import reverse

from foundation.files.services import attachments_of

from ..models import Act, Case, Decision, Evidence, Party, Publication
from ..models.kept import Kept
from ..models.publications import UNDER_WAY
from ..pack import Pack
from ..penalties.articles import article_said
from ..penalties.checker import Checked
from ..rule_words import FACTS, yuan_said
from ..standing import Standing
from .acting import doings
from .decision_faults import in_full
from .told import Answer, Rows, answer

REFERRED = ("suspected", "team", "reported")  # steps by which the referral has begun


def parties_shown(stands: Standing, *, works: bool) -> dict[str, Any]:
    """Five queries, however many rows there are."""
    case = stands.case
    parties = list(Party.objects.filter(case=case).select_related("of"))
    acts = list(Act.objects.filter(case=case))
    texts = Publication.objects.filter(decision=OuterRef("pk"), state__in=UNDER_WAY)
    told = Decision.objects.filter(case=case).annotate(text_open=Exists(texts))
    decisions = list(told.select_related("party", "act"))
    evidence = list(Evidence.objects.filter(case=case))
    files = attachments_of(Evidence._meta.label_lower, [one.pk for one in evidence])
    rows = Rows(_live(parties), _live(acts), _live(decisions))
    found = answer(stands.pack.penalties, case, rows)
    return {
        "parties": [_party(one, works) for one in rows.parties],
        "acts": [_act(one, stands.pack, works) for one in rows.acts],
        "decisions": [_decision(one, found.ranges[one.pk], works) for one in rows.decisions],
        "struck": [one for one in (*parties, *acts, *decisions, *evidence) if one.struck_at],
        "evidence": [
            {"row": one, "files": files.get(one.pk, ()), "menu": _menu(one, "evidence", works)}
            for one in _live(evidence)
        ],
        "harm": _harm(case),
        "double": _double(found, rows),
        "crime": _crime(stands, found),
        "full": in_full(case),
    }


def _live(rows: Iterable[Any]) -> list[Any]:
    return [one for one in rows if one.struck_at is None]


def _menu(row: Kept, kind: str, works: bool, without: Iterable[str] = ()) -> list[dict[str, str]]:
    if not works:
        return []
    case: Any = row
    at = (case.case_id, kind, row.pk)
    return [{"label": "修改", "url": reverse("case_row", args=at)}] + [
        {"label": one.label, "url": reverse("case_row_act", args=(*at, name))}
        for name, one in doings(kind).items()
        if name not in without
    ]


def _party(one: Party, works: bool) -> dict[str, Any]:
    return {"row": one, "menu": _menu(one, "party", works)}


def _act(one: Act, pack: Pack, works: bool) -> dict[str, Any]:
    known = not one.article or bool(pack.penalties.fines_of(one.article))
    return {"row": one, "known": known, "menu": _menu(one, "act", works)}


def _decision(one: Any, checked: Checked, works: bool) -> dict[str, Any]:
    without = [
        *(["publish"] if one.published_on or one.annulled_on or one.text_open else []),
        *(["annul"] if one.annulled_on else []),
        *(["overrule"] if checked.ok is not False else []),
    ]
    kind, words = _range(one, checked)
    return {
        "row": one, "kind": kind, "words": words, "known": checked.verified,
        "menu": _menu(one, "decision", works, without),
    }  # fmt: skip


def _range(one: Decision, checked: Checked) -> tuple[str, str]:
    """(kind of light, words)"""
    if not checked.fits:
        return "near", "这一条没有对这类当事人、这种情形的罚款"
    if checked.least is None or checked.most is None:
        return "idle", "缺年收入等数据，无法核对" if checked.verified else "规则里没有这一条，无法核对"
    ends = yuan_said(checked.least, checked.most)
    return ("done", f"在幅度内：{ends}") if checked.ok else ("near", f"超出幅度：{ends}")


def _harm(case: Case) -> str:
    counted = (("死亡", case.dead, "人"), ("重伤", case.injured, "人"), ("直接经济损失", case.loss, "元"))
    told = [f"{name} {count:,} {unit}" for name, count, unit in counted if count]
    return "；".join([*told, *(FACTS[one] for one in case.facts if one in FACTS)])


def _double(found: Answer, rows: Rows) -> dict[str, Any]:
    """一案双罚 line by line: what there is, what is missing."""
    double, effective = found.double, [one for one in rows.decisions if one.annulled_on is None]
    names = {one.pk: one for one in rows.parties}
    there = [("done", f"{names[one.party_id].get_kind_display()}受到处罚", one.cited) for one in effective]
    kind = "near" if double.qualifies else "idle"
    return {
        "qualifies": double.qualifies,
        "lines": there + [(kind, says, "") for says in double.missing],
        "principal": settings.CASE_PRINCIPAL,
        "fined": double.principal,
    }


def crime_shown(stands: Standing, rows: Rows) -> dict[str, Any] | None:
    """What suggests a crime, for who decides on a referral."""
    return _crime(stands, answer(stands.pack.penalties, stands.case, rows))


def _crime(stands: Standing, found: Answer) -> dict[str, Any] | None:
    if not found.triggers:
        return None
    pack = stands.pack
    begun = {one.step for one in stands.events}.intersection(REFERRED)
    return {"reasons": list(_reasons(pack, found)), "begun": bool(begun), "step": REFERRED[0]}


def _reasons(pack: Pack, found: Answer) -> Iterator[dict[str, Any]]:
    for trigger, article in found.triggers:
        offence = pack.penalties.offences[trigger.offence]
        said = "造成的损害" if trigger.threshold else article_said(article)
        yield {
            "what": said,
            "offence": offence.name,
            "basis": pack.cite(trigger.cite),
            "verified": trigger.verified,
        }
