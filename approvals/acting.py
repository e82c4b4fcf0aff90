"""Who moves a flow, and when: viewflow's nodes have no arguments of their own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from foundation.organization.actors import Actor


@dataclass(frozen=True)
class Act:
    actor: Actor
    at: dt.datetime
    opinion: str = ""


_act: ContextVar[Act] = ContextVar("act")


@contextmanager
def acting(actor: Actor, at: dt.datetime, opinion: str = "") -> Iterator[None]:
    """Everything a flow does inside happens on behalf of this act."""
    token = _act.set(Act(actor, at, opinion))
    try:
        yield
    finally:
        _act.reset(token)


def current_act() -> Act:
    """Raises LookupError outside of `acting`: nobody moves a flow without a name."""
    return _act.get()
