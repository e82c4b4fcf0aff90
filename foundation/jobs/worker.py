"""The worker: claims, runs, and sleeps while there is nothing to do. Any number of them may share the rows."""

from __future__ import annotations

import datetime as dt
import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import Error, connection
from django.utils import timezone

from .models import Job
from .progress import LEASE, Progress
from .queue import claim, held, put_periodic, run
from .registry import KINDS

log = logging.getLogger(__name__)
POLL = 0.3  # seconds


class Worker:
    def __init__(self, *, lease: dt.timedelta = LEASE, tell: Callable[[str], object] = log.info) -> None:
        self.lease, self.tell, self.stopping = lease, tell, False

    def stop(self, *_: object) -> None:
        """The job in hand goes back at its next step; one that takes no steps is finished."""
        self.stopping = True

    def work(self, *, once: bool = False, idle_exit: bool = False) -> None:
        put_periodic(timezone.now())
        while not self.stopping:
            worked = self.survive()
            if once or (idle_exit and not worked):
                break
            if not worked:
                time.sleep(POLL)

    def survive(self) -> bool:
        """A database that went away comes back; what was in hand is taken again when its lease runs out."""
        try:
            return self.work_one()
        except Error as error:
            log.warning("database: %s", error)
            connection.close()
            return False

    def work_one(self) -> bool:
        job = claim(timezone.now(), lease=self.lease)
        if job is None:
            return False
        progress = held(job, lease=self.lease, stopping=lambda: self.stopping)
        started = time.monotonic()
        with heartbeat(progress):
            end = run(progress)
        if not (job.name in KINDS and KINDS[job.name].quiet and end == Job.State.QUEUED):
            self.tell(f"{job}: {end} ({time.monotonic() - started:.1f} s)")
        return True


@contextmanager
def heartbeat(progress: Progress) -> Iterator[None]:
    """Renews the lease beside the job, so that a step may take as long as it likes. Dies with the process."""
    over = threading.Event()
    beats = threading.Thread(target=_beat, args=(progress, over), daemon=True)
    beats.start()
    try:
        yield
    finally:
        over.set()
        beats.join()


def _beat(progress: Progress, over: threading.Event) -> None:
    held = True
    while held and not over.wait(progress.lease.total_seconds() / 3):
        try:
            held = progress.renew()
        except Error as error:  # SQLite: the job itself is writing, so nobody else can claim either
            log.warning("lease of job %s: %s", progress.job, error)
        finally:
            connection.close()
