"""The board's page: who sees which rows, what a cell says and where it leads."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from foundation.organization.models import Unit
from foundation.organization.posts import OVERSEERS, UNIT_POSTS, Post
from tests.cast import actor, more_units
from workflows.plans.models import Item
from workflows.tasks.models import Task
from workflows.tracking.facts import sees_unit
from workflows.tracking.models import Visit

from .conftest import DUE, NOW, SENT, add_item, give, move, start_plan

BOARD = "/board/"


def cell(page: str, name: str) -> str:
    """The <td> that is spoken as `name …`."""
    (found,) = re.findall(rf"<td[^>]*>(?:(?!</td>).)*?{name}(?:(?!</td>).)*</td>", page, re.DOTALL)
    return found


def rows(response) -> list[str]:
    return [row.name for row in response.context["table"].rows]


def test_a_late_cell_says_so_in_shape_and_word_and_leads_to_its_task(campaign, cast, sign_in):
    page = sign_in(cast.clerk).get(BOARD).content.decode()
    late = cell(page, "甲镇 第 1 项")
    assert "is-overdue" in late
    assert "已下达 超期 2 天" in late
    assert reverse("task", args=[campaign.tasks["jia", "1"]]) in late


def test_an_old_campaign_is_shown_where_an_address_asks_for_it(campaign, cast, sign_in):
    later = [start_plan(cast, f"第{n}个方案") for n in range(4)]
    shown = sign_in(cast.clerk).get(BOARD, {"plan": campaign.plan}).context
    assert shown["plan"].pk == campaign.plan
    assert [one.pk for one in shown["plans"]] == [*later[:0:-1], campaign.plan]


def test_what_a_unit_has_not_got_is_not_applicable(campaign, cast, sign_in):
    page = sign_in(cast.clerk).get(BOARD + "?range=departments").content.decode()
    assert "不适用" in cell(page, "市丙局 第 2 项")


def test_a_cell_of_several_periods_shows_the_most_urgent_and_leads_to_the_list(campaign, cast, sign_in):
    period = campaign.periods["3"]
    again = type(period).objects.create(item=period.item, due_on=DUE["1"])
    give(again, cast.town.unit)
    page = sign_in(cast.clerk).get(BOARD).content.decode()
    third = cell(page, "甲镇 第 3 项")
    assert "超期 2 天" in third
    assert f"unit={cast.town.unit.pk}" in third


def test_what_was_cancelled_is_on_no_board(campaign, cast, sign_in):
    move(Task.cancel, campaign.tasks["yi", "1"], seat=cast.clerk, at=NOW)
    assert rows(sign_in(cast.clerk).get(BOARD)) == ["甲镇"]


def test_passed_and_late_are_summed_up(campaign, cast, sign_in):
    give(add_item(campaign.plan, "4", DUE["1"]), cast.other.unit, state="accepted")
    table = sign_in(cast.clerk).get(BOARD).context["table"]
    assert [one.number for one in table.sums] == [5, 1, 2]
    assert [one.number for one in table.foot] == [0, 0, 0, 1]


def test_ranges_are_offered_with_their_numbers_of_units(campaign, cast, sign_in):
    page = sign_in(cast.clerk).get(BOARD + "?range=departments")
    assert rows(page) == ["市丙局"]
    assert [(c["label"], c["count"]) for c in page.context["chips"][:-1]] == [
        ("镇（街）", 2),
        ("部门", 1),
        ("全部", 3),
    ]


def test_only_rows_with_something_late_on_request(campaign, cast, sign_in):
    move(Task.cancel, campaign.tasks["yi", "1"], seat=cast.clerk, at=NOW)
    give(add_item(campaign.plan, "4", DUE["3"]), cast.other.unit)
    assert rows(sign_in(cast.clerk).get(BOARD + "?range=all&light=overdue")) == ["甲镇", "市丙局"]


def test_on_a_phone_what_is_late_comes_first(campaign, cast, sign_in):
    late = sign_in(cast.clerk).get(BOARD).context["table"].urgent
    assert [(spot.unit, spot.light.kind) for spot in late] == [
        ("甲镇", "overdue"), ("乙镇", "overdue"), ("甲镇", "near"),
    ]  # fmt: skip


@pytest.mark.parametrize("post", UNIT_POSTS)
def test_a_unit_sees_its_own_row_and_nobody_elses(campaign, cast, sign_in, post):
    page = sign_in(getattr(cast.town, post)).get(BOARD)
    assert rows(page) == ["甲镇"]
    assert "乙镇" not in page.content.decode()
    assert page.context["overdue"] == 1


def test_whose_row_is_seen_is_the_same_for_one_unit_and_for_a_list(cast):
    for seat in cast:
        seen = set(Unit.objects.filter(sees_unit.q(seat.pk, NOW.date())))
        assert seen == {unit for unit in Unit.objects.all() if sees_unit(unit, actor(seat), NOW.date())}
        everything = seat.post in (Post.OFFICE_CLERK, Post.OFFICE_HEAD, *OVERSEERS)
        own = {seat.unit} if seat.post in UNIT_POSTS else set()
        assert seen == (set(Unit.objects.all()) if everything else own)


def test_without_a_campaign_the_board_says_what_will_be_here(cast, sign_in):
    assert "还没有下达的活动" in sign_in(cast.clerk).get(BOARD).content.decode()


def test_a_unit_without_tasks_is_told_so(campaign, cast, sign_in):
    assert "本单位在这个活动中没有任务" in sign_in(cast.twice).get(BOARD).content.decode()


def test_another_campaign_can_be_chosen(campaign, cast, sign_in):
    newer = start_plan(cast, "秋季活动方案")
    client = sign_in(cast.clerk)
    assert client.get(BOARD).context["plan"].pk == newer
    assert client.get(f"{BOARD}?plan={campaign.plan}").context["plan"].pk == campaign.plan
    assert client.get(f"{BOARD}?plan=x&range=nowhere").status_code == 200


def test_ten_times_the_units_make_the_same_number_of_queries(campaign, cast, sign_in):
    client, made = sign_in(cast.clerk), []
    Visit.objects.create(person=cast.clerk.person, plan_id=campaign.plan, looked_at=NOW, since=SENT)
    for count in (2, 20):
        for unit in more_units(count):
            give(campaign.periods["1"], unit)
        with CaptureQueriesContext(connection) as queries:
            client.get(BOARD)
        made.append(len(queries))
    assert made[0] == made[1] <= 20


def test_many_units_come_in_pages_and_the_totals_are_those_of_all(campaign, cast, sign_in, monkeypatch):
    monkeypatch.setattr("workflows.tracking.views.board.ROWS", 2)
    client = sign_in(cast.clerk)
    first = client.get(BOARD + "?range=all")
    second = client.get(BOARD + first.context["page"].older)
    assert (rows(first), rows(second)) == (["甲镇", "乙镇"], ["市丙局"])
    assert [page.context["table"].sums[0].number for page in (first, second)] == [5, 5]


def test_a_report_and_the_cases_are_named_in_words_not_by_code(campaign, cast, sign_in):
    Item.objects.filter(plan=campaign.plan, number="1").update(number="R1", kind="report", title="本单位方案")
    Item.objects.filter(plan=campaign.plan, number="2").update(number="C", kind="cases", title="推荐2 个案例")
    heads = sign_in(cast.clerk).get(BOARD).context["table"].heads
    assert [(head.number, *head.lines) for head in heads[:2]] == [
        ("报送1", "方案", ""),
        ("案例", "典型", "案例"),
    ]


@pytest.mark.parametrize(
    ("title", "lines"),
    [("学习贯彻重要论述", ("学习", "贯彻")), ("“进企业”：五带头", ("进", "企业")), ("《", ("《", ""))],
)
def test_the_head_of_a_column_is_the_first_words_of_its_item(campaign, cast, sign_in, title, lines):
    Item.objects.filter(number="1", plan=campaign.plan).update(title=title)
    head = sign_in(cast.clerk).get(BOARD).context["table"].heads[0]
    assert (head.lines, head.title) == (lines, title)
