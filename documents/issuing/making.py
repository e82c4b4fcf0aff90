"""A paper that is not there yet: whether it can be made, why it was not, and once more."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from foundation.jobs.models import Job
from foundation.organization.actors import Actor
from foundation.organization.posts import OFFICE_POSTS, UNIT_POSTS
from foundation.organization.refusals import Refused
from foundation.organization.rules import Rule, holds

from ..models import Document, Draft
from ..sealing.keys import key_for
from ..services import print_document
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


class Standing(StrEnum):
    """Of a document that has no paper yet."""

    WAITS = "waits"  # 还没有印发: its draft stands before that
    MAKING = "making"  # 正在生成
    FAILED = "failed"  # 未生成成功: its job failed, was cancelled, or was cleared away since


def with_making(rows: QuerySet[Document]) -> QuerySet[Document]:
    """Rows that `standing_of` asks nothing about."""
    told = rows.select_related("job").defer("job__args", "job__result")
    return told.annotate(draft_state=F("draft__state"))


def standing_of(document: Document) -> Standing | None:
    """Where the paper of one of `with_making` stands; None where there is one, or will be none."""
    if document.state != Document.State.REGISTERED:
        return None
    if getattr(document, "draft_state") not in (None, Draft.State.ISSUED):  # noqa: B009  annotated
        return Standing.WAITS
    over = document.job is None or document.job.state in (Job.State.FAILED, Job.State.CANCELLED)
    return Standing.FAILED if over else Standing.MAKING


def making_of(document: Document | None) -> dict[str, Any]:
    """Of a paper that is to be made: its last job (none where that was cleared away), and whether it is over without one."""
    row = with_making(Document.objects.filter(pk=document.pk)).first() if document else None
    standing = standing_of(row) if row else None
    if row is None or standing in (None, Standing.WAITS):
        return {}
    return {"job": row.job, "over": standing == Standing.FAILED}


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
