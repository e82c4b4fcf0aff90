"""Who may do what with a task. Each rule is a condition on a queryset (`.q`) and a predicate (calling it)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.db.models import Exists, OuterRef, Q

from foundation.organization.posts import OFFICE_POSTS, OVERSEERS, UNIT_POSTS, Post
from foundation.organization.rules import Rule, holds

READERS = (*OFFICE_POSTS, *OVERSEERS)  # of every unit's tasks
SEERS = (*UNIT_POSTS, *READERS)


def _works_on(task: str = "") -> Callable[[Any, Any], Q]:
    """The unit's liaison officer, or the handler whom the task was given to. `task`: the way to it, "task__"."""
    unit, handler = f"{task}unit", f"{task}handler"
    officer, given = holds(Post.LIAISON, unit=unit), holds(Post.HANDLER, unit=unit, pk=handler)
    return lambda actor, day: officer(actor, day) | given(actor, day)


def _writes(actor: Any, day: Any) -> Q:
    return _works_on()(actor, day) | (Q(entry__isnull=False) & holds(*OFFICE_POSTS)(actor, day))


def _leads(actor: Any, day: Any) -> Q:
    """A task of an assisting unit, for the people of a unit that leads the same item and period."""
    tasks = apps.get_model("tasks", "Task")._base_manager
    same = tasks.filter(role="lead", item=OuterRef("item"), period=OuterRef("period"))
    return Q(role="assist") & Q(Exists(same.filter(holds(*UNIT_POSTS, unit="unit")(actor, day))))


def _sees(task: str = "") -> Callable[[Any, Any], Q]:
    own, all_ = holds(*UNIT_POSTS, unit=f"{task}unit"), holds(*READERS)
    return lambda actor, day: own(actor, day) | all_(actor, day)


# The page and the files of one task; lists, counts and approvals are those of `sees_task`.
reads_task = Rule(
    "这件任务只给本单位、牵头单位、安委办、领导和审计员看。",
    lambda actor, day: _sees()(actor, day) | _leads(actor, day),
)
unit_receives = Rule("只有本单位的联络员可以签收。", holds(Post.LIAISON, unit="unit"))
unit_hands_over = Rule("只有本单位的联络员可以转交任务。", holds(Post.LIAISON, unit="unit"))
unit_works = Rule("只有本单位的联络员，或指定的经办人可以办理。", _works_on())
writes_task = Rule("只有本单位的联络员、指定的经办人，或正在代录的安委办可以填写。", _writes)
unit_takes_back = Rule("只有本单位的联络员，或指定的经办人可以撤回延期申请。", _works_on("task__"))
sees_task = Rule("这件任务只给本单位、安委办、领导和审计员看。", _sees())
sees_extension = Rule("延期申请只给本单位、安委办、领导和审计员看。", _sees("task__"))
not_urged_today = Rule(
    "今天已经催办过了，每件任务每天最多催办一次。",
    lambda actor, day: Q(urged_on=None) | Q(urged_on__lt=day),
)
not_entered = Rule("安委办已经在代录这件任务。", lambda actor, day: Q(entry__isnull=True))
plan_lives = Rule("活动已经归档，它的任务不能再重开。", lambda actor, day: ~Q(plan__state="archived"))
own_export = Rule("导出的任务台账只给导出的人。", holds(*SEERS, pk="by"))
