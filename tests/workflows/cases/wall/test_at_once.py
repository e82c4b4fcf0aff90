"""A sweep beside another, and beside somebody who records the end: a clock lapses once, and nobody gets stuck."""

from __future__ import annotations

import pytest

from foundation.journal.models import Entry
from foundation.journal.verify import first_bad
from tests.cast import engage
from tests.workflows.cases.test_register import NOW, Told
from tests.workflows.tasks.test_at_once import at_once
from workflows.cases.models import CaseClock
from workflows.cases.wall.reckoning import reconcile
from workflows.cases.wall.sweep import sweep

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def late(transactional_db) -> list[Told]:
    """Ten cases that were approved and never handed over."""
    cast = engage()
    cases = [Told(cast) for _ in range(10)]
    for one in cases:
        one.referred()
    return cases


def lapsed(told: Told) -> int:
    return Entry.objects.filter(target="cases.case", target_id=told.pk, verb="cases.case.overdue").count()


def test_two_sweeps_write_a_lapse_once(late):
    assert at_once(*[lambda: sweep(at=NOW)] * 2) == ["done", "done"]
    assert [lapsed(one) for one in late] == [1] * 10
    assert first_bad()[1] is None


def test_an_end_that_is_recorded_meanwhile_is_before_the_sweep_or_after_it(late):
    ends = [lambda one=one: one.happened("03-20 09:00 handed_over") for one in late]
    assert at_once(lambda: sweep(at=NOW), *ends) == ["done"] * 11
    for one in late:
        (kept, *_), count = [*CaseClock.objects.filter(case=one.pk, rule="T2a"), None], lapsed(one)
        assert count == (1 if kept else 0)
        assert kept is None or not kept.live
    assert reconcile(NOW)["different"] == []
    assert first_bad()[1] is None
