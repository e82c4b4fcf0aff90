"""The engine and the model agree on all small cases: every reachable state, every command."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, product

import pytest

from approvals.engine import predict
from approvals.engine.terms import Outcome

from .hall import HALL, route, step, told
from .model import Model
from .pair import follow, start

WHO = "abz"
SAYING = [
    f"{who} {do}" for who in WHO for do in ("agree", "disagree", "return", "return previous", "take_back")
]
PROXIES = ["a/b agree", "z/a agree", "b/a return previous", "b/a take_back"]
OTHERS = [
    "z withdraw",
    "b withdraw",
    "z void",
    "z resubmit",
    "z resubmit x1",
    "c agree",
    "c opine",
    "c take_back",
]
BRINGING = [f"a {do} c" for do in ("transfer", "delegate", "add_before", "add_after", "remove")]
COMMANDS = [
    told(words)
    for words in [*SAYING, *PROXIES, *OTHERS, *BRINGING, "b transfer a", "b abstain", "b return 1"]
]
MODES = ["any", "all", "sequence", "vote"]
SIMPLE = [step(*posts, mode=mode) for mode, posts in product(MODES, ["ab", "ba", "az"])]
HEARING = [step("ab", mode=mode, reject="collect_all") for mode in MODES]
SINGLE = [step("a"), step("b"), step("z"), step("-", empty="skip"), step("-", empty="b")]
NEVER = step("-", "b", mode="all")  # nobody holds a post that has to agree: no route with it starts
ODD = [
    step("a", "-"),
    NEVER,
    step("z", "-", mode="all", empty="a"),
    step("ca", mode="all"),
]
EVERY = [*SIMPLE, *HEARING, *SINGLE, *ODD]
POLICIES = list(product(["none", "consecutive", "all"], ["superior", "skip", "allow"]))


def asked_by_model(model: Model) -> list[str | None]:
    """Everybody agrees, the first one asked first: who comes up."""
    model, seen = model.copy(model), []
    while asked := model.course.asked:
        seen += [voice for voice in asked if voice not in seen]
        first = min(asked, key=lambda voice: voice.came)
        if model.course.table.free(first):
            model.attempt(told(f"{first.person} claim"))
        model.speak(told(f"{first.person} {'opine' if first.role == 'opinion' else 'agree'}"), first)
    return sorted(voice.person for voice in seen)


def walk(case, depth: int, commands=COMMANDS) -> int:
    """Try every command in every state within `depth`; how many commands were compared."""
    tried, level = 0, [case] if case else []
    for _ in range(depth):
        reached = {}
        for state, model in level:
            assert sorted(row.person for row in predict(state, HALL)) == asked_by_model(model)
            kept = model.kept()
            moved = kept()
            for command in commands:
                result = follow(state, moved, command)
                tried += 1
                if isinstance(result, Outcome):  # a refusal moves nothing
                    reached[result.state.signers] = (result.state, moved)
                    moved = kept()
        level = list(reached.values())
    return tried


def explore(
    routes: Iterable, depth: int, policies=POLICIES, superiors=({}, {"z": "b"}), commands=COMMANDS
) -> int:
    return sum(
        walk(
            start(route(*steps, dedupe=dedupe, own=own, resubmit="jump_back"), "z", "", bosses),
            depth,
            commands,
        )
        for steps, (dedupe, own), bosses in product(routes, policies, superiors)
    )


def test_routes_of_one_step():
    assert explore(product(EVERY), 2, POLICIES[::4]) > 50_000


def test_routes_of_two_steps():
    first = [step("a"), step("ab", mode="all"), step("ab", mode="vote", votes=1)]
    last = [step("ab"), step("ba", mode="sequence"), step(1, mode="all"), step("c", copy="b")]
    assert explore(product(first, last), 3, POLICIES[::4], superiors=({"z": "b"},)) > 70_000


CLAIMING = [told(f"{who} {do}") for who in WHO for do in ("claim", "release")]
CLAIMED = [step(*posts, claim=True) for posts in (["ab"], ["ba"], ["abc"], ["a", "-"], ["az"])]
CLAIMED += [step("abc", claim=True, reject=reject) for reject in ("collect_all", "until_impossible")]


def test_routes_of_steps_that_are_claimed():
    alone = product(CLAIMED)
    behind = product(CLAIMED[:2] + CLAIMED[-1:], [step("ab", claim=True), step("c"), step(1, claim=True)])
    tried = explore(chain(alone, behind), 3, POLICIES[::4], ({"z": "b"},), [*COMMANDS, *CLAIMING])
    assert tried > 30_000


@pytest.mark.nightly
@pytest.mark.parametrize("first", EVERY)
def test_every_route_of_up_to_two_steps(first):
    """A test for each first step: together they take a core for ten minutes, and several cores share them."""
    routes = [(first,), *product([first], EVERY)]
    tried = explore(routes, 3, POLICIES[::4], superiors=({"z": "b"},))
    assert tried > 10_000 if first is not NEVER else tried == 0
