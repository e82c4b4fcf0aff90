"""文书 on the page of a case: what may be made, what is missing for it, what was made."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models.fields.json import KT
from django.urls import reverse

from documents.models import Document
from documents.papers_about import papers_about

from ..standing import Standing
from .catalogue import offered
from .dossier import Dossier
from .kinds import About, Paper
from .services import LABEL

Of = tuple[str, int]  # code of the paper, id of the decision or 0
KEPT = ("paper", "about", "number")  # of the content of a document


def papers_shown(
    stands: Standing, shown: Mapping[str, Any], *, works: bool, seat: int, day: dt.date
) -> list[tuple[str, list[dict[str, Any]]]]:
    """[(heading, rows)]; `shown` are the rows of the case as parties/showing.py read them. Three queries more."""
    rows = ([one["row"] for one in shown[name]] for name in ("parties", "acts", "decisions", "evidence"))
    dossier = Dossier(stands, *rows)
    made = _made(stands.case.pk, seat, day)
    found = [(group, _row(paper, about, made, works)) for group, paper, about in offered(dossier)]
    listed = [one for one in found if works or one[1]["made"]]
    return [(group, [row for _, row in of]) for group, of in groupby(listed, itemgetter(0))]


def _row(paper: Paper, about: About, made: Mapping[Of, list[dict[str, Any]]], works: bool) -> dict[str, Any]:
    decided = about.decision
    of = [paper.code, *([decided.pk] if decided else [])]
    return {
        "name": paper.name, "about": f"{decided.number} {decided.party.name}" if decided else paper.says,
        "missing": list(paper.missing(about)) if works else [],
        "url": reverse("case_paper", args=[about.dossier.case.pk, *of]) if works else "",
        "made": made[(paper.code, decided.pk if decided else 0)],
    }  # fmt: skip


def _made(case: int, seat: int, day: dt.date) -> Mapping[Of, list[dict[str, Any]]]:
    """Every document of the case that this seat may read, with its number, the latest first."""
    papers = papers_about(
        LABEL, case, seat=seat, day=day
    )  # first: what is registered between is told next time
    about = Document.objects.filter(subject=LABEL, subject_id=case)
    kept = {pk: told for pk, *told in about.values_list("pk", *(KT(f"content__{name}") for name in KEPT))}
    found: dict[Of, list[dict[str, Any]]] = defaultdict(list)
    for one in papers:
        code, decision, number = kept[one.document.pk]
        said = one.document.full_number or number
        told = {"document": one.document, "file": one.file, "standing": one.standing, "number": said}
        found[(code, int(decision))].append(told)
    return found
