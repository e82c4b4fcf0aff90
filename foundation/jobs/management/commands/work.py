"""work [--once] [--idle-exit] [--lease SECONDS]: the background worker."""

from __future__ import annotations

import datetime as dt
import signal
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings

from foundation.jobs.progress import LEASE
from foundation.jobs.worker import Worker
from foundation.organization.commands import BadInput, OwnCommand

LONGEST = 24 * 60 * 60


class Command(OwnCommand):
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
        if not 0 < lease <= LONGEST:
            raise BadInput(f"--lease 请给 0 到 {LONGEST} 之间的秒数。")
        if settings.BROKER and not (once or idle_exit):
            from foundation.jobs import broker

            sys.exit(broker.serve())
        worker = Worker(lease=dt.timedelta(seconds=lease), tell=lambda line: self.stderr.write(line, str))
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, worker.stop)
        worker.work(once=once, idle_exit=idle_exit)
