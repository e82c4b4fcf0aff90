"""Lists of 延期申请: found by an address, and those that wait for the office."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Q, QuerySet

from foundation.organization import typed

from .models import Extension
from .querysets import OPEN

State = Extension.State
CHIPS: dict[str, tuple[str, Q]] = {
    "asked": ("待决定", Q(state=State.ASKED)),
    "agreed": ("已同意", Q(state=State.AGREED)),
    "refused": ("未同意", Q(state=State.REFUSED)),
    "all": ("全部", Q()),
}
LIGHTS = {State.ASKED: "near", State.AGREED: "done", State.REFUSED: "refused", State.WITHDRAWN: "idle"}


def found(rows: QuerySet[Extension], wanted: Mapping[str, str]) -> QuerySet[Extension]:
    """`wanted`: only (of CHIPS), q (words of the unit or the item). What makes no sense narrows nothing."""
    rows = rows.filter(CHIPS.get(wanted.get("only", ""), CHIPS["asked"])[1])
    if words := typed.words(wanted.get("q", "")):
        unit = Q(task__unit__short_name__icontains=words) | Q(task__unit__initials__contains=words.lower())
        rows = rows.filter(unit | Q(task__item__title__icontains=words))
    return rows.select_related("task__item", "task__unit", "asked_by__person")


def waiting() -> QuerySet[Extension]:
    """For the office to decide, the soonest due first."""
    rows = Extension.objects.filter(state=State.ASKED, task__state__in=OPEN)
    return rows.select_related("task__item", "task__unit").order_by("due_on", "pk")
