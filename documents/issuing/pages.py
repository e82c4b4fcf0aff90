"""What the pages of drafts show."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from approvals.waiting import asks, pending_of, waits_for
from foundation.files.services import files_of
from foundation.organization.actors import Actor
from foundation.organization.models import Unit

from ..models import Draft, DraftProcess
from ..services import file_of
from .acting import offered
from .content import LABEL
from .making import making_of
from .permissions import writes_draft
from .places import keepers_of, names_of
from .timeline import timeline_of_draft

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


def page_of_draft(draft: Draft, actor: Actor) -> dict[str, Any]:
    processes = DraftProcess.objects.filter(draft=draft)
    pending = pending_of(processes)
    doings = offered(draft, actor)
    return {
        "section": "archive", "draft": draft, "light": LIGHTS[draft.state], "steps": steps_of(draft),
        "timeline": timeline_of_draft(draft.pk), "files": files_of(LABEL, draft.pk), "edits": "send" in doings,
        "first": {do: one for do, one in doings.items() if one.first},
        "more": {do: one for do, one in doings.items() if not one.first},
        "waits_for": waits_for(processes) if pending else "",
        "approval": pending if pending and asks(pending, actor) else None,
        "places": _places(draft),
        "cosigners": Unit.objects.filter(code__in=draft.cosigners) if draft.cosigners else (),
        "paper": file_of(draft.document_id), "making": making_of(draft.document) if draft.state == Draft.State.ISSUED else {},
        "remakes": writes_draft(draft, actor, timezone.localdate()),
    }  # fmt: skip


def _places(draft: Draft) -> list[dict[str, Any]]:
    """Of a joint paper: what each organ put, or who is asked for its seal."""
    rows = list(draft.places.select_related("organ", "seal", "by__person")) if draft.joint else []
    waits = draft.state == Draft.State.REGISTERED
    kept = keepers_of((one.organ for one in rows if one.at is None), timezone.localdate()) if waits else {}
    return [
        {"place": one, "waits": waits and one.at is None, "keepers": names_of(kept.get(one.organ.code, ()))}
        for one in rows
    ]


def steps_of(draft: Draft) -> list[tuple[str, bool]]:
    """起草 → **核签** → …: each with whether the draft is there."""
    return [(label, draft.state in states) for label, states in STEPS]
