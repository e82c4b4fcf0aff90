"""Who writes on a draft, or checks it, names the revision that they read."""

from __future__ import annotations

from django.utils import timezone

from foundation.journal.models import Entry
from foundation.organization.refusals import Refused

from ..models import Draft
from .content import LABEL

WRITES = [f"{LABEL}.{verb}" for verb in ("change", "amend")]


class Stale(Refused):
    """Somebody else saved meanwhile."""


def refuse_stale(row: Draft, revision: int) -> None:
    """`row` is locked."""
    if row.revision != revision:
        raise Stale(_saved_by(row))


def _saved_by(row: Draft) -> str:
    """谁 at 什么时候 saved it last."""
    last = Entry.objects.filter(target=LABEL, target_id=row.pk, verb__in=WRITES).order_by("-seq").first()
    who = last.actor.name if last and last.actor else "别人"
    when = f"{timezone.localtime(last.at):%H:%M} " if last else ""
    return f"{who} {when}保存过这份文稿，您的修改还没有保存。请复制自己改的内容，刷新后再改。"
