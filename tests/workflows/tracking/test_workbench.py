"""The workbench: what each post finds on its first page."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from approvals.services import start
from foundation.organization.models import Appointment, Person
from foundation.organization.services import save_days
from tests.cast import actor
from workflows.tasks.models import Task

from .conftest import DUE, NOW, SENT, add_item, give, move

SIGNED = NOW.replace(day=1)


def desk(client):
    return client.get("/").context["desk"]


def cards(client) -> dict[str, int]:
    return {card.title: card.count for card in desk(client).cards}


def ask(campaign, cast, number="1", route="unit", due_on=None) -> int:
    """The approval of a task of 甲镇, sent by its liaison officer."""
    return start(
        route=route, subject="tasks.task", subject_id=campaign.tasks["jia", number], title=f"甲镇第{number}项",
        brief="培训 1 场 64 人", unit=cast.town.unit.pk, digest="0" * 64, actor=actor(cast.town.liaison), at=SIGNED,
        due_on=due_on or DUE[number],
    )  # fmt: skip


def test_the_liaison_officer_finds_the_units_tasks_late_first(campaign, cast, sign_in):
    first = desk(sign_in(cast.town.liaison)).first
    assert [(work["title"], work["light"].kind) for work in first.rows] == [
        ("第 1 项 开展第1项活动", "overdue"), ("第 2 项 开展第2项活动", "near"), ("第 3 项 开展第3项活动", "idle"),
    ]  # fmt: skip
    assert (first.count, first.overdue, first.near) == (3, 1, 1)


def test_the_handler_finds_what_was_handed_over_and_nothing_else(campaign, cast, sign_in):
    move(Task.receive, campaign.tasks["jia", "2"], seat=cast.town.liaison, at=SIGNED)
    Task.objects.filter(pk=campaign.tasks["jia", "2"]).update(handler=cast.town.handler)
    assert [work["title"] for work in desk(sign_in(cast.town.handler)).first.rows] == [
        "第 2 项 开展第2项活动"
    ]


def test_what_is_under_review_waits_for_others(campaign, cast, sign_in):
    move(Task.receive, campaign.tasks["jia", "1"], seat=cast.town.liaison, at=SIGNED)
    move(Task.submit, campaign.tasks["jia", "1"], seat=cast.town.liaison, at=SIGNED, version=1)
    ask(campaign, cast)
    found = desk(sign_in(cast.town.liaison))
    assert found.first.count == 2
    (row,) = found.waiting
    assert (row["who"], row["step"], row["waited"]) == ("何振邦", "第 1/2 步 分管负责人审批", "9 个工作日")


def test_a_signer_finds_open_approvals_late_first(campaign, cast, sign_in):
    for number in ("3", "1"):
        ask(campaign, cast, number)
    first = desk(sign_in(cast.town.deputy)).first
    assert [(work["title"], work["light"].kind) for work in first.rows] == [
        ("甲镇第1项", "overdue"),
        ("甲镇第3项", "ok"),
    ]
    assert (first.count, first.overdue, first.near) == (2, 1, 0)
    assert desk(sign_in(cast.town.head)).first.count == 0
    assert desk(sign_in(cast.other.deputy)).first.count == 0


def test_the_office_finds_late_units_beside_its_approvals(campaign, cast, sign_in):
    give(add_item(campaign.plan, "4", DUE["1"]), cast.other.unit)
    ask(campaign, cast, route="office")
    found = desk(sign_in(cast.clerk))
    assert [(row["unit__short_name"], row["late"]) for row in found.late_units[:1]] == [("乙镇", 2)]
    assert cards(sign_in(cast.clerk)) == {"待办": 1, "超期单位": 3, "我发起": 0}


def test_progress_counts_what_has_passed_and_leaves_out_what_was_waived(campaign, cast, sign_in):
    give(add_item(campaign.plan, "4", None), cast.other.unit, state="accepted")
    give(add_item(campaign.plan, "5", None), cast.other.unit, state="waived")
    (one,) = desk(sign_in(cast.clerk)).progress.campaigns
    assert (one.passed, one.total, one.percent, one.overdue, one.near, one.days_left) == (1, 6, 16, 3, 1, 18)


def test_a_units_progress_is_its_own(campaign, cast, sign_in):
    (one,) = desk(sign_in(cast.other.head)).progress.campaigns
    assert (one.total, one.overdue) == (1, 1)


def test_the_next_due_days_say_how_many_have_not_reported(campaign, cast, sign_in):
    give(campaign.periods["2"], cast.other.unit)
    deadlines = desk(sign_in(cast.clerk)).progress.deadlines
    assert [(one.due_on, one.text, one.light.kind) for one in deadlines] == [
        (DUE["2"], "第 2 项 开展第2项活动，2 家未报", "near"), (DUE["3"], "第 3 项 开展第3项活动", "ok"),
    ]  # fmt: skip


def test_the_auditor_reads_the_overview_and_has_no_inbox(campaign, cast, sign_in):
    found = desk(sign_in(cast.auditor))
    assert found.first is None
    assert cards(sign_in(cast.auditor)) == {"超期": 3, "临期": 1, "已通过": 0}


def test_the_administrator_finds_people_and_units_and_no_content(campaign, cast, sign_in):
    Person.objects.create_person("new", "无岗")
    page = sign_in(cast.administrator).get("/")
    assert {card.title: card.count for card in page.context["desk"].cards} == {
        "无岗位人员": 1,
        "无联络员单位": 1,
    }
    assert "安全生产月" not in page.content.decode()


def test_the_office_is_warned_of_units_without_a_liaison_officer(campaign, cast, sign_in):
    Appointment.objects.filter(pk=cast.town.liaison.pk).update(revoked=True)
    warning = "个单位没有联络员"
    assert (
        f"2 {warning}" in sign_in(cast.clerk).get("/").content.decode()
    )  # the office itself has none either
    assert warning not in sign_in(cast.other.head).get("/").content.decode()


def test_the_office_is_warned_of_a_missing_calendar_until_it_is_there(cast, sign_in):
    warning = "2026 年工作日历尚未导入"
    assert warning in sign_in(cast.clerk).get("/").content.decode()
    save_days({NOW.date().replace(month=1, day=1): (False, "元旦")}, at=SENT)
    assert warning not in sign_in(cast.clerk).get("/").content.decode()


def test_nothing_to_do_is_said_in_words(cast, sign_in):
    page = sign_in(cast.town.deputy).get("/").content.decode()
    assert all(words in page for words in ("没有待办", "没有进行中的活动", "没有近期期限"))


def test_who_holds_no_post_is_told_whom_to_ask(cast, client):
    client.force_login(
        Person.objects.create_person("new", "无岗"), backend="django.contrib.auth.backends.ModelBackend"
    )
    assert "您目前没有在任岗位" in client.get("/").content.decode()


def test_a_campaign_that_is_over_is_no_longer_counted(campaign, cast, sign_in):
    type(Task.objects.first().plan).objects.filter(pk=campaign.plan).update(state="archived")
    assert desk(sign_in(cast.clerk)).progress.campaigns == []


@pytest.mark.parametrize("who", ["clerk", "liaison", "deputy", "auditor", "administrator"])
def test_ten_times_the_rows_make_the_same_number_of_queries(campaign, cast, sign_in, who):
    client = sign_in(getattr(cast, who, None) or getattr(cast.town, who))
    made = []
    for number in range(4, 44):
        task = give(add_item(campaign.plan, str(number), DUE["1"]), cast.town.unit)
        campaign.tasks["jia", str(number)] = task
        ask(campaign, cast, str(number), route="unit" if number % 2 else "office", due_on=DUE["1"])
        if number in (7, 43):
            with CaptureQueriesContext(connection) as queries:
                client.get("/")
            made.append(len(queries))
    assert made[0] == made[1] <= 14


def test_the_card_of_late_units_leads_to_as_many_rows_of_the_board(campaign, cast, sign_in):
    client = sign_in(cast.clerk)
    card = next(card for card in desk(client).cards if card.title == "超期单位")
    assert len(client.get(card.url).context["table"].rows) == card.count == 3
