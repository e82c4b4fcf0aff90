"""What the pages of drafts show."""

from __future__ import annotations

from typing import Any

from foundation.journal.models import Entry
from foundation.journal.verbs import says

from ..models import Draft
from .services import LABEL

LIGHTS = {  # by state
    "drafting": "idle", "in_approval": "ok", "returned": "near", "withdrawn": "idle", "signed": "ok", "signing_again": "ok",
    "checked": "ok", "registered": "ok", "sealed": "ok", "issued": "done", "archived": "done", "void": "idle",
}  # fmt: skip
STEPS = (  # as the head of the page shows them: label, the states in which it is under way
    ("起草", ("drafting", "returned", "withdrawn")),
    ("核签", ("in_approval", "signing_again")),
    ("复核", ("signed",)),
    ("登记编号", ("checked",)),
    ("用印", ("registered",)),
    ("印发", ("sealed",)),
    ("归档", ("issued",)),
)


def steps_of(draft: Draft) -> list[tuple[str, bool]]:
    """起草 → **核签** → …: each with whether the draft is there."""
    return [(label, draft.state in states) for label, states in STEPS]


def timeline_of(draft: Draft) -> list[dict[str, Any]]:
    """From the journal, the latest first."""
    entries = Entry.objects.filter(target=LABEL, target_id=draft.pk).order_by("-seq")
    return [_told(one) for one in entries.select_related("actor", "behalf__person")]


def _told(one: Entry) -> dict[str, Any]:
    words = one.words or {}
    return {
        "state": "returned" if one.verb.endswith(("send_back", "void")) else "past",
        "who": one.actor.name if one.actor else "系统",
        "behalf": one.behalf.person.name if one.behalf else "",
        "does": says(one.verb),
        "opinion": words.get("opinion") or words.get("reason", ""),
        "at": one.at,
    }
