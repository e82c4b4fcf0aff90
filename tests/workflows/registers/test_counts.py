"""What rows give for the cells of 附件2."""

import datetime as dt
from collections import Counter

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from foundation.journal.moves import create
from foundation.organization.actors import SYSTEM
from tests.cast import actor, identity
from workflows.plans.models import Item, Plan
from workflows.registers.counting import counted
from workflows.registers.counts import count_rows
from workflows.registers.library import every_kind
from workflows.registers.listing import rows_found
from workflows.registers.models import RegisterRow
from workflows.registers.services.keeping import withdraw_row
from workflows.tasks.annexes import statistics_on

from .rows import AT, RELEASE, TIP, kind, row

JUNE = (dt.date(2026, 6, 1), dt.date(2026, 6, 30))


def test_every_count_is_a_cell_of_the_form():
    for versions in every_kind().values():
        for one in versions:
            form = {row.code: row for row in statistics_on(one.effective_from).rows}
            assert {(count.code, form[count.code].cell(count.cell).key) for count in one.counts}


def test_every_register_counts_for_something():
    assert [code for code, versions in every_kind().items() if not versions[-1].counts] == []


MEETING = {"event": "宣讲会", "kind": "宣讲会", "day": "2026-06-08", "attended": 20}


def test_a_meeting_of_two_units_is_one_for_all_and_one_for_each():
    rows = [(kind("events"), "jia", MEETING), (kind("events"), "yi", MEETING | {"attended": 5})]
    whole = count_rows([(one, "", cells) for one, _, cells in rows], *JUNE)
    assert whole == {"": {"S01": {"sessions": 1, "people": 25}}}
    assert count_rows(rows, *JUNE)["yi"] == {"S01": {"sessions": 1, "people": 5}}
    assert count_rows(rows, *JUNE, own=True) == {}  # none of them reports the office's meeting


def test_each_number_counts_by_its_own_day():
    told = [(kind("tips"), "", {"received": "2026-05-30", "result": "查实", "verified": "2026-06-02", "reward": 300, "rewarded": "2026-07-01"})]  # fmt: skip
    assert count_rows(told, *JUNE) == {"": {"S16": {"confirmed": 1}}}
    undated = [(kind("tips"), "", {"received": "2026-06-05", "result": "查实"})]
    assert count_rows(undated, *JUNE) == {"": {"S16": {"received": 1, "confirmed": 1}}}


def test_a_warning_told_twice_on_one_day_is_one():
    """By the media and in the group, at whatever hour."""
    told = [
        (kind("media"), "", {"title": "暴雨 风险提示", "at": "2026-06-09 17:00", "content": "风险提示"}),
        (kind("platform"), "", {"title": "暴雨风险提示", "at": "2026-06-09 17:20", "kind": "风险提示"}),
        (kind("platform"), "", {"title": "暴雨风险提示", "at": "2026-06-10 08:00", "kind": "风险提示"}),
    ]
    assert count_rows(told, *JUNE)[""]["S07"] == {"pieces": 2}


def test_a_release_stands_in_one_row_and_what_was_on_television_in_the_schedule():
    tv = {
        "channel": "英德电视台",
        "content": "曝光",
        "title": "曝光甲厂",
        "at": "2026-06-05 20:00",
        "reads": 9,
    }
    told = [
        (kind("media"), "", tv),
        (kind("broadcast"), "", {"day": "2026-06-05", "state": "已播", "form": "曝光"}),
        (kind("media"), "", tv | {"channel": "英德发布"}),
        (kind("media"), "", {"channel": "悦英德", "title": "启动", "at": "2026-06-01 09:00", "reads": 5}),
    ]
    counted_ = count_rows(told, *JUNE)[""]
    assert counted_ == {"S04": {"pieces": 1, "views": 5}, "S15": {"pieces": 2, "programmes": 1}}


def test_a_screen_that_plays_twice_is_one_screen():
    bus = {"kind": "公交车", "place": "1 路", "start": "2026-06-01", "screens": 40, "plays": 10}
    told = [(kind("screens"), "", bus), (kind("screens"), "", bus | {"start": "2026-06-20", "screens": 42})]
    assert count_rows(told, *JUNE)[""]["S05"] == {"screens": 42, "times": 20}


def test_an_export_without_a_column_tells_nothing_of_it():
    told = [(kind("visits"), "jia", {"day": "2026-06-06", "name": "敲门行动"})]
    assert count_rows(told, *JUNE)["jia"]["S13"] == {"times": 1}


@given(
    st.lists(
        st.tuples(st.sampled_from(["jia", ""]), st.integers(0, 9), st.dates(*JUNE), st.booleans()), max_size=12
    )
)  # fmt: skip
def test_an_interval_is_the_sum_of_its_parts(drawn):
    rows = [
        (
            kind("media"),
            unit,
            {"at": f"{day} 09:00", "reads": reads, "content": "曝光" if bad else "其他", "channel": "悦英德"},
        )
        for unit, reads, day, bad in drawn
    ]
    parts = [(JUNE[0], dt.date(2026, 6, 10)), (dt.date(2026, 6, 11), JUNE[1])]
    sums = Counter(cell for part in parts for cell in flat(count_rows(rows, *part)).elements())
    assert flat(count_rows(rows, *JUNE)) == sums


def flat(numbers) -> Counter:
    return Counter(
        {
            (unit, code, key): n
            for unit, rows in numbers.items()
            for code, cells in rows.items()
            for key, n in cells.items()
            if n
        }
    )


@pytest.mark.django_db
def test_a_campaign_takes_what_is_kept_and_its_own(cast, django_assert_num_queries):
    (pk,) = create(
        Plan, {"title": "方案", "text": "一", "organ": cast.office, "state": "running"}, actor=SYSTEM, at=AT
    )
    plan = Plan.objects.get(pk=pk)
    Item.objects.create(plan=plan, order=1, number="4", title="预热", text="预热")
    row("media", RELEASE | {"item": "4"}, cast.clerk)
    row("media", RELEASE | {"title": "乙", "reads": "300", "unit": "", "content": "曝光"}, cast.clerk)
    row("tips", TIP, cast.clerk)
    gone = row("media", RELEASE | {"title": "重复"}, cast.clerk)
    withdraw_row(row=gone, why="重复", actor=actor(cast.clerk), at=AT)
    with django_assert_num_queries(3):
        found = counted(plan, *JUNE)
    assert found.whole == {
        "S04": {"pieces": 1, "views": 1200}, "S15": {"pieces": 1}, "S16": {"received": 1, "confirmed": 1},
    }  # fmt: skip
    assert found.units == {
        cast.town.unit.pk: {"S04": {"pieces": 1, "views": 1200}, "S16": {"received": 1, "confirmed": 1}}
    }
    assert found.own == {"S15": {"pieces": 1}}
    Item.objects.filter(plan=plan).update(number="9")
    assert "S04" not in counted(plan, *JUNE).whole


@pytest.mark.django_db
def test_a_number_leads_to_exactly_the_rows_that_count(cast):
    """By the day that they count by, and by what they say."""
    row("tips", TIP, cast.clerk)
    row("tips", TIP | {"number": "J-2", "received": "2026-05-30", "verified": "2026-06-30"}, cast.clerk)
    row("tips", TIP | {"number": "J-3", "verified": "2026-07-01"}, cast.clerk)
    row("tips", TIP | {"number": "J-4", "result": "不属实"}, cast.clerk)
    row("media", RELEASE, cast.clerk)
    row("media", RELEASE | {"title": "曝光", "content": "曝光"}, cast.clerk)
    row("tips", TIP | {"number": "J-5", "verified": "", "reward": "", "rewarded": ""}, cast.clerk)
    for code, cell, rows in (("tips", "S16.confirmed", 3), ("tips", "S16.received", 4), ("tips", "S16.reward", 0),
                             ("media", "S04.pieces", 1), ("media", "S15.pieces", 1)):  # fmt: skip
        asked = {"cell": cell, "start": "2026-06-01", "end": "2026-06-30"}
        found = rows_found(RegisterRow.objects.filter(register__code=code), kind(code), asked)
        assert (cell, found.count()) == (cell, rows)


@pytest.mark.django_db
def test_the_list_says_that_it_is_narrowed_to_a_cell(client, cast):
    row("visits", {"name": "敲门行动", "day": "2026-06-06", "unit": "甲镇"}, cast.clerk)
    address = reverse("register", args=["visits"])
    identity(client, cast.clerk)
    html = client.get(address, {"cell": "S13.times", "unit": cast.town.unit.pk}).content.decode()
    assert "只列计入附件2“S13 进家庭：敲门行动：行动”的登记" in html
    assert "敲门行动</a>" in html
    assert "只列计入" not in client.get(address, {"cell": "S99.x"}).content.decode()


@pytest.mark.django_db
def test_the_page_says_where_each_number_comes_from(client, cast, django_assert_num_queries):
    row("media", RELEASE, cast.clerk)
    row("media", RELEASE | {"title": "早些时候", "at": "2025-06-01 09:00"}, cast.clerk)
    row("tips", TIP | {"received": "2025-12-30"}, cast.clerk)
    identity(client, cast.clerk)
    address = reverse("register_counts")
    days = {"start": "2026-06-01", "end": "2026-06-30"}
    client.get(address, days)
    with django_assert_num_queries(7):
        page = client.get(address, days)
    numbers = {(one["code"], one["cell"].key): one["whole"] for one in page.context["lines"]}
    assert (numbers["S04", "views"], numbers["S16", "received"], numbers["S16", "confirmed"]) == (1200, 0, 1)
    (link,) = [url for one in page.context["lines"] if one["code"] == "S05" for _, url in one["from"]][:1]
    assert client.get(link).status_code == 200
    assert (
        "没有可以计算的日子"
        in client.get(address, {"start": "2026-06-30", "end": "2026-06-01"}).content.decode()
    )
