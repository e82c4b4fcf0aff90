"""What happened in a case, when it took effect, who did it. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

VIOLATION = "violation_ended"  # no step of a pack, and clocks run from it: 追究时效


@dataclass(frozen=True)
class Event:
    step: str
    at: dt.datetime
    document: str = ""
    number: str = ""
    post: str = ""  # of whoever did it, where that is known
    reason: str = ""


def first_after(
    told: Sequence[Event], steps: Container[str], start: dt.datetime, until: dt.datetime | None = None
) -> Event | None:
    """The first of `steps` from `start` on and before `until`; `told` is in order of time."""
    late = (one for one in told if one.step in steps and one.at >= start)
    return next((one for one in late if until is None or one.at < until), None)


def happened(told: Iterable[Event], step: str, by: dt.datetime) -> bool:
    return any(one.step == step and one.at <= by for one in told)
