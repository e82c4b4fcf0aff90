"""What a process and all that it started took, by /proc: processor time and memory."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import NamedTuple

TICK = os.sysconf("SC_CLK_TCK")
PAUSE = 0.02  # seconds between two looks at the memory


class Process(NamedTuple):
    pid: int
    parent: int
    ticks: int  # its own and those of its children that have ended


def read_stat(text: str) -> Process:
    """A line of /proc/PID/stat; the name may hold brackets and blanks."""
    fields = text[text.rindex(")") + 2 :].split()
    return Process(int(text.split(" ", 1)[0]), int(fields[1]), sum(map(int, fields[11:15])))


def family(processes: list[Process], root: int) -> list[Process]:
    """A process and what descends from it."""
    found = [one for one in processes if one.pid == root]
    for one in found:  # grows while it is read
        found += [child for child in processes if child.parent == one.pid]
    return found


def _processes() -> Iterator[Process]:
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                yield read_stat((folder / "stat").read_text())
            except OSError:  # it has ended
                continue


def descend(root: int) -> list[int]:
    return [one.pid for one in family(list(_processes()), root)]


def cpu_of(root: int) -> float:
    """Seconds so far, user and system."""
    return sum(one.ticks for one in family(list(_processes()), root)) / TICK


def memory_of(root: int) -> int:
    """PSS in bytes: what is shared is counted once among those who share it."""
    return sum(map(_pss, descend(root)))


def _pss(pid: int) -> int:
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    return 1024 * sum(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))


class Peak:
    bytes = 0


@contextmanager
def watched(memory: Callable[[], int]) -> Iterator[Peak]:
    """The most memory that is seen at any look."""
    peak, done = Peak(), Event()

    def look() -> None:
        while not done.is_set():
            peak.bytes = max(peak.bytes, memory())
            time.sleep(PAUSE)

    thread = Thread(target=look)
    thread.start()
    try:
        yield peak
    finally:
        done.set()
        thread.join()
