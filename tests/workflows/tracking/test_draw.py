"""The drawing of the board, for any facts: nothing lost between cells and totals."""

import datetime as dt
from typing import Any, cast

from hypothesis import given
from hypothesis import strategies as st

from foundation.organization.calendar import WorkCalendar
from workflows.tasks.deadlines import light_for
from workflows.tasks.models import Task
from workflows.tasks.querysets import PASSED
from workflows.tracking.board import draw
from workflows.tracking.facts import Fact
from workflows.tracking.standing import urgency

TODAY, CALENDAR = dt.date(2026, 6, 12), WorkCalendar()
STATES = [state for state in Task.State.values if state != "cancelled"]
DAYS = st.dates(dt.date(2026, 5, 1), dt.date(2026, 7, 31))
MOMENTS = st.datetimes(dt.datetime(2026, 5, 1), dt.datetime(2026, 6, 12), timezones=st.just(dt.UTC))
FACTS = st.lists(
    st.builds(
        Fact, st.integers(1, 99), st.integers(1, 3), st.integers(1, 3), st.sampled_from(STATES),
        st.none() | DAYS, st.none() | MOMENTS,
    )
)  # fmt: skip


@given(FACTS)
def test_every_task_is_counted_once_by_unit_once_by_item_and_once_in_all(facts):
    board = draw(facts, TODAY, CALENDAR)
    assert sum(board.totals.lights.values()) == len(facts) == sum(cell.tasks for cell in board.cells.values())
    for part in (board.units, board.items):
        for name in ("tasks", "passed", "overdue"):
            assert sum(getattr(one, name) for one in part.values()) == getattr(board.totals, name)
    assert board.totals.passed == sum(fact.state in PASSED for fact in facts)


@given(FACTS)
def test_a_cell_shows_the_most_urgent_of_its_tasks(facts):
    board = draw(facts, TODAY, CALENDAR)
    for fact in facts:
        light = light_for(cast(Any, fact), TODAY, CALENDAR)
        assert urgency(board.cells[fact.unit, fact.item].light) <= urgency(light)
