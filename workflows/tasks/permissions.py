"""Who may do what with a task. Each rule is a condition on a queryset (`.q`) and a predicate (calling it)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Q

from foundation.organization.posts import OFFICE_POSTS, UNIT_POSTS, Post
from foundation.organization.rules import Rule, holds

READERS = (*OFFICE_POSTS, Post.AUDITOR)  # of every unit's tasks
SEERS = (*UNIT_POSTS, *READERS)


def _works_on(task: str = "") -> Callable[[Any, Any], Q]:
    """The unit's liaison officer, or the handler whom the task was given to. `task`: the way to it, "task__"."""
    unit, handler = f"{task}unit", f"{task}handler"
    officer, given = holds(Post.LIAISON, unit=unit), holds(Post.HANDLER, unit=unit, pk=handler)
    return lambda actor, day: officer(actor, day) | given(actor, day)


def _sees(task: str = "") -> Callable[[Any, Any], Q]:
    own, all_ = holds(*UNIT_POSTS, unit=f"{task}unit"), holds(*READERS)
    return lambda actor, day: own(actor, day) | all_(actor, day)


unit_receives = Rule("只有本单位的联络员可以签收。", holds(Post.LIAISON, unit="unit"))
unit_hands_over = Rule("只有本单位的联络员可以转交任务。", holds(Post.LIAISON, unit="unit"))
unit_works = Rule("只有本单位的联络员，或指定的经办人可以办理。", _works_on())
unit_takes_back = Rule("只有本单位的联络员，或指定的经办人可以撤回延期申请。", _works_on("task__"))
sees_task = Rule("这件任务只给本单位、安委办和审计员看。", _sees())
sees_extension = Rule("延期申请只给本单位、安委办和审计员看。", _sees("task__"))
not_urged_today = Rule(
    "今天已经催办过了，每件任务每天最多催办一次。",
    lambda actor, day: Q(urged_on=None) | Q(urged_on__lt=day),
)
plan_lives = Rule("活动已经归档，它的任务不能再重开。", lambda actor, day: ~Q(plan__state="archived"))
own_export = Rule("导出的任务台账只给导出的人。", holds(*SEERS, pk="by"))
