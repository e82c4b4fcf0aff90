"""What a proxy covers: days × routes × units. Two proxies meet where all three do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from .models import Proxy


@dataclass(frozen=True)
class Scope:
    """`routes` and `units` by their ids; empty means all."""

    start: dt.date
    end: dt.date
    routes: frozenset[int] = frozenset()
    units: frozenset[int] = frozenset()

    @classmethod
    def of(cls, proxy: Proxy) -> Scope:
        routes, units = proxy.routes.all(), proxy.units.all()
        return cls(
            proxy.start, proxy.end, frozenset(one.pk for one in routes), frozenset(one.pk for one in units)
        )

    def meet(self, other: Scope) -> Scope | None:
        """What both cover."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        routes, units = _both(self.routes, other.routes), _both(self.units, other.units)
        return None if end < start or routes is None or units is None else Scope(start, end, routes, units)


def _both(one: frozenset[int], other: frozenset[int]) -> frozenset[int] | None:
    return (one & other or None) if one and other else one | other


def way_back(to: int, owner: int, scope: Scope, named: Iterable[Proxy]) -> list[Proxy]:
    """The proxies by which what the person `to` gets comes back to `owner`, on some day and in some matter."""
    named = list(named)
    for one in named:
        common = scope.meet(Scope.of(one)) if one.owner.person_id == to else None
        if not common:
            continue
        if one.to.person_id == owner:
            return [one]
        left = [other for other in named if other is not one]  # so that other circles end too
        if way := way_back(one.to.person_id, owner, common, left):
            return [one, *way]
    return []
