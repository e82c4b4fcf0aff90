"""What can run in the background. An app's jobs stand in its jobs.py, which is imported at start.

    @register("documents.export", says="导出台账")
    def export(progress: Progress, *, plan: int) -> Result: ...

One that is long and goes on where it stood is registered with `lets_pass`: after a step it goes behind those that wait.

A job must be idempotent: a worker may die at any line, then another one runs it again from the start. It has to
find out what is done already and go on from there; its own transactions are its own business.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Result = Mapping[str, Any] | None  # JSON
Run = Callable[..., Result]


@dataclass(frozen=True)
class Kind:
    name: str
    says: str  # what the page calls it
    tries: int
    every: dt.timedelta | None  # periodic: the pause after each round
    run: Run
    lets_pass: bool = False  # after a step, those that wait
    quiet: bool = False  # rounds that end as they should are no news for the log


KINDS: dict[str, Kind] = {}


def register(
    name: str, *, says: str, tries: int = 5, every: dt.timedelta | None = None, lets_pass: bool = False,
    quiet: bool = False,
) -> Callable[[Run], Run]:  # fmt: skip
    """Give a function `run(progress, **args)` its name in the database, which lives longer than the function's."""

    def add(run: Run) -> Run:
        if KINDS.setdefault(name, kind := Kind(name, says, tries, every, run, lets_pass, quiet)) is not kind:
            raise ValueError(f"job {name} is registered twice")
        return run

    return add


def known(name: str) -> Kind:
    if name not in KINDS:
        raise LookupError(f"job {name} is not registered (foundation/jobs/registry.py)")
    return KINDS[name]


def title(name: str) -> str:
    return KINDS[name].says if name in KINDS else name
