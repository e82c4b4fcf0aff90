"""Files that belong to a draft: put in by whoever may write it, while it may be written."""

from __future__ import annotations

import datetime as dt
from typing import IO

from django.db import transaction
from django.utils import timezone

from foundation.files.models import Attachment
from foundation.files.services import attach, detach, store
from foundation.organization.actors import Actor
from foundation.organization.refusals import Refused

from ..issuing.content import LABEL
from ..issuing.permissions import writes_draft
from ..models import Draft
from ..models.draft import OPEN
from ..services import ANNEX

CLOSED = "文稿已经送出，不能再改附件；退回或撤回以后可以。"


@transaction.atomic
def attach_annex(*, draft: int, file: IO[bytes], name: str, actor: Actor, at: dt.datetime) -> int:
    _writable(draft, actor, at)
    stored = store(file, name, at=at)
    row = attach(stored, subject=LABEL, subject_id=draft, slot=ANNEX, name=name, actor=actor, at=at)
    return row.pk


@transaction.atomic
def remove_annex(*, draft: int, attachment: int, actor: Actor, at: dt.datetime) -> None:
    _writable(draft, actor, at)
    if not Attachment.objects.filter(pk=attachment, subject=LABEL, subject_id=draft, slot=ANNEX).exists():
        raise Refused("这个附件不在这份文稿里，请刷新页面。")
    detach(attachment, actor=actor, at=at)


def _writable(draft: int, actor: Actor, at: dt.datetime) -> Draft:
    row = Draft.objects.select_for_update().filter(pk=draft).first()
    if row is None:
        raise Refused("这份文稿已不存在。")
    if not writes_draft(row, actor, timezone.localdate(at)):
        raise Refused(writes_draft.says)
    if row.state not in OPEN:
        raise Refused(CLOSED)
    return row
