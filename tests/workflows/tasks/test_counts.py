"""Statements of a move and queries of a page: pinned, and the same with ten times the rows."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from foundation.jobs.models import Job
from tests.cast import actor, identity
from workflows.tasks import services

from .minutes import AT, Minutes

LIST, WORK, READ = 17, 21, 18  # at most: the list, the form, a version that is only read
POSTGRES = connection.vendor == "postgresql"


def statements(call):
    with CaptureQueriesContext(connection) as caught:
        call()
    texts = [query["sql"] for query in caught.captured_queries]
    assert not [text for text in texts if "SAVEPOINT" in text]
    return len(texts)


@pytest.mark.parametrize("count", [1, 40])
def test_a_move_takes_one_statement_two_on_sqlite(make, cast, count):
    tasks = [make() for _ in range(count)]
    taken = statements(lambda: services.receive(tasks=tasks, actor=actor(cast.town.liaison), at=AT))
    urged = statements(lambda: services.urge(tasks=tasks, actor=actor(cast.clerk), at=AT))
    assert taken == urged == (1 if POSTGRES else 2)


def test_archiving_many_adds_one_job_for_their_papers_and_one_to_sign_the_journal(make, cast):
    tasks = [make(state="accepted") for _ in range(40)]
    taken = statements(lambda: services.archive(tasks=tasks, actor=actor(cast.clerk), at=AT))
    assert taken == (3 if POSTGRES else 4)
    assert dict(Job.objects.values_list("name", "args")) == {
        "tasks.papers": {"tasks": sorted(tasks)},
        "journal.checkpoint": {},
    }


def queries(client, address):
    client.get(address)  # what is prepared once per process
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


def test_the_list_makes_the_same_queries_at_ten_times_the_rows(make, cast, client):
    def grow(count):
        for _ in range(count):
            for unit in (cast.town.unit, cast.other.unit):
                case = Minutes(make(unit=unit), cast)
            case = Minutes(make(), cast)
            case.receive()
            case.hold()
            case.submit()

    office = identity(client, cast.clerk)
    grow(1)
    few = queries(office, reverse("tasks"))
    grow(9)
    assert queries(office, reverse("tasks")) == few <= LIST


def test_the_task_page_makes_the_same_queries_at_ten_times_the_records(received, client):
    liaison = identity(client, received.cast.town.liaison)
    address = reverse("task", args=[received.pk])

    def grow(start, count):
        for n in range(start, start + count):
            received.hold(form=f"宣讲{n}", held_on=dt.date(2026, 6, 1))
            received.upload(name=f"{n}.txt", content=str(n).encode())

    grow(0, 1)
    received.write(summary="小结")
    few = queries(liaison, address)
    grow(1, 9)
    assert queries(liaison, address) == few <= WORK


def test_reading_a_task_makes_the_same_queries_after_ten_versions(ready, client):
    deputy = identity(client, ready.cast.town.deputy)
    address = reverse("task", args=[ready.pk])
    ready.submit()
    ready.withdraw()
    ready.submit()
    few = queries(deputy, address)
    for _ in range(8):
        ready.withdraw()
        ready.submit()
    assert queries(deputy, address) == few <= READ
