"""From the unit's people to the archive, by every way there is."""

from __future__ import annotations

import datetime as dt

import pytest

from approvals.models import Approval
from foundation.journal.models import Entry
from foundation.journal.verify import first_bad
from foundation.organization.ending import end_unit
from foundation.organization.models import Appointment
from foundation.organization.refusals import Refused
from tests.cast import actor
from workflows.cases.models import Recommendation, RecommendationProcess
from workflows.cases.recommending import services
from workflows.plans.models import Plan

from .minutes import Minutes, campaign


def verbs() -> list[str]:
    rows = Entry.objects.filter(target="cases.recommendation").order_by("seq").values_list("verb", flat=True)
    return [verb.removeprefix("cases.recommendation.") for verb in rows]


def test_the_whole_way_to_the_archive(case, cast):
    case.recommend()
    assert case.state == "recommended"
    case.decide(cast.town.head)
    case.decide(cast.clerk)
    assert case.state == "recommended"
    case.decide(cast.office_head, opinion="同意采用。")
    assert case.state == "accepted"
    case.publish()
    assert (case.state, case.row.published_in) == ("published", "市政府网站")
    case.archive()
    assert (case.state, RecommendationProcess.objects.get().status) == ("archived", "DONE")
    assert verbs() == ["create", "accept", "publish", "archive"]
    assert first_bad()[1] is None


def test_what_is_returned_with_reasons_is_put_right_and_sent_again(case, cast):
    case.recommend(summary="")
    case.decide(cast.town.head)
    case.decide(cast.clerk, "return", "请写明案情。")
    assert case.state == "returned"
    case.recommend(summary="停产期间关闭报警器。")
    assert (case.state, case.row.summary) == ("recommended", "停产期间关闭报警器。")
    assert (Recommendation.objects.count(), Approval.objects.count()) == (1, 2)
    assert verbs() == ["create", "send_back", "change", "send_again"]
    assert first_bad()[1] is None


def test_what_is_signed_is_what_is_there(case, cast):
    case.recommend()
    first = Approval.objects.get().digest
    case.withdraw()
    case.recommend(summary="改过的摘要。")
    assert Approval.objects.get(state="pending").digest != first


def test_the_unit_takes_it_back_while_nobody_has_decided(case):
    case.recommend()
    case.withdraw()
    assert (case.state, Approval.objects.get().state) == ("withdrawn", "withdrawn")
    with pytest.raises(Refused, match="不在审核中"):
        case.withdraw()
    case.recommend(kind="double_penalty")
    assert (case.state, case.row.kind) == ("recommended", "double_penalty")


def test_a_no_of_the_office_is_final(case, cast):
    case.recommend()
    case.decide(cast.town.head)
    case.decide(cast.clerk, "disagree", "同类案例已采用。")
    assert (case.state, RecommendationProcess.objects.get().status) == ("declined", "DONE")
    with pytest.raises(Refused, match="已经推荐过，现在“未采用”"):
        case.recommend()


def test_the_head_of_the_unit_agrees_or_sends_it_back_but_declines_nothing(case, cast):
    case.recommend()
    with pytest.raises(Refused):
        case.decide(cast.town.head, "disagree", "不报。")
    case.decide(cast.town.head, "return", "先结案。")
    assert case.state == "returned"


def test_a_case_is_recommended_once_a_campaign(case, cast, item):
    case.recommend()
    with pytest.raises(Refused, match="已经推荐过，现在“审核中”"):
        case.recommend()
    Plan.objects.update(state="archived")
    again = Minutes(cast, campaign(cast, title="下一年方案"), case.case)
    again.recommend()
    assert Recommendation.objects.count() == 2


def test_only_a_campaign_in_force_that_asks_the_unit_takes_it(case, item):
    Plan.objects.update(state="archived")
    with pytest.raises(Refused, match="没有要求本单位"):
        case.recommend()
    Plan.objects.update(state="running")
    item.duties.all().delete()
    with pytest.raises(Refused, match="没有要求本单位"):
        case.recommend()


@pytest.mark.parametrize("who", ["head", "deputy"])
def test_whoever_is_not_of_the_team_recommends_nothing(case, cast, who):
    with pytest.raises(Refused, match="只有本单位的办案人员"):
        case.recommend(who=getattr(cast.town, who))


def test_the_office_sees_the_case_but_recommends_none(case, cast):
    with pytest.raises(Refused, match="只有本单位的办案人员"):
        case.recommend(who=cast.clerk)


def test_what_is_not_for_the_public_is_archived_as_it_is(case):
    case.accepted()
    case.archive()
    assert (case.state, RecommendationProcess.objects.get().status) == ("archived", "DONE")
    assert verbs() == ["create", "accept", "archive"]


def test_it_is_published_once_where_and_when_it_was(case, cast):
    case.recommend()
    with pytest.raises(Refused, match="当前“审核中”"):
        case.publish()
    case.withdraw()
    case.accepted()
    with pytest.raises(Refused, match="在将来"):
        case.publish(on=case.at.date() + dt.timedelta(days=1))
    with pytest.raises(Refused, match="在哪里公布"):
        case.publish(where=" ")
    with pytest.raises(Refused, match="安委办"):
        case.publish(who=cast.town.liaison)
    case.publish()
    with pytest.raises(Refused, match="当前“已公布”"):
        case.publish()


def test_a_case_that_ends_meanwhile_is_reviewed_all_the_same(case, cast):
    """What it was when it was sent is what was signed."""
    case.recommend()
    signed = case.row.basis
    case.happened("03-02 09:00", "filed")
    case.happened("03-03 09:00", "dropped")
    case.decide(cast.town.head)
    assert (case.state, case.row.basis) == ("recommended", signed)


def test_the_unit_archives_nothing(case, cast):
    case.accepted()
    with pytest.raises(Refused, match="安委办"):
        case.archive(who=cast.town.head)
    assert case.state == "accepted"


def test_a_case_that_is_gone_is_said_so(case):
    words = services.Words("referral", "…", "…")
    with pytest.raises(Refused, match="已不存在"):
        services.recommend(
            case=99, item=case.item.pk, words=words, actor=actor(case.cast.town.liaison), at=case.at
        )


def test_what_was_returned_to_a_unit_that_ended_goes_on_from_its_successor(case, cast):
    case.recommend()
    case.withdraw()
    about = {"successor": cast.other.unit, "follow": True, "actor": actor(cast.administrator), "at": case.at}
    end_unit(unit=cast.town.unit, on=case.at.date(), **about)
    there = Appointment.objects.get(person=cast.town.liaison.person, unit=cast.other.unit)
    case.recommend(who=there)
    case.decide(cast.other.head)
    assert (case.state, case.row.unit) == ("recommended", cast.other.unit)
    assert first_bad()[1] is None
