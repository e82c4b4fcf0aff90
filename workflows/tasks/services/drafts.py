"""Keeping what was typed. A draft belongs to the task, so a successor finds it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction as tx
from django.utils import timezone

from foundation.organization.actors import Actor
from foundation.organization.refusals import Refused

from ..models import Draft
from .guards import locked, seat


class Stale(Refused):
    """Somebody else saved meanwhile; `draft` is theirs."""

    def __init__(self, draft: Draft) -> None:
        when = f"{timezone.localtime(draft.saved_at):%H:%M}"
        super().__init__(
            f"{draft.saved_by.person.name} 于 {when} 保存过这件任务的草稿。您填写的内容还在本页，没有覆盖对方的；"
            "请对照下面的差别，确认后再保存。"
        )
        self.draft = draft


@tx.atomic
def save_draft(*, task: int, content: Mapping[str, Any], revision: int, actor: Actor, at: dt.datetime) -> int:
    """Keep it as typed, right or wrong; returns the new revision. `revision` is the one the page showed, 0 for
    none. Raises Stale where another one came first with something else."""
    locked(task, actor, at)
    held = Draft.objects.select_related("saved_by__person").filter(task=task).first()
    if held is None:
        held = Draft(task_id=task, revision=0)
    elif held.content == content:  # the same form sent twice, or nothing new
        return held.revision
    elif held.revision != revision:
        raise Stale(held)
    held.content, held.revision = dict(content), held.revision + 1
    held.saved_by_id, held.saved_at = seat(actor), at
    held.authors = sorted({*held.authors, *([actor.person] if actor.person else [])})
    held.save()
    return held.revision
