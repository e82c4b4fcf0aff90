"""填写, 生成: what people do with a paper of a case. Whoever works on the case may."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from django.db import transaction as tx

from documents.models import Document
from documents.services import register_document
from foundation.journal.moves import record
from foundation.organization.actors import Actor
from foundation.organization.refusals import Refused

from ..models import Case, PaperDraft
from ..register import locked
from .catalogue import PAPERS
from .dossier import Dossier, dossier_of
from .kinds import NUMBER, About, Paper

LABEL = "cases.case"  # what documents of a case are about


@tx.atomic
def keep_draft(
    *, case: int, paper: str, about: int, typed: Mapping[str, str], actor: Actor, at: dt.datetime
) -> None:
    """For oneself or a successor; a draft is nothing that happened, so no journal tells of it."""
    locked(case, actor, at)
    _keep(case, paper, about, typed, actor)


@tx.atomic
def make_paper(
    *, case: int, paper: str, about: int, typed: Mapping[str, str], actor: Actor, at: dt.datetime
) -> int:
    """Returns the document's id. Raises Refused with everything that is missing."""
    row = locked(case, actor, at)
    kind, subject = PAPERS[paper], about_of(dossier_of(row, at), PAPERS[paper], about)
    if subject is None:
        raise Refused("这份文书现在不适用于本案，请刷新后查看。")
    if faults := list(missing(kind, subject, typed)):
        raise Refused(f"还不能生成：{'；'.join(faults)}。")
    document = _register(row, kind, subject, typed, actor, at)
    _keep(case, paper, about, {**typed, **_number(kind, document)}, actor)
    record(
        Case, case, "paper", actor=actor, at=at, data={"paper": paper, "document": document}
    ).all_or_refuse()
    return document


def about_of(dossier: Dossier, paper: Paper, about: int) -> About | None:
    """None where the case, or the decision, has no such paper."""
    if not paper.offered(dossier):
        return None
    if not paper.each:
        return About(dossier) if not about else None
    return next((About(dossier, one) for one in dossier.valid if one.pk == about), None)


def missing(paper: Paper, about: About, typed: Mapping[str, str]) -> Iterator[str]:
    yield from paper.missing(about)
    for line in paper.fields(about):
        if line.required and not typed.get(line.name, "").strip():
            yield f"没有填写“{line.label}”"
    unit = about.dossier.case.unit
    if paper.mark and not typed.get(NUMBER.name) and not unit.document_code:
        yield f"{unit.short_name}没有设置机关代字，不能自动编号，请填写“{NUMBER.label}”"


def _register(
    row: Case, paper: Paper, about: About, typed: Mapping[str, str], actor: Actor, at: dt.datetime
) -> int:
    """A number that was typed is printed; the register gives one where none was."""
    given = {line.name: typed.get(line.name, "") for line in paper.fields(about)}
    parts = paper.build(about, given)
    number = given.get(NUMBER.name, "")
    for part in parts if number else ():
        if "writ" in part and part["writ"].get("number", "") is None:
            part["writ"]["number"] = number
    of = about.decision.pk if about.decision else 0
    name = f"{paper.name}（{about.decision.party.get_kind_display()}）" if about.decision else paper.name
    return register_document(
        kind=Document.Kind.CASE_PAPER, title=f"{row.title}{name}", organ=row.unit, unit=row.unit, subject=LABEL,
        subject_id=row.pk, actor=actor, at=at, mark=paper.mark,
        content={"paper": paper.code, "about": of, "number": number, "parts": parts},
        numbered=bool(paper.mark) and not number,
    )  # fmt: skip


def _number(paper: Paper, document: int) -> dict[str, str]:
    """Made again it has the same number, unless another is asked for."""
    given = Document.objects.only("code", "year", "number").get(pk=document).full_number
    return {NUMBER.name: given} if paper.mark and given else {}


def _keep(case: int, paper: str, about: int, typed: Mapping[str, str], actor: Actor) -> None:
    values = {"typed": dict(typed), "by_id": actor.post}
    PaperDraft.objects.update_or_create(case_id=case, paper=paper, about=about, defaults=values)


def draft_of(case: int, paper: str, about: int) -> dict[str, str]:
    kept = PaperDraft.objects.filter(case=case, paper=paper, about=about).first()
    return kept.typed if kept else {}
