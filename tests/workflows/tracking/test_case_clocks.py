"""案件时限 of the workbench: for the team, the heads of the unit, and above them."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.workflows.cases.test_register import Told
from workflows.cases.wall.sweep import sweep

from .conftest import NOW


@pytest.fixture
def told(cast, monkeypatch) -> Told:
    """Approved on 10 June at nine, so due a day later; ninety days for a decision."""
    monkeypatch.setattr("tests.workflows.cases.test_register.NOW", NOW)
    told = Told(cast)
    for line in (
        "06-01 09:00 filed",
        "06-08 09:00 team",
        "06-08 15:00 reported",
        "06-10 09:00 approved head",
    ):
        told.happened(line)
    return told


def clocks(client) -> list[tuple[str, str, bool]]:
    rows = client.get("/").context["desk"].case_clocks.rows
    return [(row["clock"].rule, row["kind"], bool(row["told"])) for row in rows]


LATE = [("T2a", "overdue", False)]
SWEPT = [("T2a", "overdue", True)]


def test_the_team_and_the_heads_of_the_unit_find_what_is_late(told, cast, sign_in):
    house = cast.town
    for seat in (house.liaison, house.handler, house.deputy, house.head):
        assert clocks(sign_in(seat)) == LATE


def test_above_the_head_it_is_told_once_it_was_swept(told, cast, sign_in):
    assert clocks(sign_in(cast.office_head)) == []
    sweep(at=NOW)
    assert clocks(sign_in(cast.office_head)) == SWEPT
    assert clocks(sign_in(cast.town.head)) == SWEPT
    assert "6月12日 10:24 已报安办主任" in sign_in(cast.town.head).get("/").content.decode()


def test_nobody_else_is_told(told, cast, sign_in):
    sweep(at=NOW)
    for seat in (cast.clerk, cast.auditor, cast.other.head):
        assert clocks(sign_in(seat)) == []
        assert "案件时限" not in sign_in(seat).get("/").content.decode()


def test_the_head_of_the_unit_above_reads_what_is_late_but_not_in_which_case(told, cast, sign_in):
    cast.town.unit.parent = cast.department.unit
    cast.town.unit.save()
    sweep(at=NOW)
    html = sign_in(cast.department.head).get("/").content.decode()
    assert "向同级公安机关移送" in html
    assert "关闭报警器案" not in html
    assert f"/cases/{told.pk}/" not in html


def test_what_is_due_within_a_day_stands_there_and_what_is_later_does_not(cast, monkeypatch, sign_in):
    monkeypatch.setattr("tests.workflows.cases.test_register.NOW", NOW)
    told = Told(cast)
    for line in (
        "06-01 09:00 filed",
        "06-08 09:00 team",
        "06-11 15:00 reported",
        "06-12 09:00 approved head",
    ):
        told.happened(line)
    assert clocks(sign_in(cast.town.head)) == [("T2a", "near", False)]
    sweep(at=NOW)
    assert clocks(sign_in(cast.office_head)) == []


def test_ten_times_the_cases_make_the_same_number_of_queries(told, cast, sign_in):
    client, asked = sign_in(cast.town.head), []
    for count in (1, 18):
        for _ in range(count):
            more = Told(cast)
            for line in ("06-01 09:00 filed", "06-08 09:00 team", "06-08 15:00 reported"):
                more.happened(line)
        with CaptureQueriesContext(connection) as queries:
            found = client.get("/").context["desk"].case_clocks
        assert (found.count, len(found.rows)) == ((asked and 20) or 2, (asked and 6) or 2)
        asked.append(len(queries))
    assert asked[0] == asked[1]
