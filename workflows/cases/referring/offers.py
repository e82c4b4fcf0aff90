"""What may be recorded next, what not yet and why: every step of the pack, asked at this moment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from ..events import Event
from ..pack import Step
from ..rule_words import TRACKS, WHO
from ..standing import Standing

ANY = "理由"  # a reason can still be given
NEXT, NOT_YET = "接下来", "现在还不能（可以补记以前的）"


@dataclass(frozen=True)
class Offer:
    """`due`: a clock runs that it would stop. `opened`: by something that happened, not from the beginning."""

    step: Step
    why: tuple[str, ...] = ()
    basis: str = ""
    due: bool = False
    opened: bool = False  # and what it would stop was not stopped otherwise
    again: bool = False

    @property
    def label(self) -> str:
        """公安机关：公安机关接受移送 says it twice."""
        who = WHO[self.step.who]
        return self.step.name if self.step.name.startswith(who) else f"{self.step.name}（{who}）"


def offers_of(stands: Standing, but: Iterable[str] = ()) -> list[Offer]:
    """Every step but those that somebody else records; what is due first, then what has become possible."""
    ends, but = {end for one in stands.live for end in one.rule.ends}, {*but}
    found = [_offer(stands, step, ends) for step in stands.pack.steps.values() if step.code not in but]
    return sorted(found, key=lambda one: (bool(one.why), one.again, not one.due, not one.opened))


def _offer(stands: Standing, step: Step, ends: set[str]) -> Offer:
    verdict = stands.verdict(Event(step.code, stands.now, reason=ANY))
    asked = any(gate.step == step.code and gate.kind in ("needs", "needs_one") for gate in stands.pack.gates)
    again = any(one.step == step.code for one in stands.events)
    basis = stands.pack.cite(*verdict.cites)
    opened = asked and verdict.allowed and not _settled(stands, step)
    return Offer(step, verdict.why, basis, step.code in ends, opened, again)


def _settled(stands: Standing, step: Step) -> bool:
    """What it would answer was answered otherwise: 不予立案 once there is 立案."""
    rules, live = [one for one in stands.pack.clocks if step.code in one.ends], stands.live
    runs = {one.rule for one in live}
    begins = {start for one in runs for start in one.starts}
    return bool(rules) and not any(
        one in runs or (one.only_ended and begins & {*one.starts}) for one in rules
    )


def next_of(offers: Iterable[Offer]) -> list[Offer]:
    """What the page of a case offers: what is due, and what has become possible and was not yet."""
    return [one for one in offers if _group(one) == NEXT]


def choices_of(offers: Iterable[Offer]) -> list[tuple[str, list[tuple[str, str]]]]:
    """For a select, in groups: what is next, the rest that may be, what may not be at this moment."""
    groups = [(_group(one), (one.step.code, one.label)) for one in offers]
    return [
        (title, [choice for _, choice in some])
        for title, some in groupby(sorted(groups, key=lambda one: _place(one[0])), key=lambda one: one[0])
    ]


def _group(one: Offer) -> str:
    if one.why:
        return NOT_YET
    if one.due or (one.opened and not one.again):
        return NEXT
    return f"也可以记录：{TRACKS[one.step.track]}"


def _place(title: str) -> tuple[int, str]:
    return ({NEXT: 0, NOT_YET: 2}.get(title, 1), title)
