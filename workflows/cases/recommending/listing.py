"""案例推荐 as a list: what is looked for."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Q, QuerySet

from foundation.organization import typed

from ..kinds import CaseKind
from ..models import Recommendation
from ..models.recommendations import OPEN, STANDING, TAKEN

CHIPS: dict[str, tuple[str, Q]] = {
    "all": ("全部", Q()),
    "standing": ("已推荐", Q(state__in=STANDING)),
    "recommended": ("审核中", Q(state="recommended")),
    "returned": ("已退回、撤回", Q(state__in=OPEN)),
    "taken": ("已采用", Q(state__in=TAKEN)),
    "declined": ("未采用", Q(state="declined")),
}
LIGHTS = {  # by state
    "recommended": "ok", "returned": "near", "withdrawn": "idle", "declined": "refused", "accepted": "done",
    "published": "done", "archived": "done",
}  # fmt: skip


def recommendations_found(
    rows: QuerySet[Recommendation], wanted: Mapping[str, str]
) -> QuerySet[Recommendation]:
    """`wanted`: q (words of the case or the unit), only (of CHIPS), plan, unit, kind; what makes no sense is left out."""
    rows = rows.filter(CHIPS.get(wanted.get("only", ""), CHIPS["all"])[1])
    for name in ("plan", "unit"):
        if pk := typed.number(wanted.get(name, "")):
            rows = rows.filter(**{name: pk})
    if wanted.get("kind") in CaseKind.values:
        rows = rows.filter(kind=wanted["kind"])
    if words := typed.words(wanted.get("q", "")):
        rows = rows.filter(Q(case__title__icontains=words) | Q(unit__short_name__icontains=words))
    return rows
