"""Who sees a plan. A condition on a queryset (`.q`) and a predicate (calling it)."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from foundation.organization.posts import OFFICE_POSTS, UNIT_POSTS, Post
from foundation.organization.rules import Rule, holds

IN_FORCE = ("approved", "running", "closing", "archived")  # states in which units know of a plan
READERS = (*OFFICE_POSTS, Post.AUDITOR)  # of drafts too

_reads_all = holds(*READERS)
_has_tasks = holds(*UNIT_POSTS, unit__tasks__plan="pk")


def _sees(actor: Any, day: Any) -> Q:
    """The office and the auditor see every plan, a unit those in force that gave it a task."""
    return _reads_all(actor, day) | (Q(state__in=IN_FORCE) & _has_tasks(actor, day))


sees_plan = Rule("这份方案只给安委办、审计员和承担任务的单位看；草稿只给安委办和审计员看。", _sees)
