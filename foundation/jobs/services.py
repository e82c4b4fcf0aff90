"""What people do to a job: cancel it, try it once more. Its owner or an administrator."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet
from django.utils import timezone

from foundation.organization.actors import Actor
from foundation.organization.posts import Post
from foundation.organization.refusals import Refused
from foundation.organization.rules import Rule, holds

from .models import Job

minds = Rule(
    "只有发起这项后台任务的人，或系统管理员，可以查看和处理。",
    lambda actor, day: holds(*Post.values, pk="owner")(actor, day) | holds(Post.ADMINISTRATOR)(actor, day),
)


def cancel(*, job: int, actor: Actor, at: dt.datetime) -> None:
    """A job that is running hears of it at its next step; what it has done until then stays done."""
    values = {"state": Job.State.CANCELLED, "ended": at}
    if not _minded(job, actor, at).filter(ended=None).update(**values):
        raise Refused("这项后台任务已经结束，不能取消。")


def retry(*, job: int, actor: Actor, at: dt.datetime) -> None:
    """Once more from the start, with all its tries. Jobs are idempotent: what is done already isn't done twice."""
    values = {"state": Job.State.QUEUED, "ended": None, "due": at, "tries": 0, "error": "", "message": ""}
    again = (Job.State.FAILED, Job.State.CANCELLED)
    if not _minded(job, actor, at).filter(state__in=again).update(**values):
        raise Refused("只有未完成或已取消的后台任务可以重试。")


def _minded(job: int, actor: Actor, at: dt.datetime) -> QuerySet[Job]:
    mine = Job.objects.filter(minds.q(actor.post, timezone.localdate(at)), pk=job)
    if not mine.exists():
        raise Refused(minds.says)
    return mine
