"""What the rows of a step come to. Pure.

A *place* is what the route seats: one person, and whoever was brought in for them (转办, 升级, 加签). Modes
count places, so that adding a signer never changes what a vote needs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
    return sorted(found.values(), key=lambda place: turn(place[0]))


def turn(first: Signer) -> tuple[int, int]:
    """Where a place stands in its step: those who decided another step sit where the route names them."""
    return (first.link is Link.LATE and first.anchor) or first.key, first.key


def verdict_of(place: Place) -> Verdict:
    """A no of anybody but an adviser is the place's; a yes stands once those asked after it agree."""
    if any(row.state is State.REJECTED for row in place):
        return Verdict.NO
    deciders = [row.state for row in place if row.link in DECIDERS]
    said = State.AGREED in deciders or State.ABSTAINED in deciders
    if said and not any(row.link is Link.AFTER and row.undone for row in place):
        return Verdict.YES if State.AGREED in deciders else Verdict.ABSTAIN
    return Verdict.OPEN if said or State.OPEN in deciders or State.WAITING in deciders else Verdict.NONE


def may_be_asked(place: Place) -> Place:
    """Who waits no longer: those they wait for have answered, and behind a yes there is a yes."""
    if verdict_of(place) is not Verdict.OPEN:
        return []
    ahead = {row.anchor for row in place if row.link in _AHEAD and row.undone}
    turn = _late(place) if spoken(place) else {row.key for row in place} - _late(place)
    return [row for row in place if row.state is State.WAITING and row.key in turn - ahead]


def overtaken(place: Place) -> Place:
    """Whoever could still have decided it when somebody beside them was faster."""
    return [row for row in place if spoken(place) and row.key not in _late(place)]


def _late(place: Place) -> set[int]:
    """Those added after, and whom they ask for an opinion."""
    after = {row.key for row in place if row.link is Link.AFTER}
    return after | {row.key for row in place if row.anchor in after}


def spoken(place: Place) -> bool:
    return any(row.link in DECIDERS and row.state in (State.AGREED, State.ABSTAINED) for row in place)


_AHEAD = (Link.BEFORE, Link.OPINION)


def settled(step: Step, verdicts: Iterable[Verdict]) -> bool | None:
    """Passed, not passed, or not settled yet: a function of all votes, never of who came last."""
    voices = [verdict for verdict in verdicts if verdict is not Verdict.NONE]
    heard, no = Verdict.OPEN not in voices, Verdict.NO in voices
    passing, impossible = _standing(step, voices)
    if no and step.on_reject is OnReject.VETO:
        return False
    # Where a later no could still undo it, a vote is not fixed by its yeses.
    waits = step.mode is Mode.VOTE and step.on_reject is not OnReject.UNTIL_IMPOSSIBLE
    if passing and (heard or not waits):
        return True
    if impossible and (heard or step.on_reject is not OnReject.COLLECT_ALL):
        return False
    return None


def _standing(step: Step, voices: Sequence[Verdict]) -> tuple[bool, bool]:
    """Whether it would pass as it stands, and whether it can't any more."""
    yes, left = voices.count(Verdict.YES), voices.count(Verdict.OPEN)
    if not voices:
        return True, False
    if step.mode is Mode.ANY:
        return yes > 0, yes + left == 0
    if step.votes and step.mode is Mode.VOTE:
        needed = step.votes.needed(len(voices))
        return yes >= needed, yes + left < needed
    return yes == len(voices), Verdict.NO in voices
