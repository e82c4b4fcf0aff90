"""What the end of an approval does to its task, one or a hundred, in the approval's own transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from hashlib import sha256

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from approvals.services import follow
from approvals.subjects import Settled
from foundation.journal.moves import transition
from foundation.organization.calendar import WorkCalendar
from foundation.organization.models import Day
from foundation.organization.refusals import Refused

from .models import Remark, Submission, Task, Waiver
from .parts import parts_of
from .services.guards import seat
from .succession import lapse_given_back

AHEAD = 45  # days of the calendar that are looked at: the longest holidays lie well within

# Tried in this order: the same route decides on a submission and on a waiver, the state tells which.
MOVES: dict[tuple[str, str], tuple[Callable, ...]] = {
    ("unit", "approved"): (Task.reach_office,),
    ("unit", "returned"): (Task.unit_return,),
    ("unit", "rejected"): (Task.unit_return,),  # a no inside the unit is the unit's own affair
    ("unit", "withdrawn"): (Task.withdraw,),
    ("entry", "approved"): (Task.reach_office,),
    ("entry", "returned"): (Task.unit_return,),  # the liaison officer objects
    ("entry", "rejected"): (Task.unit_return,),
    ("entry", "withdrawn"): (Task.withdraw,),
    ("office", "approved"): (Task.accept, Task.waive),
    ("office", "returned"): (Task.office_return, Task.refuse_waiver),
    ("office", "rejected"): (Task.reject, Task.refuse_waiver),
    ("office", "withdrawn"): (Task.withdraw,),
}


def settle(ended: list[Settled]) -> None:
    """All of the same route and result, decided by one act."""
    one = ended[0]
    left = {settled.subject_id for settled in ended}
    for method in MOVES[(one.route, one.result)]:
        if left:
            words = {"opinion": one.opinion}
            left -= set(transition(method, left, actor=one.actor, at=one.at, words=words).ids)
    if left:
        raise Refused("任务刚刚有变化，审批没有生效，请刷新后再试一次。")
    if one.route in ("unit", "entry") and one.result == "approved":
        due = review_due(one.at)
        ids = [settled.approval for settled in ended]
        follow(approvals=ids, route="office", actor=one.actor, at=one.at, due_on=due)
    if one.result == "returned":
        _remark(ended)
    if one.route == "office" and one.result in ("returned", "withdrawn"):
        lapse_given_back([settled.subject_id for settled in ended], actor=one.actor, at=one.at)


def review_due(at: dt.datetime) -> dt.date:
    """The office's own promise: so many working days after a submission reached it."""
    day = timezone.localdate(at)
    ahead = Day.objects.filter(date__gt=day, date__lte=day + dt.timedelta(days=AHEAD))
    return WorkCalendar(dict(ahead.values_list("date", "works"))).add(day, settings.REVIEW_DAYS)


def digest(task: int) -> str:
    """Of what is being approved now: the waiver while one is asked for, else the last version."""
    if Task.objects.filter(pk=task, state="waiver_review").exists():
        return Waiver.objects.filter(task=task).latest("pk").digest
    return Submission.objects.filter(task=task).latest("version").digest


def items(task: int, digest: str) -> Mapping[str, str] | None:
    """Part by part what the version of that digest says; None for a waiver, which has no parts."""
    version = Submission.objects.filter(task=task, digest=digest).order_by("version").last()
    if version is None:
        return None
    return {part.key: sha256(part.text.encode()).hexdigest() for part in parts_of(version.content)}


def _remark(ended: list[Settled]) -> None:
    """Item by item what has to be put right, kept beside the version it was said about."""
    said = [settled for settled in ended if settled.remarks]
    current = Submission.objects.filter(task__in=[s.subject_id for s in said], version=F("task__version"))
    versions = dict(current.values_list("task", "pk")) if said else {}
    Remark.objects.bulk_create(
        Remark(
            submission_id=versions[settled.subject_id], part=remark["part"],
            reason=remark.get("reason") or Remark.Reason.OTHER, text=remark["text"],
            by_id=seat(settled.actor), at=settled.at,
        )
        for settled in said
        for remark in settled.remarks
        if settled.subject_id in versions
    )  # fmt: skip
