"""What the rows of a step come to. Pure.

A *place* is what the route seats: one person, and whoever was brought in for them (转办, 升级, 加签). Modes
count places, so that adding a signer never changes what a vote needs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from enum import Enum, auto

from .routes import Mode, OnReject, Step
from .terms import DECIDERS, Link, Signer, State

Place = list[Signer]


class Verdict(Enum):
    YES = auto()
    NO = auto()
    ABSTAIN = auto()
    OPEN = auto()  # not decided yet
    NONE = auto()  # nobody is left who could: an empty post, somebody's own matter


def places_of(rows: Iterable[Signer]) -> list[Place]:
    """In the order of the route, whoever was brought in behind the one they were brought in for."""
    found: dict[int, Place] = {}
    for row in rows:
        found.setdefault(row.root, []).append(row)
    return [found[root] for root in sorted(found)]


def verdict_of(place: Place) -> Verdict:
    """A no of anybody but an adviser is the place's; a yes stands once those asked after it agree."""
    if any(row.state is State.REJECTED for row in place):
        return Verdict.NO
    deciders = [row.state for row in place if row.link in DECIDERS]
    said = State.AGREED in deciders or State.ABSTAINED in deciders
    if said and not any(row.link is Link.AFTER and row.undone for row in place):
        return Verdict.YES if State.AGREED in deciders else Verdict.ABSTAIN
    return Verdict.OPEN if said or State.OPEN in deciders or State.WAITING in deciders else Verdict.NONE


def may_be_asked(row: Signer, place: Place) -> bool:
    """Those it waits for have answered; behind a yes there has to be a yes."""
    if any(other.anchor == row.key and other.undone for other in place if other.link in _AHEAD):
        return False
    spoken = any(one.link in DECIDERS and one.state in (State.AGREED, State.ABSTAINED) for one in place)
    return spoken == (row.link is Link.AFTER)


_AHEAD = (Link.BEFORE, Link.OPINION)


def settled(step: Step, verdicts: Iterable[Verdict]) -> bool | None:
    """Passed, not passed, or not settled yet: a function of all votes, never of who came last."""
    count = Counter(verdicts)
    voters = sum(count.values()) - count[Verdict.NONE]
    heard, no = not count[Verdict.OPEN], count[Verdict.NO] > 0
    passing, impossible = _standing(step, count, voters)
    if no and step.on_reject is OnReject.VETO:
        return False
    # Where a later no could still undo it, a vote is not fixed by its yeses.
    waits = step.mode is Mode.VOTE and step.on_reject is not OnReject.UNTIL_IMPOSSIBLE
    if passing and (heard or not waits):
        return True
    if impossible and (heard or step.on_reject is not OnReject.COLLECT_ALL):
        return False
    return None


def _standing(step: Step, count: Counter[Verdict], voters: int) -> tuple[bool, bool]:
    """Whether it would pass as it stands, and whether it can't any more."""
    yes, left = count[Verdict.YES], count[Verdict.OPEN]
    if not voters:
        return True, False
    if step.mode is Mode.ANY:
        return yes > 0, yes + left == 0
    if step.votes and step.mode is Mode.VOTE:
        needed = step.votes.needed(voters)
        return yes >= needed, yes + left < needed
    return yes == voters, count[Verdict.NO] > 0
