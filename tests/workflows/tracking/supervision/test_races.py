"""Two sweeps of one day at the same moment, in two processes: every rung is written once, its number has no gap."""

from __future__ import annotations

import datetime as dt

import pytest

from foundation.journal.models import Entry
from foundation.journal.verify import first_bad
from foundation.organization.calendar import DAY, WorkCalendar
from tests.cast import engage
from tests.pairs import pairs
from tests.workflows.tracking.conftest import CHINA, SENT, add_item, give, start_plan
from workflows.tracking.models import Slip

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_sweeps_at_once_write_everything_once(transactional_db, together):
    cast = engage()
    plan, today, calendar = start_plan(cast), dt.date(2026, 6, 1), WorkCalendar()
    for n, _ in enumerate(pairs(together), 1):
        today = calendar.next_working(today + DAY)
        give(add_item(plan, str(n), calendar.add(today, -2)), cast.town.unit, at=SENT)
        at = dt.datetime.combine(today, dt.time(8, 30), CHINA).isoformat()
        act = {"act": "sweep", "seat": cast.clerk.pk, "kw": {}, "at": at}
        assert together(act, act) == ["", ""]
    assert Slip.objects.filter(rung="T+1").count() == together.count
    numbers = Slip.objects.filter(year=2026).order_by("number").values_list("number", flat=True)
    assert list(numbers) == [*range(1, len(numbers) + 1)]
    assert Entry.objects.filter(verb="journal.book.supervision.sweep").count() == together.count
    assert first_bad()[1] is None
