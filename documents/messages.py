"""A unit hears of the copy of a document that is its own; the office's clerk, that a batch is done; who may use a seal, that
a joint paper waits for it."""

from __future__ import annotations

from foundation.organization.models import Unit
from foundation.organization.posts import Post
from foundation.outbox.recipients import in_office, in_posts, seats
from foundation.outbox.registry import Event, Told, inform, kind, shown

from .batches.permissions import sees_batch
from .issuing.permissions import sees_draft
from .issuing.places import keepers_of
from .models import Batch, Document, Draft, SealPlace
from .permissions import reads_document

ISSUED = kind("document.issued", "收到公文")
BATCH = kind("document.batch", "批量印发")
SEAL = kind("document.seal", "联合行文用印", urgent=True)

clerk = seats(Batch, "by")


def _unit(events: list[Event]) -> Told:
    """Of what is official: task lists and 审批单 come with what they belong to."""
    official = [code for code, _ in Document.OFFICIAL]
    rows = Document.objects.filter(
        pk__in={one.target_id for one in events}, kind__in=official, unit__isnull=False
    )
    units = dict(rows.values_list("pk", "unit"))
    return in_posts(((one, units[one.target_id]) for one in events if one.target_id in units), Post.LIAISON)


def _keepers(events: list[Event]) -> Told:
    """Of a joint paper that got its number: of every organ those who may use its seal."""
    places = SealPlace.objects.filter(draft__in={one.target_id for one in events})
    asked = list(places.values_list("draft", "organ__code"))
    organs = Unit.objects.filter(pk__in=places.values("organ")) if asked else ()
    kept = keepers_of(organs, max(one.day for one in events)) if asked else {}
    return in_office(
        (event, seat.pk)
        for event in events
        for draft, code in asked
        if draft == event.target_id
        for seat in kept.get(code, ())
    )


def _failed(event: Event) -> bool:
    return bool(event.data.get("failed"))


inform("documents.document.issue", ISSUED, "收到一份公文，请查阅。", _unit)
inform(
    "documents.batch.finish", BATCH, "批量印发办完，有几份没有印成，请处理。", clerk, when=_failed, own=True
)
inform("documents.batch.finish", BATCH, "批量印发已经办完。", clerk, own=True)
inform("documents.draft.register", SEAL, "有一份联合行文等您用印。", _keepers)
shown(Draft, sees_draft, title="title", page="draft")
shown(Document, reads_document, title="title", page="document")
shown(Batch, sees_batch, title="source__title", page="document_batch")
