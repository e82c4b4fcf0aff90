"""Frozen values are made and changed as dataclasses are; what they have worked out stays with them."""

import dataclasses

import pytest

from approvals.engine.records import made, replace
from approvals.engine.terms import Holder, State

from .hall import opened, step


def test_a_value_made_of_its_fields_is_the_same_as_one_of_its_class():
    assert made(Holder, person=1, seat=2) == Holder(1, 2)


def test_it_stays_as_it_is():
    with pytest.raises(dataclasses.FrozenInstanceError):
        made(Holder, person=1, seat=2).person = 3


def test_a_changed_value_works_out_anew():
    state = opened(step("a"))
    (row,) = state.open
    done = replace(state, signers=(replace(row, state=State.AGREED),))
    assert (state.open, done.open) == ((row,), ())
    assert done == dataclasses.replace(state, signers=(dataclasses.replace(row, state=State.AGREED),))
