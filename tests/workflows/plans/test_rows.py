"""The table of items: who has to do what, in words."""

import datetime as dt

from foundation.organization.ending import end_unit
from foundation.organization.models import UnitGroup
from tests.cast import actor
from workflows.plans.pages import rows_of
from workflows.plans.services import items_of

from .conftest import AT


def test_a_group_counts_the_units_that_would_get_a_task(plan, cast):
    """One that ended stays in its groups, and gets none."""

    def said() -> str:
        (row,) = [row for row in rows_of(items_of(plan)) if row.item.number == "R1"]
        return row.who[0][0]

    towns = UnitGroup.objects.get(code="towns")
    there = towns.units.count()
    assert said() == f"{towns.name}（{there} 家）"
    later = AT + dt.timedelta(days=1)
    end_unit(
        unit=cast.town.unit, on=later.date(), successor=cast.other.unit, follow=True,
        actor=actor(cast.administrator), at=later,
    )  # fmt: skip
    assert said() == f"{towns.name}（{there - 1} 家）"
