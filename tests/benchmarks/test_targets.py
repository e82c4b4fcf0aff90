"""A target has two bounds, each by database; either may be missing."""

import pytest

from benchmarks.targets import Target

MOST = Target("cycle, × raw", "moves", "<=", {"postgresql": 1.8}, {"postgresql": 1, "sqlite": 1.8})
LEAST = Target("loop × ours", "loop", ">=", {}, {"sqlite": 100})


@pytest.mark.parametrize(
    ("target", "database", "value", "met", "further_met"),
    [
        (MOST, "postgresql", 1.0, True, True),
        (MOST, "postgresql", 1.8, True, False),
        (MOST, "postgresql", 1.81, False, False),
        (MOST, "sqlite", 1.8, None, True),
        (LEAST, "sqlite", 100, None, True),
        (LEAST, "sqlite", 99.9, None, False),
    ],
)
def test_each_bound_is_judged_by_itself(target, database, value, met, further_met):
    told = target.judged(database, value)
    assert (told["met"], told["further_met"]) == (met, further_met)


def test_a_bound_is_told_with_its_sign_and_a_missing_one_not_at_all():
    told = LEAST.judged("sqlite", 3)
    assert (told["target"], told["further"]) == (None, ">= 100")
