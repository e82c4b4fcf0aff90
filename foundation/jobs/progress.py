"""What a running job holds in its hand: it tells how far it is and hears that it has to stop."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.db.models import QuerySet
from django.utils import timezone

from .models import Job

LEASE = dt.timedelta(seconds=60)


class Cancelled(Exception):
    """The row belongs to this worker no longer: somebody cancelled it, or the lease ran out."""


class Stopped(Exception):
    """This worker is asked to end, or others wait: the job goes back into the queue."""


class Progress:
    """`job` is the row as it was claimed, `at` the instant of the claim: the `at` of what the job does."""

    def __init__(
        self,
        job: Job,
        *,
        clock: Callable[[], dt.datetime] = timezone.now,
        lease: dt.timedelta = LEASE,
        stopping: Callable[[], bool] = bool,
        crowded: Callable[[], bool] = bool,
    ) -> None:
        self.job, self.clock, self.lease, self.stopping, self.crowded = job, clock, lease, stopping, crowded
        self.began_with: int | None = None  # as much was done already
        self.at = job.started or clock()

    def step(self, done: int, total: int | None = None, message: str = "") -> None:
        """Say how far it is. Call it outside of transactions: else nobody sees it, and a cancel has to wait."""
        self.began_with = done if self.began_with is None else self.began_with
        if self.stopping():
            raise Stopped
        known = {} if total is None else {"total": total}
        if not self.renew(done_count=done, message=message[:200], **known):
            raise Cancelled
        if (
            done > self.began_with and self.crowded()
        ):  # never before it got on: two would pass each other for ever
            raise Stopped

    def renew(self, **values: object) -> bool:
        """Push the end of the lease; False when the row is somebody else's by now."""
        return bool(self.mine().update(due=self.clock() + self.lease, **values))

    def mine(self) -> QuerySet[Job]:
        """The row, as long as this claim holds."""
        return Job.objects.filter(pk=self.job.pk, claims=self.job.claims, state=Job.State.RUNNING)
