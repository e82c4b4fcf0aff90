"""What rows give for the cells of 附件2."""

import datetime as dt

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from foundation.journal.moves import create
from foundation.organization.actors import SYSTEM
from tests.cast import actor, identity
from workflows.plans.models import Item, Plan
from workflows.registers.counting import counted
from workflows.registers.counts import added, count_rows
from workflows.registers.library import every_kind
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
    rows = [("jia", MEETING), ("yi", MEETING | {"attended": 5})]
    whole = count_rows(kind("events"), [("", cells) for _, cells in rows], *JUNE)
    assert whole == {"": {"S01": {"sessions": 1, "people": 25}}}
    assert count_rows(kind("events"), rows, *JUNE)["yi"] == {"S01": {"sessions": 1, "people": 5}}


def test_each_number_counts_by_its_own_day():
    told = [("", {"received": "2026-05-30", "result": "查实", "verified": "2026-06-02", "reward": 300, "rewarded": "2026-07-01"})]  # fmt: skip
    assert count_rows(kind("tips"), told, *JUNE) == {"": {"S16": {"confirmed": 1}}}


@given(
    st.lists(
        st.tuples(st.sampled_from(["jia", ""]), st.integers(0, 9), st.dates(*JUNE), st.booleans()), max_size=12
    )
)  # fmt: skip
def test_an_interval_is_the_sum_of_its_parts(drawn):
    rows = [
        (unit, {"at": f"{day} 09:00", "reads": reads, "content": "曝光" if bad else "其他"})
        for unit, reads, day, bad in drawn
    ]
    parts = [(JUNE[0], dt.date(2026, 6, 10)), (dt.date(2026, 6, 11), JUNE[1])]
    assert count_rows(kind("media"), rows, *JUNE) == added(
        count_rows(kind("media"), rows, *part) for part in parts
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
        "S04": {"pieces": 2, "views": 1500}, "S15": {"pieces": 1}, "S16": {"received": 1, "confirmed": 1},
    }  # fmt: skip
    assert found.units == {
        cast.town.unit.pk: {"S04": {"pieces": 1, "views": 1200}, "S16": {"received": 1, "confirmed": 1}}
    }
    assert found.own == {"S04": {"pieces": 1, "views": 300}, "S15": {"pieces": 1}}
    Item.objects.filter(plan=plan).update(number="9")
    assert counted(plan, *JUNE).whole["S04"] == {"pieces": 1, "views": 300}


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
