"""Old jobs go; what is archived is signed at once; SQLite knows what its tables hold."""

import datetime as dt

import pytest
from django.db import connection

from foundation.jobs.models import Job
from foundation.jobs.queue import put_periodic, run_due
from foundation.organization.database import take_statistics
from foundation.organization.models import UnitGroup
from tests.foundation.ground import AT

pytestmark = pytest.mark.django_db
DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)


def test_jobs_that_ended_long_ago_are_deleted_and_no_others(add, settings):
    settings.JOB_DAYS = 30
    old, fresh, waiting = (
        add("note", log=add.log),
        add("note", log=add.log),
        add("hold", log=add.log, gate=add.gate),
    )
    Job.objects.filter(pk=old.pk).update(state="failed", ended=AT - 31 * DAY)
    Job.objects.filter(pk=fresh.pk).update(state="done", ended=AT - 29 * DAY)
    Job.objects.filter(pk=waiting.pk).update(created=AT - 99 * DAY, due=AT + DAY)
    put_periodic(AT)
    run_due(AT)
    assert set(Job.objects.filter(periodic=False)) == {fresh, waiting}
    assert Job.objects.get(name="jobs.clean").result == {"deleted": 1, "checkpoints": 0, "unfinished": 0}


def test_it_looks_again_a_day_later():
    put_periodic(AT)
    run_due(AT)
    assert Job.objects.get(name="jobs.clean").due == AT + DAY


@pytest.fixture
def known():
    """known("table") -> as many rows as SQLite's planner takes it to have."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE sqlite_master")  # makes the table of them

    def told(table: str) -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT MAX(CAST(stat AS INTEGER)) FROM sqlite_stat1 WHERE tbl = %s", [table])
            return cursor.fetchone()[0] or 0

    return told


def _groups(last: int) -> None:
    UnitGroup.objects.bulk_create(UnitGroup(pk=n, code=f"g{n}", name="组") for n in range(last - 2, last + 1))


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL takes its own")
def test_sqlite_learns_once_a_day_what_its_tables_hold_and_at_once_what_has_doubled(known):
    table = UnitGroup._meta.db_table
    _groups(3)
    put_periodic(AT)
    run_due(AT)
    assert known(table) == 3
    UnitGroup.objects.create(pk=4, code="g4", name="组")
    run_due(AT + HOUR)
    assert known(table) == 3
    _groups(9)
    run_due(AT + 2 * HOUR)
    assert known(table) == 7
    UnitGroup.objects.create(pk=10, code="g10", name="组")
    run_due(AT + DAY)
    assert known(table) == 8


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite takes none by itself")
def test_postgresql_is_left_to_itself(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert take_statistics(grown=False) == []
