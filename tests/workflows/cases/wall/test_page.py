"""时限墙, as people see it."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.cast import actor, identity
from tests.matrix import EVERYBODY, person
from tests.workflows.cases.test_counting import at
from tests.workflows.cases.test_register import Told
from workflows.cases.models import Case, CaseClock
from workflows.cases.permissions import is_told, is_told_above, sees_case, sees_clock
from workflows.cases.wall.sweep import sweep

NOW = at("03-03 12:00")  # a Tuesday


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def told(cast, monkeypatch) -> Told:
    """Three clocks: one late, one within a day, one far off."""
    monkeypatch.setattr("tests.workflows.cases.test_register.NOW", NOW)
    told = Told(cast)
    for line in ("02-26 09:00 filed", "02-17 09:00 preserved", "03-02 09:00 team", "03-02 15:00 reported"):
        told.happened(line)
    told.happened("03-03 10:20 approved head")
    return told


def shown(client: Client, query: str = "") -> list[str]:
    return [row["clock"].rule for row in client.get(f"/cases/clocks/{query}").context["rows"]]


def office(cast) -> Client:
    return identity(Client(), cast.clerk)


def test_every_clock_of_a_case_hangs_there_nearest_first(told, cast):
    assert shown(office(cast)) == ["P56", "T2a", "P60"]


@pytest.mark.parametrize(
    ("query", "rules"),
    [
        ("?only=overdue", ["P56"]), ("?only=near", ["T2a"]), ("?only=week", ["T2a"]), ("?only=suspended", []),
        ("?only=nonsense", ["P56", "T2a", "P60"]), ("?who=agency&only=near", ["T2a"]), ("?who=police", []),
        ("?q=移送", ["T2a"]), ("?q=甲镇", ["P56", "T2a", "P60"]), ("?q=报警器", ["P56", "T2a", "P60"]), ("?unit=0", ["P56", "T2a", "P60"]),
    ],
)  # fmt: skip
def test_it_is_narrowed(told, cast, query, rules):
    assert shown(office(cast), query) == rules


def test_the_office_narrows_by_unit(told, cast):
    assert shown(office(cast), f"?unit={cast.town.unit.pk}") == ["P56", "T2a", "P60"]
    assert shown(office(cast), f"?unit={cast.other.unit.pk}") == []
    assert 'id="unit"' not in identity(Client(), cast.town.head).get("/cases/clocks/").content.decode()


def test_chips_count_what_lies_behind_them(told, cast):
    chips = {chip["label"]: chip["count"] for chip in office(cast).get("/cases/clocks/").context["chips"]}
    assert (chips["逾期"], chips["24 小时内"], chips["本周"]) == (1, 1, 1)


def test_a_row_says_what_who_when_and_by_which_law(told, cast):
    html = office(cast).get("/cases/clocks/").content.decode()
    said = (
        "剩 22 小时 20 分",
        "逾期 3 个工作日",
        "剩 85 天",
        "向同级公安机关移送",
        "办案机关",
        "3月4日 10:20",
        "5月27日 24:00",
        "国务院令第310号第5条",
    )
    assert not [words for words in said if words not in html]
    assert f'href="/cases/{told.pk}/"' in html


def test_one_that_stands_still_hangs_apart(told, cast):
    told.happened("03-03 11:00 suspended")
    assert shown(office(cast)) == ["P56", "T2a"]
    assert shown(office(cast), "?only=suspended") == ["P60"]
    assert "中止，期限不计" in office(cast).get("/cases/clocks/?only=suspended").content.decode()


def test_what_was_told_above_the_head_says_so(told, cast):
    later = NOW + dt.timedelta(days=2)
    with time_machine.travel(later, tick=False):
        sweep(at=later)
        assert "3月5日 12:00 已报安办主任" in office(cast).get("/cases/clocks/").content.decode()


def test_it_asks_for_itself_every_minute_and_gets_the_rows_alone(told, cast):
    page = office(cast).get("/cases/clocks/?only=near").content.decode()
    assert 'hx-get="?only=near" hx-trigger="every 60s"' in page
    part = office(cast).get("/cases/clocks/?only=near", headers={"HX-Request": "true"}).content.decode()
    assert "向同级公安机关移送" in part
    assert "<html" not in part


def test_pages_follow_each_other(told, cast):
    CaseClock.objects.bulk_create(
        CaseClock(case_id=told.pk, rule=f"X{n}", name="某事", who="agency", basis="某法", starts=NOW, due=NOW, unit="hour",
                  verified=False, above=False) for n in range(60)
    )  # fmt: skip
    client = office(cast)
    first = client.get("/cases/clocks/").context["page"]
    second = client.get(f"/cases/clocks/{first.older}").context["page"]
    assert len({row.pk for row in (*first.rows, *second.rows)}) == 63
    assert client.get(f"/cases/clocks/{second.newer}").context["page"].rows == first.rows


@pytest.mark.parametrize("key", sorted(EVERYBODY))
def test_whoever_sees_the_case_sees_its_clocks_and_nobody_else(told, cast, key):
    seat, day = person(cast, key), timezone.localdate()
    clock = CaseClock.objects.first()
    assert clock
    for rule in (sees_clock, is_told, is_told_above):
        assert (
            rule(clock, actor(seat), day)
            == CaseClock.objects.filter(rule.q(seat.pk, day), pk=clock.pk).exists()
        )
    assert sees_clock(clock, actor(seat), day) == sees_case(told.row, actor(seat), day)
    assert is_told(clock, actor(seat), day) == (
        key in {"town.liaison", "town.handler", "town.deputy", "town.head"}
    )


def test_who_heads_the_unit_above_is_told_of_what_is_told_above(told, cast):
    town, day = cast.town.unit, timezone.localdate()
    town.parent = cast.department.unit
    town.save()
    sweep(at=at("03-05 12:00"))
    heads = (cast.department.head, cast.office_head, cast.clerk, cast.other.head)
    told_of = {seat.pk: CaseClock.objects.filter(is_told_above.q(seat.pk, day)).count() for seat in heads}
    assert list(told_of.values()) == [1, 1, 0, 0]
    assert not Case.objects.filter(sees_case.q(cast.department.head.pk, day))


def test_it_costs_the_same_with_ten_times_the_clocks(cast, told):
    client, asked = office(cast), []
    for count in (1, 12):
        for _ in range(count):
            Told(cast).happened("02-26 09:00 filed")
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/cases/clocks/").status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 8
