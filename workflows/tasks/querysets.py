"""Lists of tasks, named as the office names them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from foundation.journal.prepared import Among
from foundation.organization.actors import Actor
from foundation.organization.posts import UNIT_POSTS
from workflows.plans.models import ItemVersion

from .permissions import READERS

if TYPE_CHECKING:
    from .models import Task  # noqa: F401 - named in the base class

OPEN = ("issued", "received", "unit_review", "office_review", "returned", "waiver_review", "accepted")
CLOSED = ("archived", "waived", "rejected", "cancelled")
DONE = ("accepted", *CLOSED)  # nobody waits for the unit any more
PASSED = ("accepted", "archived")  # the office took it
OWED = ~Q(state__in=("waived", "cancelled"))  # 应办
IN_REVIEW = ("unit_review", "office_review", "waiver_review")  # exactly one approval is pending
IN_WORK = ("received", "returned")  # the unit writes
TO_DO = ("issued", *IN_WORK)  # the unit has to act
WITH_UNIT = (*TO_DO, "unit_review")  # as long as nothing lies with the office


def late(day: Any) -> Q:
    """Never submitted and past its due day, or first submitted after it. Days are values, or parameters of a prepared
    statement, here and below."""
    return ~Q(state__in=DONE) & (
        Q(first_submitted_at=None, due_on__lt=day) | Q(first_submitted_at__date__gt=F("due_on"))
    )


def soon(day: Any, last: Any) -> Q:
    """Not yet submitted and due from `day` to `last`."""
    return ~Q(state__in=DONE) & Q(first_submitted_at=None, due_on__gte=day, due_on__lte=last)


def awaited() -> Q:
    """The unit has yet to hand it in for the first time, in a campaign in force: whom the office chases."""
    return Q(
        Among("state", TO_DO, OPEN), first_submitted_at=None, due_on__isnull=False, imported=False,
        plan__state__in=("running", "closing"),
    )  # fmt: skip


def lit(kind: str, day: dt.date, last: dt.date) -> Q:
    """Whose light is of this kind on `day`, as deadlines.light_for says it for one; `last`: the last near day."""
    open_, undone = ~Q(state__in=DONE), Q(first_submitted_at=None) & (Q(due_on=None) | Q(due_on__gt=last))
    in_time = Q(first_submitted_at__date__lte=F("due_on")) | Q(first_submitted_at__isnull=False, due_on=None)
    return {
        "overdue": late(day), "near": soon(day, last), "done": Q(state__in=DONE),
        "ok": open_ & (in_time | undone & ~Q(state="issued")), "idle": undone & Q(state="issued"),
    }[kind]  # fmt: skip


class TaskQuerySet(models.QuerySet["Task"]):
    def visible_to(self, actor: Actor) -> TaskQuerySet:
        """`permissions.sees_task` for an identity that is known to be in force."""
        if actor.post_code in READERS:
            return self
        return self.filter(unit=actor.unit) if actor.post_code in UNIT_POSTS else self.none()

    def unfinished(self) -> TaskQuerySet:
        return self.filter(Among("state", OPEN))

    def finished(self) -> TaskQuerySet:
        return self.filter(state__in=CLOSED)

    def overdue(self, day: dt.date) -> TaskQuerySet:
        return self.filter(late(day))

    def near(self, day: dt.date, last: dt.date) -> TaskQuerySet:
        return self.filter(soon(day, last))

    def asking(self, part: str) -> TaskQuerySet:
        """Of whom this part (plans/deliverables.py) is asked: by the item, or by the version of it that they keep to. What a
        补充通知 asked for once they were accepted is not theirs, what it dropped they did."""
        kept = ItemVersion.objects.filter(item=OuterRef("item"), number=OuterRef("item_version"))
        now = Q(item_version__gte=F("item__version"), item__deliverables__icontains=part)
        return self.filter(now | Exists(kept.filter(deliverables__icontains=part)))
