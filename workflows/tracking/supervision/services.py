"""What people do with a slip: sign for it, answer, read the answer, close it or call it back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from foundation.journal.moves import transition
from foundation.organization.actors import Actor
from workflows.tasks.services.guards import required

from ..models import Slip

LONGEST = 2000


def receive(*, slip: int, actor: Actor, at: dt.datetime) -> None:
    _move(Slip.receive, slip, actor, at)


def answer(*, slip: int, reply: str, actor: Actor, at: dt.datetime) -> None:
    """In writing; whoever answers what was not signed for has it by now. The journal keeps every answer."""
    _move(Slip.answer, slip, actor, at, data={"reply": required(reply, "回复", LONGEST)})


def send_back(*, slip: int, why: str, actor: Actor, at: dt.datetime) -> None:
    """The answer does not do: another one is wanted."""
    _move(Slip.send_back, slip, actor, at, words={"reason": required(why, "退回的理由")})


def close(*, slip: int, opinion: str = "", actor: Actor, at: dt.datetime) -> None:
    _move(Slip.close, slip, actor, at, words={"opinion": opinion.strip()})


def void(*, slip: int, why: str, actor: Actor, at: dt.datetime) -> None:
    """Sent wrongly. Its number stays taken, and the rung is not sent again."""
    _move(Slip.void, slip, actor, at, words={"reason": required(why, "作废的理由")})


def _move(
    move: Callable[..., Any], slip: int, actor: Actor, at: dt.datetime, *, data: Mapping[str, Any] | None = None,
    words: Mapping[str, Any] | None = None,
) -> None:  # fmt: skip
    transition(move, slip, actor=actor, at=at, data=data, words=words).all_or_refuse()
