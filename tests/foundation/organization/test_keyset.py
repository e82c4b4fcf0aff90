"""Pages by keys: going on shows every row once, going back shows the same pages."""

import datetime as dt
import itertools

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foundation.organization.keyset import NEWEST, PK, Key, page_of
from foundation.organization.models import Unit

KEYS = [(Key("ended_on", nullable=True), PK), (Key("ended_on", down=True, nullable=True), PK), (PK,), NEWEST]
DAYS = st.sampled_from([dt.date(2026, 1, 1), dt.date(2026, 2, 1), dt.date(2026, 3, 1), None])
MOST = 9  # pages; a walk that never ends is a fault


def expected(keys: tuple[Key, ...]) -> list[int]:
    rows = list(Unit.objects.all())
    for key in reversed(keys):
        rows.sort(
            key=lambda row: (getattr(row, key.name) is None, getattr(row, key.name) or 0), reverse=key.down
        )
    return [row.pk for row in rows]


@pytest.mark.django_db
@pytest.mark.parametrize("keys", KEYS)
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(days=st.lists(DAYS, max_size=17))
def test_forth_and_back(keys, days):
    Unit.objects.all().delete()
    Unit.objects.bulk_create(
        Unit(code=str(n), name=str(n), short_name=str(n), kind="town", ended_on=day)
        for n, day in enumerate(days)
    )
    query, pages = QueryDict("q=a"), []
    while not pages or (pages[-1].older and len(pages) < MOST):
        pages.append(page_of(Unit.objects.all(), keys, query, 3))
        query = QueryDict(pages[-1].older.removeprefix("?"))
    assert [row.pk for page in pages for row in page.rows] == expected(keys)
    for before, page in itertools.pairwise(pages):
        back = QueryDict(page.newer.removeprefix("?"))
        assert (page_of(Unit.objects.all(), keys, back, 3).rows, back["q"]) == (before.rows, "a")
    assert pages[0].newer == ""


@pytest.mark.django_db
def test_several_lists_are_one():
    """In one order, forth and back, whichever list a row comes from."""
    Unit.objects.all().delete()
    Unit.objects.bulk_create(
        Unit(code=str(n), name=str(n), short_name=str(n), kind=kind, order=n // 2)
        for n, kind in enumerate(["town", "department", "department", "town", "town", "department", "town"])
    )
    lists = [Unit.objects.filter(kind=kind) for kind in ("town", "department")]
    keys, query, seen = (Key("order", down=True, whole=True), PK), QueryDict("a=1"), []
    while query:
        page = page_of(lists, keys, query, 3)
        seen.append([row.name for row in page.rows])
        query = QueryDict(page.older.removeprefix("?"))
    assert seen == [["6", "4", "5"], ["2", "3", "0"], ["1"]]
    back = page_of(lists, keys, QueryDict(page.newer.removeprefix("?")), 3)
    assert [row.name for row in back.rows] == seen[1]
