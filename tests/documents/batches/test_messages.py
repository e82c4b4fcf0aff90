"""A unit hears of its own copy of a document, and of no other paper; the clerk that a batch is done, and how."""

from __future__ import annotations

from django.utils import timezone

from documents.models import Batch, BatchItem, Document
from foundation.journal.moves import create, transition
from foundation.organization.actors import SYSTEM
from foundation.outbox.models import Message
from foundation.outbox.registry import sentence
from foundation.outbox.spreading import spread
from tests.cast import actor

from .deeds import prepared


def heard() -> list[tuple[str, str]]:
    spread(timezone.now())
    rows = Message.objects.select_related("entry", "person").order_by("pk")
    found = [(one.person.username, sentence(one.entry, one.kind)) for one in rows]
    rows.delete()
    return found


def test_a_copy_is_told_to_its_unit_and_a_task_list_to_nobody(cast):
    now = timezone.now()
    values = {
        "title": "通知",
        "subject": "plans.plan",
        "subject_id": 1,
        "organ": cast.office,
        "issued_on": now.date(),
        "unit": cast.town.unit,
    }
    for kind in ("notice", "task_list"):
        (pk,) = create(Document, values | {"kind": kind}, actor=SYSTEM, at=now)
        transition(
            Document.issue, pk, actor=actor(cast.clerk), at=now, data={"file": None, "digest": ""}
        ).all_or_refuse()
    assert heard() == [("jia.liaison", "收到一份公文，请查阅。")]


def test_the_clerk_hears_that_all_copies_are_made_or_that_some_are_not(cast):
    batch, by = prepared(cast), actor(cast.clerk)
    heard()
    for failed, says in ((0, "批量印发已经办完。"), (1, "批量印发办完，有几份没有印成，请处理。")):
        Batch.objects.filter(pk=batch.pk).update(state="making")
        transition(
            Batch.finish, batch.pk, actor=by, at=timezone.now(), note={"made": 2, "failed": failed}
        ).all_or_refuse()
        assert heard() == [("clerk", says)]
    assert BatchItem.objects.filter(batch=batch).exists()
