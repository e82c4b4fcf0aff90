"""Where laws disagree, and by which name each of their limits is chosen. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from ..pack import Basis, ClockRule, Pack, laws_of


@dataclass(frozen=True)
class Dispute:
    """One rule whose bases can come to different dates; each stands under a law that no other of them cites."""

    rule: ClockRule
    laws: Mapping[str, Basis]


def disputes(pack: Pack) -> dict[str, Dispute]:
    """By rule, in the order of the pack."""
    found = {}
    for rule in pack.clocks:
        if len({(one.limit, one.extended) for one in rule.bases}) > 1:
            found[rule.rule] = Dispute(rule, _named(rule))
    return found


def _named(rule: ClockRule) -> dict[str, Basis]:
    times = Counter(law for one in rule.bases for law in laws_of(one.cites))
    named = {}
    for basis in rule.bases:
        if own := sorted(law for law in laws_of(basis.cites) if times[law] == 1):
            named[own[0]] = basis
    return named
