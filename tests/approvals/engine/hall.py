"""A small hall of people for the engine's tests: each letter is a person, post "ab" is held by a and b.

`picture` draws the rows that count, a step between bars: a? open, a. waiting, a+ agreed, a= agreed by 去重,
ax rejected, a< returned, a- skipped, _- an empty post.
"""

from __future__ import annotations

from collections.abc import Sequence

from approvals.engine import decide, open_route
from approvals.routes import Dedupe, Mode, Named, OnEmpty, OnSelf, PostIn, Route, Step, Who
from approvals.terms import ApprovalState, Command, Do, Holder, Outcome, Refusal, Signer, State, To

NOBODY = "-"
MARKS = {
    State.WAITING: ".",
    State.OPEN: "?",
    State.AGREED: "+",
    State.REJECTED: "x",
    State.RETURNED: "<",
    State.SKIPPED: "-",
}


class Hall:
    """The organization as the engine sees it. `superiors` maps a person to theirs."""

    def __init__(self, superiors: dict[str, str] | None = None) -> None:
        self.superiors = superiors or {}

    def holders(self, who: Who) -> Sequence[Holder]:
        if isinstance(who, Named):
            return [Holder(who.person, f"seat of {who.person}")]
        return [Holder(person, f"{person} as {who.post}") for person in who.post if person != NOBODY]

    def superior(self, holder: Holder) -> Holder | None:
        boss = self.superiors.get(str(holder.person))
        return Holder(boss, f"{boss} as superior") if boss else None

    def describe(self, who: Who) -> str:
        return f"{who.of}的{who.post}" if isinstance(who, PostIn) else str(who.person)


HALL = Hall()


def step(*posts: str, mode: str = "any", empty: str = "refuse") -> Step:
    """`empty` is a policy, or the post of the fallback."""
    on_empty = OnEmpty(empty) if empty in list(OnEmpty) else PostIn(empty)
    return Step("环节", tuple(PostIn(post) for post in posts), Mode(mode), on_empty)


def route(*steps: Step, dedupe: str = "none", own: str = "superior") -> Route:
    return Route("路线", steps, Dedupe(dedupe), OnSelf(own))


def opening(of: Route, initiator: str = "z", drafters: str = "", **superiors: str) -> Outcome | Refusal:
    return open_route(of, Holder(initiator, "desk"), Hall(superiors), drafters)


def opened(*steps: Step, by: str = "z", **policies: str) -> ApprovalState:
    result = opening(route(*steps, **policies), by)
    assert isinstance(result, Outcome), result
    return result.state


def told(words: str) -> Command:
    """ "a agree", "b/a agree" (b for a), "a return previous"; an opinion goes without saying."""
    who, do, *to = words.split()
    by, _, behalf = who.partition("/")
    return Command(Do(do), by, behalf or None, opinion="请看", to=To(to[0]) if to else To.INITIATOR)


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
    return " | ".join(" ".join(_mark(row) for row in state.of_step(number)) for number in steps)


def _mark(row: Signer) -> str:
    automatic = row.state is State.AGREED and row.by is None
    return f"{row.person or '_'}{'=' if automatic else MARKS[row.state]}"
