"""Random routes over people a to i, of all modes and policies, and random commands by any of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from hypothesis import strategies as st

from approvals.engine.routes import (
    Act,
    Automatic,
    Dedupe,
    Due,
    Escalate,
    Mode,
    OnReject,
    OnSelf,
    PostIn,
    Resubmit,
    Then,
    Unit,
)
from approvals.engine.terms import Command, Do, Holder, To

from .hall import START, content, route, step

PEOPLE = "abcdefghiz"
SAYS = ["x1 y1", "x2 y1", "x1 y2", "x1 y1 w1", "x1"]

person = st.sampled_from(PEOPLE)
post = st.text(PEOPLE, max_size=6)  # "" is an empty post
rarely = st.sampled_from([False] * 4 + [True])
facts = st.fixed_dictionaries({"amount": st.sampled_from([5, 15]), "crime": st.booleans()})
conditions = st.sampled_from([[]] * 5 + [[("amount", ">", 10)], [("crime", "=", False), ("amount", "<=", 9)]])
times = st.integers(1, 3)
dues = st.builds(
    lambda after, unit, remind, escalate, then: Due(after, unit, min(remind, after - 1), escalate, then),
    times,
    st.sampled_from(list(Unit)),
    st.integers(0, 2),
    st.none() | st.builds(Escalate, times, st.builds(PostIn, st.text(PEOPLE, min_size=1, max_size=2))),
    st.none() | st.builds(Automatic, times, st.sampled_from(list(Then))),
)
rests = st.fixed_dictionaries(
    {},
    optional={
        "reject": st.sampled_from(list(OnReject)),
        "votes": st.integers(1, 3) | st.sampled_from(["1/2", "2/3", "1"]),
        "when": conditions,
        "due": dues,
        "copy": st.sampled_from(["a", "jk", "cz"]),
        "allow": st.sampled_from([tuple(Act), tuple(Act)[1:], (Act.DISAGREE, Act.ADD_AFTER, Act.TAKE_BACK)]),
        "opinion": rarely,
    },
)
steps = st.builds(
    lambda posts, mode, empty, rest, claim: step(
        *posts, mode=mode, empty=empty, claim=claim and mode is Mode.ANY, **rest
    ),
    st.lists(post, min_size=1, max_size=2),
    st.sampled_from(list(Mode)),
    st.one_of(st.sampled_from(["skip", "skip", "refuse"]), person),
    rests,
    st.booleans(),
)


@st.composite
def routes(draw: st.DrawFn):
    some = draw(st.lists(steps, min_size=1, max_size=7))
    if draw(rarely):
        of = draw(st.integers(1, len(some)))
        who = draw(st.sampled_from([(of,), (of, "b"), ("cd", of)]))
        some.append(step(*who, mode=draw(st.sampled_from(["any", "all", "sequence"]))))
    return route(
        *some,
        dedupe=draw(st.sampled_from(list(Dedupe))),
        own=draw(st.sampled_from(list(OnSelf))),
        resubmit=draw(st.sampled_from(list(Resubmit))),
        consent=draw(st.sampled_from(["", "y", "xy", "ya", "yxy"])),
    )


matters = st.tuples(
    routes(),
    st.sampled_from("zzza"),
    st.sampled_from(["", "", "a", "bc"]),
    st.dictionaries(person, person, max_size=4),
    facts,
    st.sampled_from(SAYS),
)


SIGNING = [
    Do.DISAGREE, Do.ABSTAIN, Do.RETURN, Do.RETURN, Do.TRANSFER, Do.DELEGATE, Do.DELEGATE, Do.OPINE, Do.ADD_BEFORE,
    Do.ADD_BEFORE, Do.ADD_AFTER, Do.ADD_AFTER, Do.REMOVE, Do.TAKE_BACK, Do.CLAIM, Do.RELEASE,
]  # fmt: skip
MOST = {Do.TRANSFER: 1, Do.DELEGATE: 1, Do.ADD_BEFORE: 2, Do.ADD_AFTER: 2, Do.REMOVE: 2, Do.URGE: 1}


@st.composite
def commands(draw: st.DrawFn, who: str, does: list[Do], hours: float, there: str = "") -> Command:
    """One of `does` by one of `who`, so many hours after the beginning; `there` are more likely to be named."""
    do, by = draw(st.sampled_from(does)), draw(st.sampled_from(who))
    proxied = draw(st.sampled_from([False] * 9 + [True]))
    command = Command(
        do,
        draw(person) if proxied else by,
        by if proxied else None,
        opinion=draw(st.sampled_from(["请看"] * 9 + [""])),
        people=draw(people(do, there)),
        at=START + dt.timedelta(hours=hours),
    )
    if do is Do.RETURN:
        return replace(command, **draw(returns))
    return replace(command, **draw(resubmissions)) if do is Do.RESUBMIT else command


def people(do: Do, there: str) -> st.SearchStrategy[tuple[Holder, ...]]:
    """One newcomer for a transfer or a delegation, some elsewhere."""
    named = st.sampled_from(there * 3 + PEOPLE + "jklmno" * 2).map(lambda name: Holder(name, "desk"))
    return st.lists(named, min_size=do in MOST and do is not Do.URGE, max_size=MOST.get(do, 0)).map(tuple)


returns = st.fixed_dictionaries(
    {
        "to": st.sampled_from([To.INITIATOR, To.INITIATOR, *To, 1, 2, 3, 5]),
        "items": st.sampled_from([(), (), ("x",), ("y",), ("x", "y"), ("q",)]),
        "only": st.booleans(),
    }
)
resubmissions = st.builds(
    lambda says, facts: {"digest": says, "content": content(says), "facts": facts},
    st.sampled_from(SAYS),
    st.sampled_from([None] * 5 + [{"amount": 5, "crime": False}]),
)
