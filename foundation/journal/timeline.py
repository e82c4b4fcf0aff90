"""办理过程 of one target: its journal, as components/timeline.html takes it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from .models import Entry, Journaled
from .verbs import says

BACK = {"send_back", "decline", "void"}  # what did not go on


def timeline_of(row: Journaled) -> list[dict[str, Any]]:
    """The latest first."""
    return [line_of(one) for one in entries_of(row._meta.label_lower, row.pk).reverse()]


def entries_of(target: str, pk: int) -> QuerySet[Entry]:
    """In the order in which they were written, with everything that `line_of` reads."""
    rows = Entry.objects.filter(target=target, target_id=pk).order_by("seq")
    return rows.select_related("actor", "behalf__person")


def line_of(entry: Entry) -> dict[str, Any]:
    words = entry.words or {}
    return {
        "state": "returned" if entry.verb.rpartition(".")[2] in BACK else "past",
        "who": entry.actor.name if entry.actor else "系统",
        "behalf": entry.behalf.person.name if entry.behalf else "",
        "does": says(entry.verb),
        "opinion": words.get("opinion") or words.get("reason", ""),
        "at": entry.at,
    }
