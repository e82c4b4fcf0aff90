"""What a task went through, from the moves that its journal tells. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from ..waiting import STEPS

PASSED, BACK, AGAIN = "accept", ("office_return", "reject"), "reopen"


class Move(NamedTuple):
    """`verb` without its room; `to` the state it led to."""

    verb: str
    to: str
    at: dt.datetime


@dataclass(frozen=True)
class Stay:
    """A task stood in one step from `start` to `end`; None: it still stands there."""

    step: str
    start: dt.datetime
    end: dt.datetime | None


@dataclass(frozen=True)
class Course:
    """The course of one task. `first`: whether the office's first word was a yes that stayed; None before it.
    `returns`: how many times the office sent it back. `whole`: from dispatch to the first yes."""

    stays: tuple[Stay, ...]
    first: bool | None
    returns: int
    whole: Stay | None


def course_of(moves: Iterable[Move]) -> Course:
    """`moves` in the order of the journal."""
    told = list(moves)
    words = [one.verb for one in told if one.verb == PASSED or one.verb in BACK]
    yes = next((one for one in told if one.verb == PASSED), None)
    reopened = any(one.verb == AGAIN for one in told)
    return Course(
        tuple(_stays(told)),
        (words[0] == PASSED and not reopened) if words else None,
        sum(one.verb == BACK[0] for one in told),
        Stay("", told[0].at, yes.at) if yes else None,
    )


def _stays(moves: list[Move]) -> Iterator[Stay]:
    """Moves that change nothing (代录 begun on what was received) are no end."""
    step, since = "", None
    for one in moves:
        if one.to == step:
            continue
        if since and step in STEPS:
            yield Stay(step, since, one.at)
        step, since = one.to, one.at
    if since and step in STEPS:
        yield Stay(step, since, None)
