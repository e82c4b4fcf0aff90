"""A paper that is not there yet: whether it can be made, why it was not, and once more."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from foundation.jobs.models import Job
from foundation.organization.actors import Actor
from foundation.organization.posts import OFFICE_POSTS, UNIT_POSTS
from foundation.organization.refusals import Refused
from foundation.organization.rules import Rule, holds

from ..models import Document, Draft
from ..sealing.keys import key_for
from ..services import JOB, print_document
from .opening import refuse_unsettable

UNMADE = "PDF 没有生成。请打开公文页面，按“重新生成”，生成以后再归档。"
makes_again = Rule(
    "只有安委办和发文机关可以重新生成公文的 PDF。",
    lambda actor, day: holds(*OFFICE_POSTS)(actor, day) | holds(*UNIT_POSTS, unit="organ")(actor, day),
)


def refuse_unmakable(draft: Draft, at: dt.datetime) -> None:
    """Before it is sealed, and before it is issued: the key signs now, and its pages can be set."""
    key_for(at)
    refuse_unsettable(draft)


def making_of(document: Document | None) -> dict[str, Any]:
    """Of a paper that is to be made: its last job (none where that was cleared away), and whether it is over without one."""
    if document is None or not _is_due(document):
        return {}
    job = _last_job(document)
    return {"job": job, "over": job is None or job.state in (Job.State.FAILED, Job.State.CANCELLED)}


@transaction.atomic
def make_again(*, document: int, actor: Actor, at: dt.datetime) -> None:
    row = Document.objects.select_for_update().get(pk=document)
    if not makes_again(row, actor, timezone.localdate(at)):
        raise Refused(makes_again.says)
    if not (making := making_of(row)):
        raise Refused("这份公文不在等待生成 PDF，请刷新后查看。")
    if not making["over"]:
        raise Refused("PDF 正在生成，请稍后刷新。")
    print_document(document=document, actor=actor, at=at)


def _is_due(document: Document) -> bool:
    """Registered; of what was drafted, once it is issued."""
    drafts = Draft.objects.filter(document=document).exclude(state=Draft.State.ISSUED)
    return document.state == Document.State.REGISTERED and not drafts.exists()


def _last_job(document: Document) -> Job | None:
    return Job.objects.filter(name=JOB, args={"document": document.pk}).order_by("pk").last()
