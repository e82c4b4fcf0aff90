"""状态回看: the board of a past day, marked as past; its numbers lead to nothing that tells of now."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from foundation.organization.ending import end_unit
from tests.cast import actor, more_units
from workflows.tasks.models import Task
from workflows.tracking.facts import facts_at

from .conftest import CHINA, NOW, give, move
from .test_board import cell, rows

BOARD = "/board/"
SIGNED = dt.datetime(2026, 6, 9, 9, tzinfo=CHINA)


@pytest.fixture
def then(campaign, cast, sign_in):
    """The board of a day, as the office sees it: its answer."""
    move(Task.receive, campaign.tasks["jia", "1"], seat=cast.town.liaison, at=SIGNED)
    move(Task.submit, campaign.tasks["jia", "1"], seat=cast.town.liaison, at=NOW, version=1)
    return lambda day, **more: sign_in(cast.clerk).get(BOARD, {"at": day} | more)


def test_a_past_day_is_as_the_journal_tells_it_and_says_so(then):
    page = then("2026-06-11").content.decode()
    assert "状态回看：这是 6月11日 24:00 的状态，不是现在。" in page
    assert "已签收 超期 1 天" in cell(page, "甲镇 第 1 项")
    assert "已下达 未启动" in cell(then("2026-06-02").content.decode(), "甲镇 第 1 项")
    assert "回到今天" in page


@pytest.mark.parametrize("by", ["units", "items"])
def test_no_number_of_the_past_leads_to_the_ledger_of_now(then, by):
    answer = then("2026-06-11", by=by, range="all")
    page = answer.content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    assert reverse("tasks") + "?" not in main
    assert [one.number for one in answer.context["table"].sums] == [5, 0, 3]
    assert reverse("task", args=[Task.objects.first().pk]) in main  # and the banner says of when that page is


def test_where_things_stood_is_counted_to_that_day(then):
    (signed,) = [row for row, *_ in then("2026-06-11").context["bands"] if row.state == "received"]
    assert (signed.count, signed.longest) == (1, 2)


def test_ways_of_looking_stay_on_the_day_and_one_leads_back(then):
    answer = then("2026-06-11", range="all")
    assert all("at=2026-06-11" in one["url"] for one in (*answer.context["ways"], *answer.context["chips"]))
    assert "at=" not in answer.context["today"]
    assert "range=all" in answer.context["today"]
    assert "大屏" not in answer.content.decode()


def test_today_is_now(then):
    answer = then("2026-06-12")
    assert "状态回看：" not in answer.content.decode().replace("状态回看：看哪一天", "")
    assert answer.context["aspect"].day is None


@pytest.mark.parametrize(
    ("day", "says"),
    [("昨天", "看不懂日期“昨天”"), ("2026-13-01", "看不懂日期"), ("2026-06-13", "这一天还没有到"), ("9999-12-31", "这一天还没有到"),
     ("0001-01-01", "这一天太早"), ("2026-05-01", "到2026年5月1日 24:00，这个活动还没有下达任务")],
)  # fmt: skip
def test_a_day_that_has_no_board_is_answered_with_a_sentence_and_stays_in_the_form(then, day, says):
    page = then(day).content.decode()
    assert says in page
    assert f'value="{day}"' in page
    assert 'class="matrix' not in page


def test_a_unit_sees_its_own_row_of_the_past(then, campaign, cast, sign_in):
    page = sign_in(cast.other.head).get(BOARD, {"at": "2026-06-11"})
    assert rows(page) == ["乙镇"]
    assert "甲镇" not in page.content.decode()


def test_a_task_was_its_old_units_until_it_was_left_to_the_successor(campaign, cast):
    old, heir, task = cast.other.unit, cast.department.unit, campaign.tasks["yi", "1"]
    extra = give(campaign.periods["3"], old)
    end_unit(unit=old, on=NOW.date(), successor=heir, follow=False, at=NOW, actor=actor(cast.administrator))
    before, after = NOW - dt.timedelta(days=1), NOW + dt.timedelta(days=1)
    of = {one.task: one.unit for one in facts_at(campaign.plan, before)}
    assert (of[extra], of[task]) == (old.pk, old.pk)
    of = {one.task: one.unit for one in facts_at(campaign.plan, after)}
    assert of[extra] == heir.pk
    assert task not in of  # owed twice, it ended


def test_ten_times_the_units_make_the_same_number_of_queries(campaign, cast, sign_in):
    client, made = sign_in(cast.clerk), []
    for count in (2, 20):
        for unit in more_units(count):
            give(campaign.periods["1"], unit)
        with CaptureQueriesContext(connection) as queries:
            client.get(BOARD, {"at": "2026-06-11"})
        made.append(len(queries))
    assert made[0] == made[1] <= 15
