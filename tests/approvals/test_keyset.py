"""Pages by keys: going on shows every row once, going back shows the same pages."""

import datetime as dt
import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from approvals.keyset import page_of
from foundation.organization.models import Appointment, Person, Unit

KEYS = [("start", "end", "pk"), ("-start", "pk"), ("-pk",)]
DAYS = st.sampled_from([dt.date(2026, 1, 1), dt.date(2026, 2, 1), dt.date(2026, 3, 1)])
SPANS = st.lists(st.tuples(DAYS, DAYS).map(sorted), max_size=17)
MOST = 9  # pages; a walk that never ends is a fault


@pytest.mark.django_db
@pytest.mark.parametrize("keys", KEYS)
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(spans=SPANS)
def test_forth_and_back(keys, spans):
    Appointment.objects.all().delete()
    unit, _ = Unit.objects.get_or_create(code="jia", defaults={"name": "甲镇", "kind": "town"})
    person, _ = Person.objects.get_or_create(username="jia")
    Appointment.objects.bulk_create(
        Appointment(unit=unit, person=person, post="head", start=start, end=end) for start, end in spans
    )
    rows, query, pages = Appointment.objects.all(), {}, []
    while not pages or (pages[-1].older and len(pages) < MOST):
        pages.append(page_of(rows, keys, query, 3))
        query = {"after": pages[-1].older}
    shown = [row.pk for page in pages for row in page.rows]
    assert shown == list(rows.order_by(*keys).values_list("pk", flat=True))
    for before, page in itertools.pairwise(pages):
        assert page_of(rows, keys, {"before": page.newer}, 3).rows == before.rows
    assert pages[0].newer == ""
