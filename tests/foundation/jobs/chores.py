"""Jobs to test with. As a program: a worker process that knows them (python -m tests.foundation.jobs.chores)."""

import os
import time
from pathlib import Path

PATIENCE = 60  # seconds; only reached when something is broken


def write(path: str, line: str) -> None:
    """One line, whole, whoever else writes."""
    with open(path, "a", buffering=1) as file:
        file.write(f"{line}\n")


def lines(path) -> list[str]:
    return Path(path).read_text().splitlines() if Path(path).exists() else []


def wait_for(true) -> None:
    until = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.02)


def note(progress, *, log: str) -> dict:
    """Write down who ran it, from start to end."""
    write(log, f"start {progress.job.pk} {os.getpid()}")
    progress.step(1, 2, "一半")
    time.sleep(0.01)  # long enough for another worker to step in, if it could
    write(log, f"end {progress.job.pk} {os.getpid()}")
    return {"by": os.getpid()}


def hold(progress, *, log: str, gate: str, steps: bool = True) -> None:
    """Not over before the gate is opened."""
    write(log, f"start {progress.job.pk} {os.getpid()}")
    while not Path(gate).exists():
        if steps:
            progress.step(1, 2)
        time.sleep(0.02)
    write(log, f"end {progress.job.pk} {os.getpid()}")


def fail(progress, **_) -> None:
    raise RuntimeError("磁盘已满")


def refuse(progress) -> None:
    from foundation.organization.refusals import Refused

    raise Refused("没有可以导出的任务。")


def long(progress, *, log: str) -> None:
    """Three parts, each done once however often it begins."""
    for done in range(len([line for line in lines(log) if line.startswith("part")]), 3):
        progress.step(done, 3)
        write(log, f"part {done + 1}")


def register() -> None:
    from foundation.jobs import registry

    for run in (note, hold, fail, refuse):
        registry.register(f"test.{run.__name__}", says=f"试办 {run.__name__}", tries=3)(run)
    registry.register("test.long", says="试办 long", tries=3, lets_pass=True)(long)


if __name__ == "__main__":
    import sys

    import django
    from django.core.management import execute_from_command_line

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    register()
    execute_from_command_line(["manage.py", "work", *sys.argv[1:]])
