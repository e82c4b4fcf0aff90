"""文稿 as a list: what is looked for."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Q, QuerySet

from foundation.organization import typed

from ..models import Draft
from ..models.document import OFFICIAL
from ..models.draft import MOVING, OPEN

STAGES: dict[str, dict[str, tuple[str, Q]]] = {  # by tab
    "open": {
        "open": ("草稿", Q(state__in=OPEN)),
        "void": ("已作废", Q(state="void")),
        "all": ("全部文稿", Q()),
    },
    "moving": {
        "moving": ("全部", Q(state__in=MOVING)),
        "signing": ("核签中", Q(state__in=["in_approval", "signing_again"])),
        "signed": ("待复核", Q(state="signed")),
        "checked": ("待登记编号", Q(state="checked")),
        "registered": ("待用印", Q(state="registered")),
        "sealed": ("待印发", Q(state="sealed")),
        "out": ("待归档", Q(state="issued")),
    },
}


def stage_of(wanted: Mapping[str, str]) -> tuple[str, str]:
    """The tab and the stage that `only` means; 草稿 where it means none."""
    only = wanted.get("only", "")
    return next(((tab, only) for tab, stages in STAGES.items() if only in stages), ("open", "open"))


def drafts_found(rows: QuerySet[Draft], wanted: Mapping[str, str]) -> QuerySet[Draft]:
    """`wanted`: q (words of the title or 代字), only (of STAGES), kind. What makes no sense filters nothing."""
    tab, only = stage_of(wanted)
    rows = rows.filter(STAGES[tab][only][1])
    if wanted.get("kind") in OFFICIAL:
        rows = rows.filter(kind=wanted["kind"])
    if words := typed.words(wanted.get("q", "")):
        rows = rows.filter(Q(title__icontains=words) | Q(code__icontains=words))
    return rows
