"""Where many machines share the jobs: Celery, over Redis or RabbitMQ, wakes and spreads the workers (ANBAN_BROKER).

A message says only "there is work": who hears it makes the same claim as any other worker, and the row is the
truth. So a message may be lost (the beat says it again) or come twice (the second finds nothing).
"""

from __future__ import annotations

import logging
import time
from typing import Any

from celery import Celery
from celery.signals import worker_init
from django.conf import settings
from django.utils import timezone
from kombu.exceptions import OperationalError

from .queue import put_periodic
from .worker import Worker

log = logging.getLogger(__name__)
TASK = "anban.work"
BEAT = (
    5.0  # seconds between two looks at what came due by itself: periodic jobs, retries, leases that ran out
)
WORTH = 3600  # seconds after which a message wakes nobody: by then the beat has
PATIENCE = 2  # seconds to wait for a broker that does not answer: the page that put the job waits with it
SILENCE = 30  # seconds in which it is not asked again: not every page waits


def connected(url: str) -> Celery:
    """Celery at this broker; makes no connection yet."""
    app = Celery("anban", broker=url, set_as_current=False)
    app.conf.update(
        beat_schedule={"look": {"task": TASK, "schedule": BEAT, "options": {"expires": BEAT}}},
        broker_connection_timeout=PATIENCE,
        broker_connection_retry_on_startup=True,
        broker_transport_options=_patience_of(url),
        task_default_queue="anban",
        task_ignore_result=True,
        worker_prefetch_multiplier=1,  # a message in a busy worker's pocket wakes nobody
        worker_hijack_root_logger=False,
    )
    app.task(name=TASK, bind=True)(_work)
    return app


def _patience_of(url: str) -> dict[str, int]:
    """Redis has words of its own for it, and waits for ever without."""
    return {"socket_connect_timeout": PATIENCE, "socket_timeout": PATIENCE} if url.startswith("redis") else {}


def _work(task: Any) -> None:
    """One claim; where there was something to do there may be more, for this worker or another."""
    if Worker().survive():
        task.apply_async(expires=BEAT)


class Bell:
    """Says that there is work. The job is written down already: a broker that is away delays it, and loses nothing."""

    def __init__(self, app: Celery) -> None:
        self.app, self.silent_until = app, 0.0

    def ring(self) -> None:
        if time.monotonic() < self.silent_until:
            return
        try:
            self.app.send_task(TASK, expires=WORTH, retry=False)
        except (OperationalError, OSError) as error:
            self.silent_until = time.monotonic() + SILENCE
            log.warning("broker: %s; the job waits until a worker looks", error)


@worker_init.connect
def _begin(**_: Any) -> None:
    put_periodic(timezone.now())


def serve() -> int:
    """A worker of the broker, until SIGTERM or SIGINT; the job in hand is finished. Returns the exit code."""
    app = connected(settings.BROKER)
    worker = app.Worker(
        beat=True, scheduler="celery.beat:Scheduler", concurrency=1, loglevel=settings.LOG_LEVEL, quiet=True
    )
    worker.start()
    return int(worker.exitcode or 0)
