"""Who sees a plan. A condition on a queryset (`.q`) and a predicate (calling it)."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from foundation.organization.posts import OFFICE_POSTS, UNIT_POSTS, Post
from foundation.organization.rules import Rule, holds

IN_FORCE = ("approved", "running", "closing", "archived")  # states in which units know of a plan
READERS = (*OFFICE_POSTS, Post.AUDITOR)  # of drafts too
SEERS = (*READERS, Post.LEADER)

_reads_all = holds(*READERS)
_leads = holds(Post.LEADER)
_has_tasks = holds(*UNIT_POSTS, unit__tasks__plan="pk")


def _sees(actor: Any, day: Any) -> Q:
    """The office and the auditor see every plan, leaders those in force, a unit those of them that gave it a task."""
    known = _has_tasks(actor, day) | _leads(actor, day)
    return _reads_all(actor, day) | (Q(state__in=IN_FORCE) & known)


sees_plan = Rule("这份方案只给安委办、审计员、领导和承担任务的单位看；草稿只给安委办和审计员看。", _sees)
