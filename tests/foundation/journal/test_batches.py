"""Many rows, each with values of its own: one statement, which finds them by their ids."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from foundation.journal.batches import Batch
from foundation.organization.models import UnitGroup

MADE, NAMED = Batch(UnitGroup, "code", "name", "by_default"), Batch(UnitGroup, "name")


@pytest.fixture
def groups(db):
    """groups(n): n groups; returns their ids."""

    def made(count: int) -> list[int]:
        MADE.insert({"code": f"g{n}", "name": f"第{n}组", "by_default": False} for n in range(count))
        return list(UnitGroup.objects.order_by("pk").values_list("pk", flat=True))

    return made


@pytest.mark.parametrize("count", [1, 300])
def test_every_row_gets_its_own_value_in_one_statement(groups, count):
    rows = [{"pk": pk, "name": f"新{pk}"} for pk in groups(count)]
    with CaptureQueriesContext(connection) as caught:
        NAMED.update(rows)
    assert len(caught) == 1
    assert list(UnitGroup.objects.order_by("pk").values("pk", "name")) == rows


def test_other_rows_stay(groups):
    first, second = groups(2)
    NAMED.update([{"pk": first, "name": "新"}])
    assert UnitGroup.objects.get(pk=second).name == "第1组"


def test_nothing_to_write_sends_nothing(django_assert_num_queries, db):
    with django_assert_num_queries(0):
        NAMED.update([])
        MADE.insert([])


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL reads a table this small as a whole")
@pytest.mark.parametrize("count", [1, 3])
def test_it_does_not_read_the_whole_table(groups, count):
    rows = [{"pk": pk, "name": "新"} for pk in groups(20)[:count]]
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        with CaptureQueriesContext(connection) as caught:
            NAMED.update(rows)
        cursor.execute(f"EXPLAIN QUERY PLAN {caught[0]['sql']}")
        plan = [row[3] for row in cursor.fetchall()]
    assert not [line for line in plan if line.startswith("SCAN organization_unitgroup")]
