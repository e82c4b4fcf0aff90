"""代录: what came on paper is entered by the office, confirmed by the unit, and timely by the day of the paper."""

import datetime as dt

import pytest
from django.urls import reverse

from approvals.models import Signer
from foundation.journal.models import Entry
from foundation.journal.verify import first_bad
from foundation.organization.refusals import Refused
from tests.cast import identity
from workflows.tasks import services
from workflows.tasks.models import Task
from workflows.tasks.problems import Incomplete
from workflows.tracking.facts import facts_at

from .conftest import DUE
from .minutes import Minutes

LATE = dt.datetime(2026, 7, 3, 9, tzinfo=dt.timezone(dt.timedelta(hours=8)))  # the due day is over
PAPER = dt.date(2026, 6, 29)


@pytest.fixture
def late(make, cast):
    return Minutes(make(), cast, at=LATE)


@pytest.fixture
def entering(late, cast):
    services.begin_entry(task=late.pk, paper_on=PAPER, reason="网络故障", **late.by(cast.clerk))
    late.hold(who=cast.clerk, held_on=dt.date(2026, 6, 20))
    return late


def submitted(case, cast):
    case.upload("scan", "回执.pdf", b"%PDF-1.4\n%%EOF\n", who=cast.clerk)
    case.submit(cast.clerk)
    return case


def test_the_minutes_of_a_paper_that_came_in_time(entering, cast, client):
    case = entering
    with pytest.raises(Incomplete, match="纸质件扫描"):
        case.submit(cast.clerk)
    submitted(case, cast)
    assert (case.state, case.task.entry) == ("unit_review", None)
    assert case.last().paper == {"paper_on": "2026-06-29", "reason": "网络故障"}
    # the unit's liaison officer is asked, and sees what it is
    (asked,) = Signer.objects.filter(approval=case.pending, state="open")
    assert asked.appointment == cast.town.liaison
    page = identity(client, cast.town.liaison).get(reverse("approval", args=[case.pending.pk]))
    for words in ("安委办代录", "6月29日收到纸质件，由罗书言录入", "网络故障"):
        assert words in page.content.decode(), words
    case.agree(cast.town.liaison)
    # then the office decides, but not whoever entered it
    assert case.state == "office_review"
    with pytest.raises(Refused):
        case.agree(cast.clerk)
    case.agree(cast.twice_office, cast.office_head)
    assert case.state == "accepted"
    # in time by the day of the paper, now and then
    first = Task.objects.get(pk=case.pk).first_submitted_at
    assert first.astimezone(LATE.tzinfo).date() == PAPER <= DUE
    assert facts_at(case.task.plan_id, case.at)[0].first_submitted_at == first
    assert facts_at(case.task.plan_id, LATE)[0].first_submitted_at is None
    # the journal names both
    told = Entry.objects.filter(target="tasks.task", target_id=case.pk).order_by("seq")
    assert {one.actor.name for one in told if one.actor} >= {"罗书言", "赖安宁"}
    assert first_bad()[1] is None
    assert "代录第 1 版（6月29日来件）" in client.get(reverse("task", args=[case.pk])).content.decode()


def test_the_unit_objects_and_hands_in_its_own(entering, cast):
    case = submitted(entering, cast)
    case.send_back(cast.town.liaison, "人数录错了")
    assert (case.state, case.task.entry) == ("received", None)
    case.submit()
    assert (case.last().version, case.last().paper) == (2, None)
    assert case.pending.version.route.code == "unit"


def test_the_office_writes_on_nothing_that_it_does_not_enter(received, cast):
    with pytest.raises(Refused, match="正在代录的安委办"):
        received.hold(who=cast.clerk)
    services.begin_entry(
        task=received.pk, paper_on=dt.date(2026, 6, 1), reason="纸质件", **received.by(cast.clerk)
    )
    received.hold(who=cast.clerk)
    with pytest.raises(Refused):  # nor does it ask for anything in the unit's name
        received.ask_waiver(who=cast.clerk)
    services.end_entry(task=received.pk, **received.by(cast.clerk))
    with pytest.raises(Refused, match="正在代录的安委办"):
        received.write(who=cast.clerk, summary="再写一句")


def test_nobody_else_enters_and_no_paper_comes_tomorrow(received, cast):
    tomorrow = received.at.date() + dt.timedelta(days=1)
    with pytest.raises(Refused, match="还没有到"):
        services.begin_entry(task=received.pk, paper_on=tomorrow, reason="纸质件", **received.by(cast.clerk))
    with pytest.raises(Refused, match="安委办"):
        services.begin_entry(
            task=received.pk, paper_on=PAPER, reason="纸质件", **Minutes(received.pk, cast, at=LATE).by(None)
        )


def test_the_page_offers_it_and_opens_the_form(case, cast, client):
    office, address = identity(client, cast.clerk), reverse("task", args=[case.pk])
    assert "代录</a>" in office.get(address).content.decode()
    given = {"paper_on": "2026-06-29", "reason": "送来纸质件"}
    office.post(reverse("task_act", args=[case.pk, "begin_entry"]), given)
    page = office.get(address).content.decode()
    for words in ("安委办正在代录", "纸质件扫描", "停止代录", "赖安宁 联络员确认"):
        assert words in page, words
