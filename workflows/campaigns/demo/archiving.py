"""The first documents of the demo are archived, and packed as they would be handed over."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from documents.archiving.packing import start_package
from documents.archiving.permissions import archives, unarchived
from documents.archiving.services import archive_documents
from documents.models import Document
from foundation.jobs import queue
from foundation.organization.actors import Actor

SHOWN = 8  # the others are left for people to arrange


def play_archive(clerk: Actor, at: dt.datetime, *, but: list[str]) -> None:
    """`but`: jobs that are left to the worker."""
    mine = Document.objects.filter(archives.q(clerk.post, timezone.localdate(at)), unarchived())
    documents = list(mine.order_by("issued_on", "pk").values_list("pk", flat=True)[:SHOWN])
    if not documents:
        return
    items = archive_documents(documents=documents, chosen={}, actor=clerk, at=at)
    start_package(items=items, actor=clerk, at=at)
    queue.run_due(at, but=but)
