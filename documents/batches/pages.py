"""What the page of a batch shows."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.http import QueryDict
from django.utils import timezone

from foundation.files.services import in_slot
from foundation.jobs.services import minds
from foundation.journal.timeline import timeline_of
from foundation.organization.actors import Actor
from foundation.organization.addresses import chips_of
from foundation.organization.keyset import PK, Key, page_of
from foundation.organization.posts import Post

from ..layout import UNSETTABLE
from ..layout import geometry as g
from ..models import Batch, BatchItem
from ..services import papers_of
from ..writing.pictures import DPI, pictures_of
from ..writing.preview import words_of
from .filling import words_in
from .forms import AgainForm, GiveUpForm
from .making import sections_for
from .services import LABEL

LIGHTS = {"prepared": "idle", "making": "ok", "done": "done", "given_up": "idle"}  # by state
ITEM_LIGHTS = {"waiting": "idle", "made": "done", "failed": "near", "dropped": "idle"}
KEYS = (Key("order", whole=True), PK)
SHOWN = 4  # pages of the first copy


def page_of_batch(batch: Batch, actor: Actor, query: QueryDict) -> dict[str, Any]:
    counted = batch.items.values_list("state").annotate(Count("pk")).order_by()
    counts = dict.fromkeys(BatchItem.State.values, 0) | dict(counted)
    here = query.get("only", "") if query.get("only") in counts else ""
    found = batch.items.select_related("unit", "document").defer("document__content")
    page = page_of(found.filter(state=here) if here else found, KEYS, query)
    papers = papers_of(row.document_id for row in page.rows if row.document_id)
    labels = {"": f"全部 {sum(counts.values())}"} | {
        one.value: f"{one.label} {counts[one.value]}" for one in _shown(batch)
    }
    job, runs = batch.job, actor.post_code == Post.OFFICE_CLERK
    return {
        "section": "archive", "batch": batch, "light": LIGHTS[batch.state], "counts": counts, "page": page,
        "total": sum(counts.values()), "settled": counts["made"] + counts["failed"],
        "rows": [(row, ITEM_LIGHTS[row.state], papers.get(row.document_id)) for row in page.rows],
        "chips": chips_of(query, "only", labels, here), "job": job, "runs": runs,
        "minds": job is not None and minds(job, actor, timezone.localdate()),
        "form": AgainForm(), "giving_up": GiveUpForm() if runs and batch.stands_still else None,
        "words": words_in(batch.source.content), "timeline": timeline_of(batch),
        "merged": in_slot(LABEL, [batch.pk], "merged").get(batch.pk),
        **(_first(batch) if batch.state == Batch.State.PREPARED else {}),
    }  # fmt: skip


def _shown(batch: Batch) -> list[BatchItem.State]:
    given_up = batch.state == Batch.State.GIVEN_UP
    return [one for one in BatchItem.State if given_up or one != BatchItem.State.DROPPED]


def _first(batch: Batch) -> dict[str, Any]:
    """The first copy as pictures, or why it can't be set."""
    item = batch.items.select_related("unit").order_by("order", "pk").first()
    if item is None:
        return {}
    try:
        laid = sections_for(batch, item)
        digests = pictures_of(laid.pages[:SHOWN])
    except UNSETTABLE as error:
        return {"first": item, "problem": str(error)}
    width, height = (round(mm / 25.4 * DPI) for mm in (g.PAGE_WIDTH, g.PAGE_HEIGHT))
    shown = [
        {"digest": digest, "words": words_of(page), "size": (height, width) if lying else (width, height)}
        for digest, page, lying in zip(digests, laid.pages, laid.lying, strict=False)
    ]
    return {"first": item, "pictures": shown, "sheets": len(laid.pages)}
