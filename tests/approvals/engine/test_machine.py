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

from approvals.engine import decide
from approvals.engine.terms import ApprovalState, Claim, Command, Do, Link, Outcome, Refusal, Result, Signer

from .hall import Hall
from .laws import (
    hold_of_the_claim,
    hold_of_the_end,
    hold_of_the_move,
    hold_of_the_owner,
    hold_of_the_state,
    hold_of_the_vote,
    holds_of_the_jump,
)
from .pair import follow, start
from .strategies import PEOPLE, SIGNING, commands, matters


class Approval(RuleBasedStateMachine):
    commands = 0  # of all runs

    @initialize(both=matters.map(lambda matter: start(*matter)).filter(bool))
    def open(self, both):
        self.first, self.model = both
        self.state, self.said, self.hours = self.first, [], 0
        self.stored = {row.key: row for row in self.state.signers}
        self.hall = Hall(self.model.superiors, self.model.initiator)

    @rule(data=st.data())
    def somebody_tries_something(self, data):
        self.carry_out(data.draw(commands(PEOPLE, list(Do), self.hours)))

    @precondition(lambda self: self.state.open)
    @rule(data=st.data())
    def a_signer_says_yes(self, data):
        row = data.draw(st.sampled_from(self.state.open))
        self.carry_out(data.draw(commands(str(row.person), [yes(row)], self.hours)))

    @precondition(lambda self: self.state.open)
    @rule(data=st.data())
    def somebody_claims_it_and_acts(self, data):
        row = data.draw(st.sampled_from(self.state.open))
        self.carry_out(data.draw(commands(str(row.person), [Do.CLAIM], self.hours)))
        self.carry_out(data.draw(commands(str(row.person), [*SIGNING, Do.AGREE], self.hours)))

    @precondition(lambda self: self.state.open)
    @rule(data=st.data())
    def a_signer_acts(self, data):
        asked = [row.person for row in self.state.open]
        self.carry_out(data.draw(commands(asked, SIGNING, self.hours, "".join(asked))))

    @precondition(lambda self: self.state.open)
    @rule(data=st.data(), do=st.sampled_from([Do.TAKE_BACK, Do.TAKE_BACK, Do.REMOVE, Do.ADD_AFTER, Do.READ]))
    def somebody_who_is_there_thinks_again(self, data, do):
        added = [row for row in self.state.signers if row.anchor and row.undone]
        if do is Do.REMOVE and added:
            row = data.draw(st.sampled_from(added))
            adder = str(self.state.row(row.anchor).person)
            self.carry_out(data.draw(commands(adder, [do], self.hours, str(row.person) * 9)))
            return
        there = [str(row.person) for row in self.state.signers if row.by or row.link is not Link.ROUTE]
        self.carry_out(data.draw(commands(there[-6:] or PEOPLE, [do], self.hours, "".join(there[-4:]))))

    @precondition(lambda self: self.state.result is Result.RETURNED)
    @rule(data=st.data())
    def it_is_sent_again(self, data):
        self.carry_out(data.draw(commands(self.model.initiator, [Do.RESUBMIT], self.hours)))

    @rule(data=st.data(), hours=st.sampled_from([1, 24, 30, 80]))
    def time_passes(self, data, hours):
        self.hours += hours
        self.carry_out(
            data.draw(commands(self.model.initiator, [*[Do.TICK] * 4, Do.URGE, Do.WITHDRAW], self.hours))
        )

    def carry_out(self, command: Command) -> None:
        Approval.commands += 1
        self.hours += 1 / 64  # nobody acts in the same moment
        result = follow(self.state, self.model, command)
        if isinstance(result, Refusal):
            assert result.says
            return
        hold_of_the_move(self.state, result, command)
        if command.do is Do.RESUBMIT:
            holds_of_the_jump(self.state, result.state)
        self.said.append(command)
        self.state = result.state
        self.stored |= {row.key: row for row in result.changed + result.added}

    @invariant()
    def what_always_holds(self):
        hold_of_the_state(self.state)
        hold_of_the_vote(self.state)
        hold_of_the_claim(self.state)
        hold_of_the_owner(self.state)
        assert tuple(self.stored.values()) == self.state.signers

    def teardown(self):
        if hasattr(self, "state"):
            hold_of_the_end(self.state, self.hall)
            assert self.heard_again() == self.state

    def heard_again(self) -> ApprovalState:
        state = self.first
        for command in self.said:
            outcome = decide(state, command, self.hall)
            assert isinstance(outcome, Outcome)
            state = outcome.state
        return state


def yes(row: Signer) -> Do:
    if row.claim is Claim.FREE:
        return Do.CLAIM
    return Do.OPINE if row.link is Link.OPINION else Do.AGREE


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
