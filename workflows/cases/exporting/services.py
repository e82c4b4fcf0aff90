"""Asking for the ledger as a file, and making it in the background. Every case in it hears of it in its journal."""

from __future__ import annotations

import datetime as dt

from django.db import transaction as tx
from django.utils import timezone

from foundation.files.models import Attachment, StoredFile
from foundation.files.services import attach, attachments_of, store
from foundation.jobs.models import Job
from foundation.jobs.queue import put
from foundation.journal.moves import record
from foundation.organization import typed
from foundation.organization.actors import Actor
from foundation.organization.models import Appointment
from foundation.organization.refusals import Refused
from foundation.organization.tables import write_table

from ..models import Case, CaseExport
from ..permissions import OPENERS, sees_case
from .rows import COLUMNS, ledger

JOB = "cases.export"
LABEL = "cases.caseexport"


@tx.atomic
def start_export(*, q: str, only: str, actor: Actor, at: dt.datetime) -> Job:
    """Of the rows that the list shows for these words and this choice."""
    if actor.post is None or actor.post_code not in OPENERS:
        raise Refused(sees_case.says)
    made = CaseExport.objects.create(by_id=actor.post, q=typed.words(q)[:60], only=only[:20], at=at)
    return put(JOB, args={"export": made.pk}, owner=actor.post, at=at)


def make_export(export: int, at: dt.datetime) -> Attachment:
    """Once, however often its job runs."""
    asked = CaseExport.objects.select_related("by").get(pk=export)
    if made := attachments_of(LABEL, [export]):
        return made[export][0]
    seen = Case.objects.filter(sees_case.q(asked.by_id, timezone.localdate(at)))
    cases, lines = ledger(seen, {"q": asked.q, "only": asked.only}, asked.at)
    file = store(write_table(COLUMNS, lines), str(asked), at=at)
    return _kept(asked, asked.by, cases, file, at)


@tx.atomic
def _kept(
    asked: CaseExport, seat: Appointment, cases: list[int], file: StoredFile, at: dt.datetime
) -> Attachment:
    CaseExport.objects.select_for_update().get(pk=asked.pk)
    actor = Actor.of(seat)
    if not attachments_of(LABEL, [asked.pk]):
        record(Case, cases, "export", actor=actor, at=at, data={"export": asked.pk}).all_or_refuse()
        attach(file, subject=LABEL, subject_id=asked.pk, slot="ledger", name=str(asked), actor=actor, at=at)
    return attachments_of(LABEL, [asked.pk])[asked.pk][0]
