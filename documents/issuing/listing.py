"""文稿 as a list: what is looked for."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Q, QuerySet

from foundation.organization import typed

from ..models import Document, Draft
from ..models.draft import OPEN

CHIPS: dict[str, tuple[str, Q]] = {
    "open": ("草稿", Q(state__in=OPEN)),
    "moving": (
        "办理中",
        Q(state__in=["in_approval", "signed", "signing_again", "checked", "registered", "sealed"]),
    ),
    "out": ("已印发", Q(state__in=["issued", "archived"])),
    "void": ("已作废", Q(state="void")),
    "all": ("全部", Q()),
}
KINDS = dict(Document.OFFICIAL)


def drafts_found(rows: QuerySet[Draft], wanted: Mapping[str, str]) -> QuerySet[Draft]:
    """`wanted`: q (words of the title or 代字), only (of CHIPS), kind. What makes no sense filters nothing."""
    rows = rows.filter(CHIPS.get(wanted.get("only", ""), CHIPS["open"])[1])
    if wanted.get("kind") in KINDS:
        rows = rows.filter(kind=wanted["kind"])
    if words := typed.words(wanted.get("q", "")):
        rows = rows.filter(Q(title__icontains=words) | Q(code__icontains=words))
    return rows
