"""work [--once] [--idle-exit] [--lease SECONDS]: the background worker."""

from __future__ import annotations

import datetime as dt
import signal
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from foundation.jobs.progress import LEASE
from foundation.jobs.worker import Worker


class Command(BaseCommand):
    help = "Run background jobs until told to stop. Start as many as the machine bears, on as many machines."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="end after one job")
        parser.add_argument("--idle-exit", action="store_true", help="end when nothing is due")
        parser.add_argument(
            "--lease",
            type=float,
            default=LEASE.total_seconds(),
            metavar="SECONDS",
            help="how long a job waits for a worker that died",
        )

    def handle(self, *, once: bool, idle_exit: bool, lease: float, **_: Any) -> None:
        if settings.BROKER and not (once or idle_exit):
            from foundation.jobs import broker

            sys.exit(broker.serve())
        worker = Worker(lease=dt.timedelta(seconds=lease), tell=lambda line: self.stderr.write(line, str))
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, worker.stop)
        worker.work(once=once, idle_exit=idle_exit)
