"""Put, claim, run: the life of a job row. Every write after the claim asks whether the claim still holds."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Collection
from typing import Any

from django.db import transaction
from django.utils import timezone

from foundation.journal.models import Book
from foundation.journal.moves import record
from foundation.organization.actors import SYSTEM
from foundation.organization.refusals import Refused

from .models import Job
from .progress import LEASE, Cancelled, Progress, Stopped
from .registry import KINDS, Kind, Result, known

log = logging.getLogger(__name__)
State = Job.State
BOOK, FAILED = "jobs", "job.fail"
LONGEST_PAUSE = dt.timedelta(hours=1)
WAKING: list[Callable[[], None]] = []  # called once a job is there for others to see: wakes who does not look


def put(name: str, *, args: dict[str, Any], owner: int | None, at: dt.datetime, total: int = 0) -> Job:
    """Write a job down, in the caller's transaction. `owner`: the appointment acted under (actor.post)."""
    known(name)
    for wake in WAKING:
        transaction.on_commit(wake, robust=True)
    return Job.objects.create(name=name, args=args, owner_id=owner, due=at, total=total, created=at)


def put_periodic(now: dt.datetime) -> None:
    """One row for each periodic job, for ever: after a round it goes back into the queue."""
    rows = [Job(name=kind.name, periodic=True, due=now, created=now) for kind in KINDS.values() if kind.every]
    Job.objects.bulk_create(rows, ignore_conflicts=True)


def claim(now: dt.datetime, *, pk: int | None = None, lease: dt.timedelta = LEASE) -> Job | None:
    """Take the next due job, or this one if it is due; None if there is none that nobody else is taking.

    One short transaction: PostgreSQL skips rows that others hold; on SQLite writers wait for each other anyway.
    """
    due = Job.objects.due(now) if pk is None else Job.objects.due(now).filter(pk=pk)
    if not due.exists():  # an idle worker takes no lock
        return None
    with transaction.atomic():
        job = due.select_for_update(skip_locked=True).first()
        if job:
            job.state, job.due, job.started = State.RUNNING, now + lease, now
            job.tries, job.claims = job.tries + 1, job.claims + 1
            job.save(update_fields=["state", "due", "started", "tries", "claims"])
    return job


def held(job: Job, *, lease: dt.timedelta, stopping: Callable[[], bool]) -> Progress:
    """What a worker hands to a job that it claimed."""
    kind = KINDS.get(job.name)
    lets_pass = kind is not None and kind.lets_pass
    return Progress(job, lease=lease, stopping=stopping, crowded=_others_wait if lets_pass else bool)


def _others_wait() -> bool:
    return Job.objects.due(timezone.now()).exists()


def run(progress: Progress) -> str:
    """Run a claimed job to whatever end it takes, and name that end, for the log."""
    job, kind = progress.job, KINDS.get(progress.job.name)
    if kind is None:
        return _write(progress, State.FAILED, error="这项后台任务已停用，请联系系统管理员。")
    if job.tries > kind.tries:  # whoever ran it died each time: it must not kill workers for ever
        return _over(progress, kind, error="多次办理都被中断，请联系系统管理员。")
    try:
        return _over(progress, kind, result=kind.run(progress, **job.args))
    except Cancelled:
        return "given up"
    except Stopped:
        return _write(progress, State.QUEUED, due=progress.clock(), tries=job.tries - 1)
    except Refused as refusal:  # the answer would be the same next time
        return _over(progress, kind, error=str(refusal))
    except Exception as error:
        log.exception("job %s", job)
        return _failed(progress, kind, f"{type(error).__name__}: {error}")


def run_due(at: dt.datetime, *, but: Collection[str] = ()) -> int:
    """Run in this process all that is due at `at`, but not these kinds; how many jobs that were. For tests and
    the demo's clock."""
    count = 0
    due = Job.objects.due(at).exclude(name__in=but)
    while (first := due.values_list("pk", flat=True).first()) and (job := claim(at, pk=first)):
        run(Progress(job, clock=lambda: at))
        count += 1
    return count


def pause(tries: int) -> dt.timedelta:
    """How long to wait after so many tries: 10, 20, 40 seconds …, at most an hour."""
    return min(LONGEST_PAUSE, dt.timedelta(seconds=5 * 2 ** min(tries, 10)))


def _failed(progress: Progress, kind: Kind, error: str) -> str:
    tries = progress.job.tries
    if tries >= kind.tries:
        return _over(progress, kind, error=error)
    return _write(progress, State.QUEUED, due=progress.clock() + pause(tries), error=error)


def _over(progress: Progress, kind: Kind, *, error: str = "", result: Result = None) -> str:
    """The end of a job, or of a periodic job's round."""
    if progress.job.periodic and kind.every:
        due = progress.clock() + kind.every
        return _write(progress, State.QUEUED, due=due, tries=0, error=error, result=result)
    return _write(progress, State.FAILED if error else State.DONE, error=error, result=result)


def _write(progress: Progress, state: State, *, error: str = "", **values: Any) -> str:
    ended = None if state == State.QUEUED else progress.clock()
    with transaction.atomic():
        held = progress.mine().update(state=state, error=error[:500], ended=ended, **values)
        if held and ended and state == State.FAILED and progress.job.owner_id:
            _write_down(progress.job, ended)
    return f"{state} {error}".strip() if held else "given up"


def _write_down(job: Job, at: dt.datetime) -> None:
    """Whoever had it done may have left its page long ago: what stands in the journal can be told."""
    book, _ = Book.objects.get_or_create(name=BOOK)
    data = {"job": job.pk, "name": job.name, "owner": job.owner_id}
    record(Book, book.pk, FAILED, actor=SYSTEM, at=at, data=data, state="name")
