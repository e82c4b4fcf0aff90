"""A unit hears of the copy of a document that is its own; the office's clerk, that a batch is done."""

from __future__ import annotations

from foundation.organization.posts import Post
from foundation.outbox.recipients import in_posts, seats
from foundation.outbox.registry import Event, Told, inform, kind, shown

from .batches.permissions import sees_batch
from .models import Batch, Document
from .permissions import reads_document

ISSUED = kind("document.issued", "收到公文")
BATCH = kind("document.batch", "批量印发")

clerk = seats(Batch, "by")


def _unit(events: list[Event]) -> Told:
    """Of what is official: task lists and 审批单 come with what they belong to."""
    official = [code for code, _ in Document.OFFICIAL]
    rows = Document.objects.filter(
        pk__in={one.target_id for one in events}, kind__in=official, unit__isnull=False
    )
    units = dict(rows.values_list("pk", "unit"))
    return in_posts(((one, units[one.target_id]) for one in events if one.target_id in units), Post.LIAISON)


def _failed(event: Event) -> bool:
    return bool(event.data.get("failed"))


inform("documents.document.issue", ISSUED, "收到一份公文，请查阅。", _unit)
inform(
    "documents.batch.finish", BATCH, "批量印发办完，有几份没有印成，请处理。", clerk, when=_failed, own=True
)
inform("documents.batch.finish", BATCH, "批量印发已经办完。", clerk, own=True)
shown(Document, reads_document, title="title", page="document")
shown(Batch, sees_batch, title="source__title", page="document_batch")
