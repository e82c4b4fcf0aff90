"""What the pages of one 件 show."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from foundation.files.models import Attachment
from foundation.journal.timeline import timeline_of
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
        "timeline": timeline_of(item),
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
