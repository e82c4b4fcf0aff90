"""附件 to an opinion: gathered while it is written, for its writer's eyes alone; given with it, for all who may open
the approval."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from typing import IO, TYPE_CHECKING

from django.db import models, transaction
from django.utils import timezone

from foundation.files import services as files
from foundation.files.models import Attachment
from foundation.organization.actors import Actor
from foundation.organization.models import Appointment
from foundation.organization.refusals import Refused

if TYPE_CHECKING:
    from .models import Signer

DRAFT, GIVEN, SLOT = "approvals.opiniondraft", "approvals.signer", "opinion"
MOST = 20
NOT_YOURS = "这一件现在不由您办理，附件没有保存。请刷新页面看最新情况。"
CHANGED = "附件有变化，请刷新页面，核对后再提交。"


class OpinionDraft(models.Model):
    """意见草稿: what a post has gathered for a signer's row and not given yet. Never deleted; it holds files."""

    signer = models.ForeignKey("approvals.Signer", models.PROTECT, related_name="+")
    seat = models.ForeignKey(Appointment, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["signer", "seat"], name="opinion_draft_once")]


def gathered(signer: Signer | None, seat: int | None) -> list[Attachment]:
    """What the post `seat` has gathered for this row, oldest first."""
    return list(_of_draft(signer.pk, seat).select_related("file")) if signer else []


def _of_draft(signer: int, seat: int | None) -> models.QuerySet[Attachment]:
    drafts = OpinionDraft.objects.filter(signer=signer, seat=seat).values("pk")
    return Attachment.objects.filter(subject=DRAFT, subject_id__in=drafts, removed_at=None)


def gather(
    *, signer: Signer, source: bytes | IO[bytes], name: str, actor: Actor, at: dt.datetime
) -> Attachment:
    """Put a file beside the opinion. The same file twice is one file."""
    own = type(signer).acts_q(actor.post, timezone.localdate(at))
    if actor.post is None or not type(signer).objects.filter(own, pk=signer.pk, state="open").exists():
        raise Refused(NOT_YOURS)
    if _of_draft(signer.pk, actor.post).count() >= MOST:
        raise Refused(f"“{files.clean(name)}”没有保存：一份意见最多附 {MOST} 个文件，请合并或压缩后再上传。")
    stored = files.store(source, name, at=at)
    with transaction.atomic():
        OpinionDraft.objects.bulk_create(
            [OpinionDraft(signer=signer, seat_id=actor.post)], ignore_conflicts=True
        )
        draft = OpinionDraft.objects.get(signer=signer, seat=actor.post)
        return files.attach(
            stored, subject=DRAFT, subject_id=draft.pk, slot=SLOT, name=name, actor=actor, at=at
        )


def put_away(*, signer: Signer, attachment: int, actor: Actor, at: dt.datetime) -> None:
    if not _of_draft(signer.pk, actor.post).filter(pk=attachment).exists():
        raise Refused(CHANGED)
    files.detach(attachment, actor=actor, at=at)


def give(chosen: Collection[int], *, signer: int, actor: Actor) -> list[Attachment]:
    """They belong to the decision from now on; inside its transaction. Refused where one is not there any more."""
    rows = list(_of_draft(signer, actor.post).filter(pk__in=chosen).select_related("file"))
    if len(rows) != len(set(chosen)):
        raise Refused(CHANGED)
    Attachment.objects.filter(pk__in=chosen).update(subject=GIVEN, subject_id=signer)
    return rows


def take_back(signers: Iterable[int], *, actor: Actor, at: dt.datetime) -> None:
    """The decisions are undone, and what was enclosed is so with them."""
    there = Attachment.objects.filter(subject=GIVEN, subject_id__in=list(signers), removed_at=None)
    there.update(removed_at=at, removed_by=actor.post)


def given_with(signers: Iterable[Signer]) -> dict[int, list[Attachment]]:
    """By row, of those that are decided; one query, none where nobody has."""
    decided = [row.pk for row in signers if row.decided_at]
    return files.attachments_of(GIVEN, decided) if decided else {}
