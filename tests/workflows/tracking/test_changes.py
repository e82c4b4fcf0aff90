"""自上次查看以来: from when it is told, what is told to whom, and where it leads."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from foundation.journal.moves import record
from foundation.organization.actors import SYSTEM
from foundation.organization.ending import end_unit
from tests.cast import actor, more_units
from workflows.plans.models import Item
from workflows.plans.versions import supersede
from workflows.tasks.models import Task
from workflows.tasks.services.extending import agree_extension, ask_extension
from workflows.tracking.changes.visiting import look_at
from workflows.tracking.models import Visit

from .conftest import CHINA, NOW, SENT, give, move
from .late import slip_of

PAGE, BOARD = "/board/changes/", "/board/"
LOOKED = dt.datetime(2026, 6, 10, 9, tzinfo=CHINA)
HOUR, MINUTE = dt.timedelta(hours=1), dt.timedelta(minutes=1)


@pytest.fixture
def news(campaign, cast, sign_in):
    """News since 10 June 09:00: kind -> how many; for whoever looks."""

    def told(seat=None, **query):
        seat = seat or cast.clerk
        Visit.objects.update_or_create(
            person=seat.person, plan_id=campaign.plan, defaults={"looked_at": LOOKED, "since": None}
        )
        answer = sign_in(seat).get(PAGE, query)
        return {kind.code: count for kind, count, *_ in answer.context.get("sheets", ())}

    return told


def looks(campaign, cast, *after: dt.timedelta) -> list[dt.datetime | None]:
    return [look_at(plan=campaign.plan, person=cast.clerk.person_id, at=LOOKED + one) for one in after]


def test_looks_close_together_are_one_sitting_and_the_next_begins_where_it_ended(campaign, cast):
    first = [0 * HOUR, 20 * MINUTE, 40 * MINUTE]
    assert looks(campaign, cast, *first, 3 * HOUR, 3 * HOUR + 29 * MINUTE, 5 * HOUR) == [
        None, None, None, LOOKED + 40 * MINUTE, LOOKED + 40 * MINUTE, LOOKED + 3 * HOUR + 29 * MINUTE,
    ]  # fmt: skip


def test_everybody_has_looks_of_their_own(campaign, cast):
    looks(campaign, cast, 0 * HOUR, 3 * HOUR)
    assert look_at(plan=campaign.plan, person=cast.auditor.person_id, at=NOW) is None


def test_the_board_names_what_changed_and_leads_to_it(campaign, cast, sign_in):
    looks(campaign, cast, 0 * HOUR)
    move(Task.receive, campaign.tasks["jia", "1"], seat=cast.town.liaison, at=LOOKED + HOUR)
    page = sign_in(cast.clerk).get(BOARD).content.decode()
    assert "自 6月10日 09:00 上次查看以来" in page
    assert "签收 1" in page
    assert f"{PAGE}?plan={campaign.plan}&amp;only=received" in page
    assert "新超期 3" in page


def test_a_first_look_a_wall_and_a_past_day_tell_no_news(campaign, cast, sign_in):
    client = sign_in(cast.clerk)
    for query in ({"screen": "1"}, {"at": "2026-06-01"}):
        assert "上次查看" not in client.get(BOARD, query).content.decode()
    assert not Visit.objects.exists()
    assert "上次查看以来" not in client.get(BOARD).content.decode()
    assert Visit.objects.get().looked_at == NOW
    assert "第一次查看这个活动" in client.get(PAGE).content.decode()


def test_every_kind_of_change_after_the_last_look_is_told_once(campaign, cast, news):
    one, other = campaign.tasks["jia", "1"], campaign.tasks["yi", "1"]
    move(Task.receive, one, seat=cast.town.liaison, at=LOOKED - HOUR)
    move(Task.receive, other, seat=cast.other.liaison, at=LOOKED + HOUR)
    move(Task.submit, one, seat=cast.town.liaison, at=LOOKED + HOUR, version=1)
    move(Task.reach_office, one, seat=cast.town.head, at=LOOKED + HOUR)
    move(Task.office_return, one, seat=cast.clerk, at=LOOKED + 2 * HOUR)
    move(Task.submit, one, seat=cast.town.liaison, at=LOOKED + 3 * HOUR, version=2)
    move(Task.reach_office, one, seat=cast.town.head, at=LOOKED + 3 * HOUR)
    move(Task.accept, one, seat=cast.clerk, at=LOOKED + 4 * HOUR)
    move(Task.cancel, campaign.tasks["jia", "3"], seat=cast.clerk, at=LOOKED + HOUR)
    slip_of(Task.objects.get(pk=other))
    assert news() == {
        "overdue": 2, "slips": 1, "returned": 1, "submitted": 1, "reached": 1, "accepted": 1, "received": 1, "cancelled": 1,
    }  # fmt: skip


def test_a_new_task_and_an_extension_are_told(campaign, cast, news):
    give(campaign.periods["2"], cast.other.unit, at=LOOKED + HOUR)
    task = campaign.tasks["jia", "2"]
    move(Task.receive, task, seat=cast.town.liaison, at=LOOKED - HOUR)
    until = {"task": task, "until": dt.date(2026, 6, 25)}
    ask_extension(**until, reason="会场未定", actor=actor(cast.town.liaison), at=LOOKED + HOUR)
    agree_extension(**until, actor=actor(cast.clerk), at=LOOKED + 2 * HOUR)
    assert {"extended": 1, "issued": 1}.items() <= news().items()


def supplemented(campaign, number: str, *units: str, at: dt.datetime) -> Item:
    """The item asks for more from then on; the tasks of these units take it."""
    item = Item.objects.get(plan=campaign.plan, number=number)
    supersede(item=item, text="两场", deliverables=[], due={}, basis="某安办〔2026〕5号", at=at)
    tasks = [campaign.tasks[unit, number] for unit in units]
    changes, data = {"item_version": item.version}, {"supplement": 1, "version": item.version}
    record(Task, tasks, "supplement", actor=SYSTEM, at=at, changes=changes, data=data).all_or_refuse()
    return item


def test_an_item_that_asks_for_something_else_is_one_line_for_whom_it_concerns(campaign, cast, news, sign_in):
    item = supplemented(campaign, "1", "yi", "bing", at=LOOKED + HOUR)
    assert news()["supplements"] == 1
    page = sign_in(cast.clerk).get(PAGE, {"only": "supplements"}).content.decode()
    for words in (
        "2 个单位",
        "第 2 版要求",
        "某安办〔2026〕5号",
        reverse("item_versions", args=[campaign.plan, item.pk]),
    ):
        assert words in page, words
    assert news(cast.other.liaison)["supplements"] == 1
    assert "supplements" not in news(cast.town.liaison)  # its task goes by what was asked before
    assert "supplements" not in news(since="2026-06-11")


def test_what_a_unit_carries_on_for_another_is_told_with_whose_it_was(campaign, cast, news, sign_in):
    end_unit(
        unit=cast.town.unit, on=LOOKED.date(), successor=cast.other.unit, follow=True,
        actor=actor(cast.administrator), at=LOOKED + HOUR,
    )  # fmt: skip
    assert {"succeeded": 2, "cancelled": 1}.items() <= news().items()
    assert news(cast.other.liaison)["succeeded"] == 2
    page = sign_in(cast.other.liaison).get(PAGE, {"only": "succeeded"}).content.decode()
    for words in ("原属甲镇", reverse("task", args=[campaign.tasks["jia", "2"]])):
        assert words in page, words
    assert "单位已并入乙镇" in sign_in(cast.clerk).get(PAGE, {"only": "cancelled"}).content.decode()
    assert "succeeded" not in news(since="2026-06-11")


def test_a_unit_is_told_of_its_own_tasks(campaign, cast, news):
    assert news(cast.town.head) == {"overdue": 1}
    assert news(cast.twice) == {}


def test_one_kind_is_read_page_by_page(campaign, cast, news, sign_in, monkeypatch):
    monkeypatch.setattr("workflows.tracking.changes.page.FIRST", 2)
    monkeypatch.setattr("workflows.tracking.views.changes.FIRST", 2)
    assert news() == {"overdue": 3}
    page = sign_in(cast.clerk).get(PAGE)
    assert page.content.decode().count('<th scope="row"') == 2
    assert "全部 3" in page.content.decode()
    one = sign_in(cast.clerk).get(PAGE, {"only": "overdue"}).content.decode()
    assert one.count('<th scope="row"') == 3
    assert reverse("task", args=[campaign.tasks["yi", "1"]]) in one


def test_a_day_can_be_chosen_instead_of_the_last_look(campaign, cast, news):
    move(Task.receive, campaign.tasks["jia", "1"], seat=cast.town.liaison, at=LOOKED - HOUR)
    assert news() == {"overdue": 3}
    assert news(since="2026-06-09") == {"overdue": 3, "received": 1}
    assert news(since="2026-05-20")["issued"] == 5


@pytest.mark.parametrize(
    ("since", "says"),
    [("昨天", "看不懂日期“昨天”"), ("2027-01-01", "这一天还没有到"), ("0001-01-01", "这一天太早")],
)
def test_a_day_that_makes_no_sense_is_said_so_and_the_last_look_counts(
    campaign, cast, news, sign_in, since, says
):
    assert news(since=since) == {"overdue": 3}
    assert says in sign_in(cast.clerk).get(PAGE, {"since": since}).content.decode()


def test_without_changes_or_campaign_it_says_so(campaign, cast, sign_in):
    Visit.objects.create(person=cast.clerk.person, plan_id=campaign.plan, looked_at=NOW - HOUR)
    assert "没有变化" in sign_in(cast.clerk).get(PAGE).content.decode()
    assert "还没有下达的活动" in sign_in(cast.twice).get(PAGE).content.decode()


def test_ten_times_the_changes_make_the_same_number_of_queries(campaign, cast, sign_in):
    client, made = sign_in(cast.clerk), []
    Visit.objects.create(person=cast.clerk.person, plan_id=campaign.plan, looked_at=NOW, since=SENT - HOUR)
    for count in (2, 20):
        for unit in more_units(count):
            give(campaign.periods["1"], unit)
        if count == 2:
            slip_of(Task.objects.latest("pk"))
            end_unit(
                unit=cast.town.unit, on=NOW.date(), successor=cast.other.unit, follow=True,
                actor=actor(cast.administrator), at=NOW,
            )  # fmt: skip
        supplemented(campaign, "1", "bing", at=NOW)
        with CaptureQueriesContext(connection) as queries:
            client.get(PAGE)
        made.append(len(queries))
    assert made[0] == made[1] <= 17
