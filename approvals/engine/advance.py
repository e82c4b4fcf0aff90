"""What follows from the rows alone: who is asked next, what is settled, how it ends. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from .claims import barred, marked
from .places import Place, Verdict, may_be_asked, overtaken, places_of, settled, verdict_of
from .records import replace
from .routes import Dedupe, Mode, SignerOf
from .terms import DECIDERS, UNDONE, ApprovalState, Claim, Link, Lookup, Result, Signer, State

WHY_SKIPPED = {
    Mode.ANY: "或签，已由他人办理",
    Mode.VOTE: "票数已定，不再办理",
    Mode.ALL: "本环节已定，不再办理",
    Mode.SEQUENCE: "本环节已定，不再办理",
}
_ENDED = {
    Result.APPROVED: "审批已通过",
    Result.REJECTED: "已有人不同意，审批结束",
    Result.RETURNED: "已有人退回发起人",
    Result.WITHDRAWN: "发起人已撤回",
    Result.VOID: "事项已撤销",
}


@dataclass(frozen=True)
class Course:
    """One command's way through the steps. `cause` is the row whose decision started it."""

    lookup: Lookup
    at: dt.datetime | None = None
    cause: Signer | None = None

    def advance(self, state: ApprovalState) -> ApprovalState:
        """Open and settle the steps in order until somebody is asked; approved when no step is left."""
        for number in range(self._first(state), len(state.route.steps) + 1):
            state = self._ask(self._seat_late(state, number), number)
            passed = _settled(state, number)
            if passed is None:
                return state
            if not passed:
                return end(state, Result.REJECTED, self._key)
            state = self._pass(state, number, WHY_SKIPPED[state.definition(number).mode])
        return end(state, Result.APPROVED)

    @property
    def _key(self) -> int | None:
        return self.cause.key if self.cause else None

    def _first(self, state: ApprovalState) -> int:
        """Steps that are over need no second look. One that nobody decides is over once it was copied."""
        undone = (row.step for row in state.signers if row.undone and row.link is not Link.CONSENT)
        first = min(undone, default=len(state.route.steps))
        return min(first, self.cause.step) if self.cause else first

    def _ask(self, state: ApprovalState, number: int) -> ApprovalState:
        """Open the waiting rows of a step, or have 去重 answer them, as far as the mode asks for now."""
        one_by_one = state.definition(number).mode is Mode.SEQUENCE
        for root in [place[0].root for place in places_of(state.of_step(number))]:
            if _settled(state, number) is not None:
                break
            state, verdict = self._ask_place(state, number, root)
            if one_by_one and verdict is Verdict.OPEN:
                break
        return marked(state, number)

    def _ask_place(self, state: ApprovalState, number: int, root: int) -> tuple[ApprovalState, Verdict]:
        while waiting := _next(state, number, place := _place(state, number, root)):
            state = state.put(self._asked(state, waiting[0]))  # an answer by 去重 may let others be asked
        verdict = verdict_of(place)
        left = place if verdict is not Verdict.OPEN else overtaken(place)
        return skip(state, left, "已由他人办理", self._key), verdict

    def _asked(self, state: ApprovalState, row: Signer) -> Signer:
        if _agreed_before(state, row):
            reason = "本人此前已同意，自动同意"
            return replace(
                row, state=State.AGREED, reason=reason, digest=state.digest, closed_by=self._key or 0
            )
        return self.opened(state, row)

    def opened(self, state: ApprovalState, row: Signer) -> Signer:
        """The clock of somebody who is asked again goes on from where they were first asked."""
        limit = state.definition(row.step).due
        due = row.due
        if limit and due is None and self.at is not None:
            due = self.lookup.shift(self.at, limit.after, limit.unit)
        return replace(row, state=State.OPEN, opened=row.opened or self.at, due=due)

    def _seat_late(self, state: ApprovalState, number: int) -> ApprovalState:
        """Whoever decided the earlier step that the route names is known now."""
        rules = [who for who in state.definition(number).who if isinstance(who, SignerOf)]
        rows = state.of_step(number) if rules else ()
        waiting = [row for row in rows if row.link is Link.LATE and row.person is None]
        for row, rule in zip(waiting, rules, strict=False):
            if row.state is State.WAITING:
                state = _seat(state, row, rule.signer_of)
        return state

    def _pass(self, state: ApprovalState, number: int, why: str) -> ApprovalState:
        """The step is done: nobody else of it is asked, and those it is copied to may read."""
        state = skip(state, state.of_step(number), why, self._key)
        copies = [row for row in state.signers if row.step == number and row.link is Link.COPY]
        told = [replace(row, state=State.TO_READ, opened=self.at) for row in copies if row.undone]
        return state.put(*told)


def _settled(state: ApprovalState, number: int) -> bool | None:
    if number not in state.settled:
        verdicts = map(verdict_of, places_of(state.of_step(number)))
        state.settled[number] = settled(state.definition(number), verdicts)
    return state.settled[number]


def _place(state: ApprovalState, number: int, root: int) -> Place:
    return [row for row in state.of_step(number) if row.root == root]


def _next(state: ApprovalState, number: int, place: Place) -> Place:
    """Who is asked now, but for those who wait because somebody has claimed the step."""
    bars = barred(state, number)
    return [row for row in may_be_asked(place) if row.key not in bars]


def _seat(state: ApprovalState, row: Signer, step: int) -> ApprovalState:
    """The first of those who agreed takes the empty place, the others get places of their own behind it."""
    there = {other.person for other in state.of_step(row.step)}
    in_order = (one for place in places_of(state.of_step(step)) for one in place)
    agreed = [one for one in in_order if one.state is State.AGREED and one.link in DECIDERS]
    people = {one.person: one.seat for one in agreed if one.person not in there}
    if not people:
        reason = f"第{step}步没有其他人办理过，跳过"
        return state.put(replace(row, state=State.SKIPPED, reason=reason))
    (person, seat), *others = people.items()
    first = replace(row, person=person, seat=seat)
    more = [
        replace(first, key=key, person=other, seat=at, anchor=row.key)
        for key, (other, at) in enumerate(others, len(state.signers) + 1)
    ]
    return state.put(first, *more)


def _agreed_before(state: ApprovalState, row: Signer) -> bool:
    """去重: the person said yes themselves since the last return."""
    if state.route.dedupe is Dedupe.NONE or row.link in (Link.OPINION, Link.BESIDE):
        return False
    agreed = [yes for yes in state.signers if yes.state is State.AGREED and yes.round == row.round]
    agreed = [yes for yes in agreed if yes.step < row.step]
    if state.route.dedupe is Dedupe.CONSECUTIVE:
        last = max((yes.step for yes in agreed), default=0)
        agreed = [yes for yes in agreed if yes.step == last]
    return any(yes.person == row.person and _themselves(yes) for yes in agreed)


def _themselves(yes: Signer) -> bool:
    """Not through a proxy, nor the system because time was up; an earlier 去重 goes back to a yes of theirs."""
    return yes.by == yes.person or (yes.by is None and yes.closed_by is not None)


def again(state: ApprovalState, target: int, returned: Signer) -> ApprovalState:
    """A new round: new rows from the target step to the returner's; the old ones stay as decided."""
    turn = returned.round + 1
    rows = [row for step in range(target, returned.step + 1) for row in state.of_step(step)]
    rows = [row for row in rows if _asked_again(state, row)]
    later = state.put(*(replace(row, round=turn) for row in state.signers if _ahead(row, returned.step)))
    return later.put(*_copied(rows, len(state.signers), turn))


def _ahead(row: Signer, step: int) -> bool:
    return row.state is State.WAITING and row.step > step and row.link is not Link.COPY


def _asked_again(state: ApprovalState, row: Signer) -> bool:
    """Who has a voice in the step: not who gave it away, only advised, or came in for the delay alone. Who
    decided another step is asked anew, too: of their places the first alone, empty."""
    if state.row(row.root).link is Link.LATE:
        return row.link is Link.LATE and row.anchor is None
    gone = row.link in (Link.OPINION, Link.BESIDE) or row.state is State.PASSED
    return not gone and state.may_sign(row.person)


def _copied(rows: list[Signer], last: int, turn: int) -> list[Signer]:
    """Fresh rows in the order of their places. A newcomer (转办) has the place for good."""
    seats = {row.root for row in rows if row.link not in _BROUGHT}
    kept = [row for row in rows if row.root in seats]
    ordered = sorted(kept, key=lambda row: (row.step, row.root, row.link in _BROUGHT, row.key))
    roots = {row.root: last + n for n, row in enumerate(ordered, 1) if row.link not in _BROUGHT}
    return [_fresh(row, last + n, turn, roots) for n, row in enumerate(ordered, 1)]


_BROUGHT = (Link.BEFORE, Link.AFTER)


def _fresh(row: Signer, key: int, turn: int, roots: dict[int, int]) -> Signer:
    late = row.link is Link.LATE
    person, seat = (None, None) if late else (row.person, row.seat)
    fresh = Signer(key, row.step, person, seat, turn, note=row.note)
    if row.link in _BROUGHT:
        return replace(fresh, link=row.link, anchor=roots[row.root], place=roots[row.root])
    return replace(fresh, link=Link.LATE) if late else fresh


def skip(state: ApprovalState, rows: Iterable[Signer], why: str, closed_by: int | None) -> ApprovalState:
    """Those of `rows` who have not decided never will."""
    undecided = [row for row in rows if row.state in UNDONE]
    return state.put(
        *(
            replace(row, state=State.SKIPPED, reason=why, closed_by=closed_by, claim=Claim.NONE)
            for row in undecided
        )
    )


def end(state: ApprovalState, result: Result, closed_by: int | None = None) -> ApprovalState:
    return replace(skip(state, state.signers, _ENDED[result], closed_by), result=result)
