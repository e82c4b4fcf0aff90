"""Two people edited the same thing: the second is told what the first one did, and keeps what they typed."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from foundation.journal.models import Entry
from foundation.organization.refusals import Refused

from .state import FACT_LABELS, LABELS


class Conflict(Refused):
    """Somebody else saved first; nothing was saved."""


def whose_change(plan: int, item: int | None) -> str:
    """罗书言 09:12 改了标题（改为“…”）、时间。您填的内容还在下面，……"""
    about = {"data__item": item} if item else {"data__does": "facts"}
    edits = Entry.objects.filter(target="plans.plan", target_id=plan, verb="plans.plan.edit", **about)
    last = edits.select_related("actor").order_by("-seq").first()
    keep = "您填的内容还在下面；对照后再按一次“保存”，以您填的为准。"
    if last is None:
        return f"刚才有人修改过这里。{keep}"
    who = last.actor.name if last.actor else "系统"
    fields = last.data.get("fields", {})
    labels = LABELS if item else FACT_LABELS
    does = "、".join(_says(labels.get(name, name), new) for name, (_, new) in fields.items())
    return f"{who} 在 {timezone.localtime(last.at):%H:%M} 改了{does or '这里'}。{keep}"


def _says(label: str, new: Any) -> str:
    short = isinstance(new, str | int) and not isinstance(new, bool) and new != ""
    return f"{label}（改为“{str(new)[:40]}”）" if short else label
