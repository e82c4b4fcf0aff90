"""Processor time of this process and of its server: other work on the machine doesn't count in it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import connection

TICK = os.sysconf("SC_CLK_TCK")


def spent() -> float:
    """Seconds so far: ours, our backend's, and of those of its helpers that have ended."""
    return time.process_time() + _served()


def taken(act: Callable[[], Any]) -> float:
    began = spent()
    act()
    return spent() - began


def _served() -> float:
    """SQLite works in our own process. Helpers of a parallel query are children of the postmaster."""
    if connection.vendor == "sqlite":
        return 0.0
    connection.ensure_connection()
    backend = connection.connection.info.backend_pid
    own = int(Path(f"/proc/{backend}/schedstat").read_text().split()[0]) / 1e9
    postmaster = _stat(backend)[1]
    return own + sum(int(one) for one in _stat(int(postmaster))[13:15]) / TICK


def _stat(pid: int) -> list[str]:
    """/proc/PID/stat after the name of the program: state, parent …, 13 and 14 what its dead children took."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
