"""公文 as one place to work in: the tabs that every list of it has, with how much lies there."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

from django.db.models import Count
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from foundation.organization.counting import Counted
from foundation.organization.models import Appointment
from foundation.organization.posts import OFFICE_POSTS

from ..archiving.permissions import reads_item
from ..listing import documents_found
from ..models import ArchiveItem, Document, Draft
from ..models.draft import MOVING, OPEN
from ..permissions import reads_document
from ..sealing.permissions import REGISTER_READERS
from .permissions import READERS, sees_draft, waits_for_seal


def centre_of(request: HttpRequest, here: str) -> dict[str, Any]:
    """What `documents/_centre.html` needs; `here`: to_seal, open, moving, out, items, batches or seals."""
    seat = request.identity  # type: ignore[attr-defined]
    writes, tabs = seat.post in OFFICE_POSTS, _tabs(seat, timezone.localdate())
    return {
        "section": "archive", "writes": writes,
        "tabs": [
            {"label": label, "url": url, "count": count, "current": code == here} for code, label, url, count in tabs
        ],
    }  # fmt: skip


def _tabs(seat: Appointment, day: dt.date) -> list[tuple[str, str, str, int | None]]:
    """(code, label, address, how many): those that this person has."""
    counts = _counts(seat, day)
    found: list[tuple[str, str, str, int | None]] = [
        ("out", "已印发", reverse("archive"), counts["out"]),
        ("items", "档案", reverse("archive_items"), counts["items"]),
    ]
    if seat.post in READERS:
        states, drafts = _states(seat, day), reverse("drafts")
        found[:0] = [
            ("open", "草稿", drafts, sum(states[one] for one in OPEN)),
            ("moving", "办理中", f"{drafts}?only=moving", sum(states[one] for one in MOVING)),
        ]
        found.append(("batches", "批量印发", reverse("document_batches"), None))
    if counts["to_seal"]:
        found.insert(0, ("to_seal", "待用印", reverse("drafts_to_seal"), counts["to_seal"]))
    if seat.post in REGISTER_READERS:
        found.append(("seals", "印章", reverse("seals"), None))
    return found


def _counts(seat: Appointment, day: dt.date) -> dict[str, int]:
    """In one statement."""
    rows = {
        "out": documents_found(Document.objects.filter(reads_document.q(seat.pk, day)), {}),
        "items": ArchiveItem.objects.filter(reads_item.q(seat.pk, day)),
        "to_seal": Draft.objects.filter(waits_for_seal(seat, day)),
    }
    told = {name: Counted(found) for name, found in rows.items()}
    return dict[str, Any](Appointment.objects.filter(pk=seat.pk).values(**told).get())


def _states(seat: Appointment, day: dt.date) -> Counter[str]:
    """How many drafts stand where; those under way are few by their nature."""
    rows = Draft.objects.filter(sees_draft.q(seat.pk, day), state__in=[*OPEN, *MOVING]).order_by("state")
    return Counter(dict(rows.values_list("state").annotate(Count("pk", distinct=True))))
