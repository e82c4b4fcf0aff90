"""推算: what follows from one step, to the last moment of every duty."""

from __future__ import annotations

import pytest

from workflows.cases.what_if import starters, what_if

from .hall import CALENDAR, PACK, at


def dates(step: str, moment: str) -> list[tuple[str, str]]:
    return [(one.rule.rule, f"{one.due:%m-%d %H:%M}") for one in what_if(PACK, step, at(moment), CALENDAR)]


def test_from_the_report_to_the_handover():
    assert dates("reported", "02-12 15:00")[:3] == [
        ("T1", "02-15 23:59"),
        ("T2a", "02-16 23:59"),
        ("T3", "02-16 23:59"),
    ]


def test_a_decision_before_the_holiday():
    found = dict(dates("decided", "02-12 09:00"))
    assert (found["P61"], found["P78"]) == ("02-28 23:59", "02-28 23:59")
    assert found["P67"] == "03-16 23:59"  # fifteen days after the last day of service, a Sunday


@pytest.mark.parametrize("step", starters(PACK))
def test_it_ends_and_is_in_order_from_everywhere(step):
    found = what_if(PACK, step, at("03-02 09:00"), CALENDAR)
    assert found
    assert [one.due for one in found] == sorted(one.due for one in found)
    assert all(one.due > one.starts for one in found)
