"""The first words of a publication: what is recorded of a decision or a recommended case, masked by rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from ..loading import every_pack
from ..models import Case, Decision, Party, Publication, Recommendation
from ..models.publications import OVER
from ..papers.words import day_said, party_said
from ..penalties.articles import article_said
from ..standing import pack_of
from .masking import mask
from .people import aliases
from .shapes import Known


@dataclass(frozen=True)
class Draft:
    title: str
    text: str
    people: Mapping[str, str]
    count: int  # of places that were masked


def decisions_open(case: Case) -> QuerySet[Decision]:
    """In force, not public, with no text on its way; or taken back from the public."""
    gone = Publication.objects.filter(case=case, state=Publication.State.WITHDRAWN).values("decision")
    held = Publication.objects.filter(~OVER, case=case, decision__isnull=False).values("decision")
    rows = Decision.objects.filter(
        Q(published_on=None) | Q(pk__in=gone), case=case, struck_at=None, annulled_on=None
    )
    return rows.exclude(pk__in=held).select_related("party__of", "act")


def recommendations_open(case: Case) -> QuerySet[Recommendation]:
    held = Publication.objects.filter(~OVER, case=case, recommendation__isnull=False).values("recommendation")
    rows = Recommendation.objects.filter(case=case, state=Recommendation.State.ACCEPTED)
    return rows.exclude(pk__in=held).select_related("plan")


def known_of(case: Case, people: Mapping[str, str] | None = None) -> Known:
    """Everybody whom the case ever named, those struck out too; who has an alias in `people` keeps it."""
    parties = list(Party.objects.filter(case=case))
    entities = [one for one in parties if one.kind == Party.Kind.ENTITY]
    named = aliases((one.name for one in parties if one.kind == Party.Kind.PERSON), people)
    return Known(
        named,
        (*(one.name for one in entities), case.unit.name),
        tuple(one.code for one in entities if one.code),
    )


def draft_of(case: Case, of: Decision | Recommendation) -> Draft:
    title, lines = _decided(case, of) if isinstance(of, Decision) else _typical(case, of)
    known = known_of(case)
    heading, body = mask(title, known), mask("\n".join(lines), known)
    return Draft(heading.text[:120], body.text[:5000], known.people, heading.count + body.count)


def _decided(case: Case, one: Decision) -> tuple[str, Iterable[str]]:
    rules = pack_of(case, every_pack())
    law, basis = rules.laws.get(rules.penalties.law), article_said(one.article)
    if law and rules.penalties.fines_of(one.article):  # one that the pack doesn't hold may be of any law
        basis = f"《{law.name}》{basis}"
    return f"{case.title}行政处罚决定公开", (
        f"决定书文号：{one.number}",
        f"被处罚人：{_party(one.party)}",
        f"违法事实：{one.act.text}",
        f"处罚依据：{basis}",
        f"处罚内容：{_penalty(one)}",
        f"决定机关：{case.unit.name}",
        f"决定日期：{day_said(one.date)}",
    )


def _typical(case: Case, one: Recommendation) -> tuple[str, Iterable[str]]:
    rows = Decision.objects.filter(case=case, struck_at=None, annulled_on=None).select_related("party__of")
    penalties = [f"对{_party(row.party)}：{_penalty(row)}（{row.number}）" for row in rows]
    return f"典型案例：{case.title}", (
        f"类型：{one.get_kind_display()}",
        f"办案单位：{case.unit.name}",
        f"案情：{one.summary}",
        *([f"处理结果：{'；'.join(penalties)}"] if penalties else []),
        f"典型意义：{one.merit}",
    )


def _party(one: Party) -> str:
    code = one.code if one.kind == Party.Kind.ENTITY else ""
    return party_said(one) + (f"（统一社会信用代码：{code}）" if code else "")


def _penalty(one: Decision) -> str:
    fine = f"罚款 {one.amount:,} 元" if one.amount else ""
    return "，".join(filter(None, [fine, one.other]))
