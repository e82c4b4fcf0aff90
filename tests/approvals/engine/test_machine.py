"""Random routes, random commands by random people: what must hold after each of them."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from approvals.engine import decide, predict
from approvals.routes import Dedupe, Mode, OnSelf
from approvals.terms import ApprovalState, Command, Do, Kind, Outcome, Refusal, Result, State, To

from .hall import HALL, route, step
from .pair import follow, start

PEOPLE = "abcdefghiz"
DECIDED = (State.AGREED, State.REJECTED, State.RETURNED)

PLAIN = [Do.AGREE, Do.DISAGREE, Do.RETURN, Do.WITHDRAW, Do.VOID]

person = st.sampled_from(PEOPLE)
post = st.text(PEOPLE, max_size=9)  # "" is an empty post
steps = st.builds(
    lambda posts, mode, empty: step(*posts, mode=mode, empty=empty),
    st.lists(post, min_size=1, max_size=2),
    st.sampled_from([Mode.ANY, Mode.ALL, Mode.SEQUENCE]),
    st.one_of(st.sampled_from(["skip", "skip", "refuse"]), person),
)
routes = st.builds(
    lambda steps, dedupe, own: route(*steps, dedupe=dedupe, own=own),
    st.lists(steps, min_size=1, max_size=8),
    st.sampled_from(list(Dedupe)),
    st.sampled_from(list(OnSelf)),
)
matters = st.tuples(
    routes, person, st.sampled_from(["", "", "a", "bc"]), st.dictionaries(person, person, max_size=4)
)


class Approval(RuleBasedStateMachine):
    commands = 0  # of all runs

    @initialize(both=matters.map(lambda matter: start(*matter)).filter(bool))
    def open(self, both):
        self.state, self.model = both
        self.stored = {row.key: row for row in self.state.signers}
        self.ends = int(self.state.result is not Result.PENDING)

    @rule(by=person, behalf=st.none() | person, do=st.sampled_from(PLAIN), to=st.sampled_from(list(To)))
    def somebody_tries(self, by, behalf, do, to):
        self.carry_out(Command(do, by, behalf, opinion="请看", to=to))

    @precondition(lambda self: self.state.open)
    @rule(data=st.data(), do=st.sampled_from([Do.AGREE] * 6 + [Do.RETURN] * 2 + [Do.DISAGREE]))
    def a_signer_decides(self, data, do):
        row = data.draw(st.sampled_from(self.state.open))
        to = data.draw(st.sampled_from([To.PREVIOUS, To.PREVIOUS, To.INITIATOR]))
        self.carry_out(Command(do, row.person, signer=row.key, opinion="请看", to=to))

    @precondition(lambda self: self.state.open)
    @rule()
    def the_first_one_asked_agrees(self):
        first, *rest = predict(self.state, HALL)
        self.carry_out(Command(Do.AGREE, first.person, signer=first.key))
        still = [row.key for row in rest if self.stored[row.key].state is not State.SKIPPED]
        assert [row.key for row in predict(self.state, HALL)] == still

    def carry_out(self, command: Command) -> None:
        Approval.commands += 1
        result = follow(self.state, self.model, command)
        if isinstance(result, Refusal):
            assert result.says
            return
        assert self.state.result is Result.PENDING
        self.check_rows(self.state, result, command)
        self.state = result.state
        self.stored |= {row.key: row for row in result.changed + result.added}
        self.ends += [effect.kind for effect in result.effects].count(Kind.ENDED)

    def check_rows(self, before: ApprovalState, outcome: Outcome, command: Command) -> None:
        """One row at most is decided by the command: it was open. What was decided never changes."""
        old = {row.key: row for row in before.signers}
        decided = [row for row in outcome.changed if row.by is not None]
        assert len(decided) == (command.do not in (Do.WITHDRAW, Do.VOID))
        assert all(old[row.key].state is State.OPEN and row.by == command.by for row in decided)
        assert all(old[row.key].state in (State.OPEN, State.WAITING) for row in outcome.changed)

    @invariant()
    def a_pending_approval_always_has_somebody_who_can_act(self):
        waiting = [row for row in self.state.signers if row.state is State.WAITING]
        if self.state.result is Result.PENDING:
            assert self.state.open
            assert all(self.state.may_sign(row.person) for row in (*self.state.open, *waiting))
        else:
            assert not (*self.state.open, *waiting)

    @invariant()
    def there_is_one_outcome(self):
        assert self.ends == (self.state.result is not Result.PENDING)

    @invariant()
    def one_step_is_asked_at_a_time_and_of_a_sequence_one_person(self):
        assert len({row.step for row in self.state.open}) <= 1
        if self.state.step and self.state.route.steps[self.state.step - 1].mode is Mode.SEQUENCE:
            assert len(self.state.open) == 1

    @invariant()
    def whoever_is_skipped_or_agrees_automatically_reads_why(self):
        for row in self.state.signers:
            undecided = row.state is State.SKIPPED or (row.state in DECIDED and row.by is None)
            assert bool(row.reason) == undecided

    @invariant()
    def nobody_agrees_to_their_own(self):
        deciders = {(row.by, row.person) for row in self.state.signers if row.by in self.state.authors}
        assert all(by == person for by, person in deciders)
        assert not deciders or self.state.route.on_self is OnSelf.ALLOW

    @invariant()
    def what_the_caller_stored_is_the_state(self):
        assert tuple(self.stored.values()) == self.state.signers

    def teardown(self):
        """The prediction is what happens when everybody agrees."""
        if not hasattr(self, "state") or not self.state.open:
            return
        predicted = [row.key for row in predict(self.state, HALL)]
        asked = [row.key for row in self.state.open]
        while self.state.open:
            row = self.state.open[0]
            outcome = decide(self.state, Command(Do.AGREE, row.person, signer=row.key), HALL)
            asked += [effect.signer for effect in outcome.effects if effect.kind is Kind.OPENED]
            self.state = outcome.state
        assert asked == predicted
        assert self.state.result is Result.APPROVED


def run(examples: int, steps: int, **profile) -> int:
    Approval.commands = 0
    calm = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        **profile,
    )
    run_state_machine_as_test(Approval, settings=calm)
    return Approval.commands


def test_random_commands():
    assert run(examples=150, steps=25, derandomize=True) >= 2_000


@pytest.mark.nightly
def test_a_hundred_thousand_random_commands():
    assert run(examples=6_000, steps=40) >= 100_000
