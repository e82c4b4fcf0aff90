"""What the pages of one 件 show."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from foundation.files.models import Attachment
from foundation.journal.models import Entry
from foundation.journal.verbs import says
from foundation.organization.actors import Actor

from ..models import ArchiveItem
from .forms import VoidForm
from .permissions import keeps_item
from .snapshot import differences


def page_of(item: ArchiveItem, actor: Actor, *, check: bool) -> dict[str, Any]:
    live = item.state == ArchiveItem.State.ARCHIVED
    may = live and keeps_item(item, actor, timezone.localdate())
    return {
        "section": "archive",
        "item": item,
        "files": _files(item),
        "checked": check,
        "differences": differences(item) if check else [],
        "timeline": _timeline(item),
        "form": VoidForm() if may else None,
    }


def _files(item: ArchiveItem) -> list[dict[str, Any]]:
    """As they were when it was archived, whatever became of their attachment since."""
    kept = item.content.get("files", [])
    links = Attachment.objects.in_bulk([one["attachment"] for one in kept])
    return [
        one | {"url": links[one["attachment"]].url if one["attachment"] in links else "", "note": one["role"]}
        for one in kept
    ]


def _timeline(item: ArchiveItem) -> list[dict[str, Any]]:
    entries = Entry.objects.filter(target=item._meta.label_lower, target_id=item.pk).order_by("-seq")
    return [
        {
            "state": "returned" if one.to == ArchiveItem.State.VOID else "past",
            "who": one.actor.name if one.actor else "系统",
            "does": says(one.verb),
            "opinion": (one.words or {}).get("reason", ""),
            "at": one.at,
        }
        for one in entries.select_related("actor")
    ]
