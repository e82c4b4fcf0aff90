"""Many rows, each with values of its own: one statement, which finds them by their ids."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from foundation.journal.batches import Batch
from foundation.organization.models import Unit, UnitGroup

MADE, NAMED = Batch(UnitGroup, "code", "name", "by_default"), Batch(UnitGroup, "name")


@pytest.fixture
def groups(db):
    """groups(n): n groups; returns their ids."""

    def made(count: int) -> list[int]:
        MADE.insert({"code": f"g{n}", "name": f"第{n}组", "by_default": False} for n in range(count))
        return list(UnitGroup.objects.order_by("pk").values_list("pk", flat=True))

    return made


@pytest.mark.parametrize("count", [1, 2, 4, 5, 300])
def test_every_row_gets_its_own_value_in_one_statement(groups, count):
    rows = [{"pk": pk, "name": f"新{pk}"} for pk in groups(count)]
    with CaptureQueriesContext(connection) as caught:
        NAMED.update(rows)
    assert len(caught) == 1
    assert list(UnitGroup.objects.order_by("pk").values("pk", "name")) == rows


@pytest.mark.parametrize("count", [1, 2, 5])
def test_what_all_rows_get_alike_is_written_to_all(groups, count):
    wanted = [{"pk": pk, "name": f"新{pk}", "by_default": True} for pk in groups(count)]
    Batch(UnitGroup, "by_default", "name").update(wanted)
    assert list(UnitGroup.objects.order_by("pk").values("pk", "name", "by_default")) == wanted


@pytest.mark.parametrize("count", [1, 2, 5])
def test_objects_and_lists_go_into_json_columns(groups, count):
    units = Unit.objects.bulk_create(Unit(code=f"u{n}", name=f"第{n}镇", kind="town") for n in range(count))
    wanted = [{"pk": unit.pk, "aliases": [f"镇{unit.pk}"]} for unit in units]
    Batch(Unit, "aliases").update(wanted)
    assert list(Unit.objects.order_by("pk").values("pk", "aliases")) == wanted
    Batch(Unit, "aliases").update([one | {"aliases": ["镇"]} for one in wanted])
    assert [unit.aliases for unit in Unit.objects.all()] == [["镇"]] * count


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
    rows = [{"pk": pk, "name": "新"} for pk in groups(200)[:count]]
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        with CaptureQueriesContext(connection) as caught:
            NAMED.update(rows)
        cursor.execute(f"EXPLAIN QUERY PLAN {caught[0]['sql']}")
        plan = [row[3] for row in cursor.fetchall()]
    assert not [line for line in plan if line.startswith("SCAN organization_unitgroup")]
