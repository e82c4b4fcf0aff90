"""Forms, ladders, schemes as dated data: which version holds on a day, and days as YAML reads them. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, Protocol, TypeVar


class Dated(Protocol):
    @property
    def effective_from(self) -> dt.date: ...


Version = TypeVar("Version", bound=Dated)


def version_on(versions: Iterable[Version], day: dt.date) -> Version:
    """The newest that has begun by that day; before the first one, the first. Of two from one day the later listed."""
    known = sorted(versions, key=lambda one: one.effective_from)
    return next((one for one in reversed(known) if one.effective_from <= day), known[0])


def plain(one: Any) -> Any:
    """A mapping as JSON would have it, for its schema: YAML reads days as days."""
    if not isinstance(one, Mapping):
        return one
    return {key: value.isoformat() if isinstance(value, dt.date) else value for key, value in one.items()}
