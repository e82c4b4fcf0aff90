"""A small hall of people for the engine's tests: each letter is a person, post "ab" is held by a and b.

`picture` draws the rows that count, a step between bars: a? open, a. waiting, a+ agreed, a= agreed by the system,
ax rejected, ao abstained, a< returned, a! opined, a> passed on, a- skipped, _- an empty post; then, in brackets, whose
consent to a withdrawal is asked, and in braces who reads: {a?} has to, {a+} has.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from approvals.engine import decide, open_route
from approvals.engine.routes import (
    Condition,
    Count,
    Dedupe,
    Group,
    Mode,
    Named,
    OnEmpty,
    OnReject,
    OnSelf,
    Op,
    PostIn,
    Ratio,
    Resubmit,
    Route,
    SignerOf,
    Step,
    Superior,
    Unit,
    Who,
)
from approvals.engine.terms import (
    ApprovalState,
    Command,
    Content,
    Do,
    Holder,
    Link,
    Outcome,
    Refusal,
    Signer,
    State,
    To,
)

NOBODY = "-"
START = dt.datetime(2026, 6, 1, 9, tzinfo=dt.UTC)
SYSTEM = "_"
MARKS = {
    State.WAITING: ".",
    State.OPEN: "?",
    State.AGREED: "+",
    State.REJECTED: "x",
    State.ABSTAINED: "o",
    State.RETURNED: "<",
    State.OPINED: "!",
    State.PASSED: ">",
    State.SKIPPED: "-",
    State.REMOVED: "~",
    State.TO_READ: "?",
    State.READ: "+",
}
NAMING = {Do.TRANSFER, Do.DELEGATE, Do.ADD_BEFORE, Do.ADD_AFTER, Do.REMOVE, Do.URGE}


class Hall:
    """The organization as the engine sees it. `superiors` maps a person to theirs. Every day is a working day."""

    def __init__(self, superiors: dict[str, str] | None = None, initiator: str = "z") -> None:
        self.superiors = superiors or {}
        self.initiator = initiator

    def holders(self, who: Who) -> Sequence[Holder]:
        if isinstance(who, Named):
            return [Holder(who.person, f"seat of {who.person}")]
        if isinstance(who, Superior):
            return self._above(who.superior)
        post = who.group if isinstance(who, Group) else who.post
        return [Holder(person, f"{person} as {post}") for person in post if person != NOBODY]

    def _above(self, levels: int) -> Sequence[Holder]:
        boss: Holder | None = Holder(self.initiator, "desk")
        for _ in range(levels):
            boss = boss and self.superior(boss)
        return [boss] if boss else []

    def superior(self, holder: Holder) -> Holder | None:
        boss = self.superiors.get(str(holder.person))
        return Holder(boss, f"{boss} as superior") if boss else None

    def describe(self, who: Who) -> str:
        return f"{who.of}的{who.post}" if isinstance(who, PostIn) else str(who)

    def shift(self, at: dt.datetime, count: int, unit: Unit) -> dt.datetime:
        return at + dt.timedelta(**{unit.value: count})


HALL = Hall()


def who(word: str | int) -> Who:
    """ "ab" is the post that a and b hold, 1 whoever decides step 1."""
    return SignerOf(word) if isinstance(word, int) else PostIn(word)


def step(
    *posts: str | int,
    mode: str = "any",
    empty: str = "refuse",
    reject: str = "",
    votes: int | str = "1/2",
    when: Iterable[tuple] = (),
    copy: str = "",
    **rest,
) -> Step:
    """`empty` is a policy, or the post of the fallback; `votes` a count or a ratio."""
    on_empty = OnEmpty(empty) if empty in list(OnEmpty) else PostIn(empty)
    vote = mode == "vote"
    needed = Count(votes) if isinstance(votes, int) else Ratio(votes)
    return Step(
        "环节",
        tuple(map(who, posts)),
        Mode(mode),
        on_empty,
        OnReject(reject) if reject else OnReject.UNTIL_IMPOSSIBLE if vote else OnReject.VETO,
        needed if vote else None,
        tuple(Condition(fact, Op(op), value) for fact, op, value in when),
        copy=(PostIn(copy),) if copy else (),
        **rest,
    )


def route(
    *steps: Step, dedupe: str = "none", own: str = "superior", resubmit: str = "rerun", consent: str = ""
) -> Route:
    return Route(
        "路线",
        steps,
        Dedupe(dedupe),
        OnSelf(own),
        Resubmit(resubmit),
        PostIn(consent) if consent else None,
    )


def content(words: str) -> Content:
    """ "x1 y2": item x says 1, item y says 2."""
    return {word[0]: word[1:] for word in words.split()}


def opening(
    of: Route,
    initiator: str = "z",
    drafters: str = "",
    facts: dict | None = None,
    says: str = "",
    **superiors: str,
) -> Outcome | Refusal:
    return open_route(
        of,
        Holder(initiator, "desk"),
        Hall(superiors, initiator),
        drafters,
        facts=facts,
        digest=says,
        content=content(says),
        at=START,
    )


def opened(
    *steps: Step, by: str = "z", facts: dict | None = None, says: str = "", **policies: str
) -> ApprovalState:
    result = opening(route(*steps, **policies), by, facts=facts, says=says)
    assert isinstance(result, Outcome), result
    return result.state


def told(words: str) -> Command:
    """ "a agree", "b/a agree" (b for a), "a return previous", "a return 2 only #x" (but item x), "a add_before bc",
    "z resubmit x1 y2", "_ tick +25" (25 hours after the beginning); an opinion goes without saying.
    """
    name, verb, *rest = words.split()
    by, _, behalf = name.partition("/")
    do, more = Do(verb), [word for word in rest if word[0] not in "+#"]
    hours = next((int(word) for word in rest if word[0] == "+"), 0)
    said = " ".join(more) if do is Do.RESUBMIT else ""
    return Command(
        do,
        by,
        behalf or None,
        opinion="请看",
        to=_to(more) if do is Do.RETURN else To.INITIATOR,
        people=tuple(Holder(person, f"desk of {person}") for person in "".join(more) if do in NAMING),
        items=tuple(word[1:] for word in rest if word[0] == "#"),
        only="only" in more,
        digest=said,
        content=content(said),
        at=START + dt.timedelta(hours=hours),
    )


def _to(words: list[str]) -> To | int:
    word = next((word for word in words if word != "only"), To.INITIATOR)
    return int(word) if word.isdigit() else To(word)


def do(state: ApprovalState, words: str) -> Outcome:
    result = decide(state, told(words), HALL)
    assert isinstance(result, Outcome), result
    return result


def after(state: ApprovalState, *commands: str) -> ApprovalState:
    for words in commands:
        state = do(state, words).state
    return state


def refused(state: ApprovalState, words: str) -> Refusal:
    result = decide(state, told(words), HALL)
    assert isinstance(result, Refusal), picture(result.state)
    return result


def picture(state: ApprovalState) -> str:
    steps = range(1, len(state.route.steps) + 1)
    return " | ".join(_drawn(state, number) for number in steps)


def _drawn(state: ApprovalState, number: int) -> str:
    of_link = {
        link: [_mark(row) for row in state.signers if (row.step, row.link) == (number, link)]
        for link in (Link.CONSENT, Link.COPY)
    }
    consent, copies = of_link[Link.CONSENT], of_link[Link.COPY]
    words = [_mark(row) for row in state.of_step(number)]
    words += [f"[{' '.join(consent)}]"] if consent else []
    return " ".join(words + ([f"{{{' '.join(copies)}}}"] if copies else []))


def _mark(row: Signer) -> str:
    automatic = row.state is State.AGREED and row.by is None
    return f"{row.person or '_'}{'=' if automatic else MARKS[row.state]}"
