"""转办 and 委派: somebody else decides in my place, or tells me what they think before I do."""

from __future__ import annotations

from ..advance import Course
from ..records import replace
from ..refusals import Why
from ..routes import Act
from ..terms import ApprovalState, Claim, Command, Link, Lookup, Signer, State
from .guards import Stop, newcomers, own_row, said, voice


def transfer(state: ApprovalState, command: Command, lookup: Lookup) -> ApprovalState:
    """The newcomer's decision moves the approval; the trail keeps both."""
    row = voice(own_row(state, command, Act.TRANSFER))
    if row.link is Link.CONSENT:
        raise Stop(Why.NOT_ALLOWED, named="转办")
    said(command)
    newcomers(state, command, row.step, most=1)
    link = row.link if row.link in (Link.BEFORE, Link.AFTER, Link.BESIDE) else Link.INSTEAD
    fresh = newcomer(state, row, command, link, "转办")
    if link is not Link.INSTEAD:  # whoever brought them in has the newcomer now
        fresh = replace(fresh, anchor=row.anchor)
    given = replace(row, claim=Claim.NONE)  # whoever comes has claimed nothing
    passed = replace(given, state=State.PASSED, by=command.by, reason="已转办", closed_by=fresh.key)
    return Course(lookup, command.at, passed).advance(state.put(passed, fresh))


def delegate(state: ApprovalState, command: Command, lookup: Lookup) -> ApprovalState:
    """The owner waits and decides in the end; passing it on again never changes whose it is."""
    row = own_row(state, command, Act.DELEGATE)
    if row.link is Link.CONSENT:
        raise Stop(Why.NOT_ALLOWED, named="委派")
    said(command)
    newcomers(state, command, row.step, most=1)
    advised = row.link is Link.OPINION
    owner = state.row(row.anchor or 0) if advised else row
    fresh = newcomer(state, owner, command, Link.OPINION, "委派，提出意见")
    waits = replace(row, state=State.WAITING)
    if advised:
        waits = replace(row, state=State.PASSED, by=command.by, reason="已再委派", closed_by=fresh.key)
    course = Course(lookup, command.at, row)
    return course.advance(state.put(waits, course.opened(state, fresh)))


def newcomer(
    state: ApprovalState, row: Signer, command: Command, link: Link, note: str, nth: int = 0
) -> Signer:
    """Somebody brought in by the holder of `row`."""
    holder = command.people[nth]
    key = len(state.signers) + 1 + nth
    return Signer(
        key,
        row.step,
        holder.person,
        holder.seat,
        row.round,
        note=note,
        link=link,
        anchor=row.key,
        place=row.root,
    )
