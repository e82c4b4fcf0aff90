"""The engine and the model (model.py) agree on all small cases: every reachable state, every command."""

from __future__ import annotations

from copy import deepcopy
from itertools import chain, product

import pytest

from approvals.engine import predict
from approvals.terms import Outcome

from .hall import HALL, route, step, told
from .model import Model
from .pair import follow, start

WORDS = [
    *(f"{who} {do}" for who in "abz" for do in ("agree", "disagree", "return", "return previous")),
    "a/b agree",
    "z/a agree",
    "b/a return previous",
    "z withdraw",
    "b withdraw",
    "z void",
]
COMMANDS = [told(words) for words in WORDS]
SIMPLE = [step(*posts, mode=mode) for mode, posts in product(["any", "all", "sequence"], ["ab", "ba", "az"])]
SINGLE = [step("a"), step("b"), step("z"), step("-", empty="skip"), step("-", empty="b")]
ODD = [
    step("a", "-"),
    step("-", "b", mode="all"),
    step("z", "-", mode="all", empty="a"),
    step("ca", mode="all"),
]
POLICIES = list(product(["none", "consecutive", "all"], ["superior", "skip", "allow"]))


def asked_by_model(model: Model) -> list[str]:
    """Everybody agrees, the first one asked first: who comes up, in order, each step's visit once."""
    model, seen = deepcopy(model), []
    while model.asked():
        seen += [(model.at, who) for who in model.asked() if (model.at, who) not in seen]
        model.carry_out(model.asked()[0], None, "agree", "")
    return [who for _, who in seen]


def walk(case, depth: int) -> int:
    """Try every command in every state within `depth`; how many commands were compared."""
    tried, level = 0, [case] if case else []
    for _ in range(depth):
        reached = {}
        for state, model in level:
            assert [row.person for row in predict(state, HALL)] == asked_by_model(model)
            for command in COMMANDS:
                moved = deepcopy(model)
                result = follow(state, moved, command)
                tried += 1
                if isinstance(result, Outcome) and result.state.open:
                    reached[result.state.signers] = (result.state, moved)
        level = list(reached.values())
    return tried


def explore(routes, depth: int, policies=POLICIES, superiors=({}, {"z": "b"})) -> int:
    return sum(
        walk(start(route(*steps, dedupe=dedupe, own=own), "z", "", bosses), depth)
        for steps, (dedupe, own), bosses in product(routes, policies, superiors)
    )


def test_routes_of_one_step():
    assert explore(product([*SIMPLE, *SINGLE, *ODD]), depth=4) > 5_000


def test_routes_of_two_steps():
    steps = [*SIMPLE[::2], *SINGLE, *ODD]
    assert explore(product(steps, repeat=2), 2, POLICIES[::2], superiors=({"z": "b"},)) > 10_000


def test_routes_of_three_steps():
    first = [step("a"), step("ab", mode="all")]
    last = [step("ab"), step("ba", mode="sequence"), step("za", mode="all")]
    assert explore(product(first, [*first, *SINGLE[2:4]], last), depth=4, policies=POLICIES[::4]) > 10_000


@pytest.mark.nightly
def test_every_route_of_up_to_three_steps():
    steps = [*SIMPLE, *SINGLE, *ODD]
    routes = chain.from_iterable(product(steps, repeat=length) for length in (1, 2, 3))
    assert explore(routes, 3, POLICIES[::2], superiors=({"z": "b"},)) > 1_000_000
