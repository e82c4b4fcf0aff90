"""Cases from beginning to end, told like their minutes."""

import datetime as dt

import pytest

from approvals.models import Approval
from foundation.journal.models import Entry
from foundation.journal.moves import transition
from foundation.journal.verify import first_bad
from foundation.organization.refusals import Refused
from foundation.organization.services import appoint, end_appointment
from tests.cast import actor
from workflows.plans.models import Plan
from workflows.tasks import services
from workflows.tasks.models import Remark, Submission, Task, Waiver

from .minutes import AT


@pytest.fixture(autouse=True)
def _journal_holds(db):
    yield
    assert first_bad()[1] is None


def told(case):
    rows = Entry.objects.filter(target="tasks.task", target_id=case.pk).order_by("seq")
    return [verb.rpartition(".")[2] for verb in rows.values_list("verb", flat=True)]


def test_the_straight_way(ready):
    ready.submit()
    assert ready.state == "unit_review"
    ready.unit_agrees()
    assert ready.state == "office_review"
    ready.office_agrees()
    assert ready.state == "accepted"
    services.archive(tasks=ready.pk, **ready.by(ready.cast.clerk)).all_or_refuse()
    assert told(ready) == ["create", "receive", "add_record", "submit", "reach_office", "accept", "archive"]


def test_the_office_has_its_own_working_days_to_review(ready, settings):
    settings.REVIEW_DAYS = 3
    ready.submit()  # Monday, 1 June
    ready.unit_agrees()
    assert ready.pending.due_on == dt.date(2026, 6, 4)


def test_returned_by_the_unit_and_twice_by_the_office_then_accepted(ready):
    ready.submit()
    ready.send_back(ready.cast.town.deputy, "人数请核实。")
    assert ready.state == "received"
    ready.submit()
    ready.unit_agrees()
    record = ready.last().content["records"][0]["id"]
    ready.send_back(ready.cast.clerk, "签到表缺日期。", (f"record:{record}", "缺日期"))
    assert ready.state == "returned"
    ready.write(summary="已补日期。")
    ready.submit()
    ready.unit_agrees()
    ready.agree(ready.cast.clerk)
    ready.send_back(ready.cast.office_head, "照片不清。")
    ready.upload(name="照片.txt")
    ready.submit()
    ready.unit_agrees()
    ready.office_agrees()
    assert (ready.state, ready.task.version) == ("accepted", 4)
    assert list(Remark.objects.values_list("submission__version", "text")) == [(2, "缺日期")]
    assert ready.task.first_submitted_at == Submission.objects.get(version=1).at


def test_withdrawn_before_anybody_decided_and_handed_in_again(ready):
    ready.submit()
    ready.withdraw()
    assert ready.state == "received"
    ready.submit()
    ready.agree(ready.cast.town.deputy)
    with pytest.raises(Refused, match="已由 何振邦"):
        ready.withdraw()
    assert ready.state == "unit_review"


def test_withdrawn_from_the_office_too(ready):
    ready.submit()
    ready.unit_agrees()
    ready.withdraw()
    assert ready.state == "received"


def test_a_waiver_is_refused_and_the_work_is_done_after_all(case):
    case.ask_waiver("本镇没有农机。")
    assert (case.state, case.pending.version.route.code) == ("waiver_review", "office")
    case.send_back(case.cast.clerk, "镇志上有 34 台农机，请开展。")
    assert case.state == "received"
    case.hold()
    case.submit()
    case.unit_agrees()
    case.office_agrees()
    assert (case.state, Waiver.objects.get().reason) == ("accepted", "本镇没有农机。")


def test_a_waiver_is_granted(received):
    received.ask_waiver()
    received.office_agrees()
    assert (received.state, received.task.first_submitted_at) == ("waived", None)


def test_refused_for_good_and_opened_again_by_the_office_head(ready):
    ready.submit()
    ready.unit_agrees()
    ready.decide(ready.cast.clerk, "disagree", "与方案无关。")
    assert ready.state == "rejected"
    with pytest.raises(Refused, match="只有安委办主任"):
        services.reopen(task=ready.pk, reason="误判", **ready.by(ready.cast.clerk))
    services.reopen(task=ready.pk, reason="误判", **ready.by(ready.cast.office_head))
    assert ready.state == "returned"
    ready.submit()
    ready.unit_agrees()
    ready.office_agrees()
    assert ready.state == "accepted"


def test_a_task_of_an_archived_campaign_stays_closed(make, cast):
    pk = make(state="archived")
    plan = Task.objects.get(pk=pk).plan_id
    transition(Plan.begin_closing, plan, actor=actor(cast.clerk), at=AT).all_or_refuse()
    transition(Plan.archive, plan, actor=actor(cast.office_head), at=AT).all_or_refuse()
    with pytest.raises(Refused, match="活动已经归档"):
        services.reopen(task=pk, reason="误判", actor=actor(cast.office_head), at=AT)


def test_handed_over_to_the_handler_and_taken_back(received):
    handler = received.cast.town.handler
    with pytest.raises(Refused, match="指定的经办人"):
        received.hold(who=handler)
    services.hand_over(task=received.pk, handler=handler.pk, **received.by(None))
    received.hold(who=handler)
    received.submit(who=handler)
    received.withdraw(who=handler)
    services.take_back(task=received.pk, **received.by(None))
    with pytest.raises(Refused, match="指定的经办人"):
        received.submit(who=handler)
    received.submit()
    assert received.state == "unit_review"


def test_the_liaison_officer_changes_mid_way(received):
    received.hold()
    received.write(summary="前任写的小结。")
    gone = received.cast.town.liaison
    end_appointment(appointment=gone, on=dt.date(2026, 6, 1), at=received.tick())
    new = appoint(
        person=received.cast.town.handler.person, unit=gone.unit, post="liaison", start=dt.date(2026, 6, 2),
        at=received.tick(),
    )  # fmt: skip
    received.tick(24)
    with pytest.raises(Refused, match="联络员"):
        received.submit(who=gone)
    received.submit(who=new)
    assert received.last().content["summary"] == "前任写的小结。"


def test_the_deputy_who_wrote_a_part_does_not_sign_it(received):
    deputy, unit = received.cast.town.deputy, received.cast.town.unit
    also = appoint(
        person=deputy.person, unit=unit, post="handler", start=dt.date(2026, 1, 1), at=received.tick()
    )
    services.hand_over(task=received.pk, handler=also.pk, **received.by(None))
    received.hold(who=also)
    received.submit()
    assert deputy.person_id in received.pending.authors
    with pytest.raises(Refused):
        received.agree(deputy)
    head = received.cast.town.head  # the step goes up to them, then theirs comes
    received.agree(head, head)
    assert received.state == "office_review"


def test_cancelled_while_it_was_being_approved(ready):
    ready.submit()
    services.cancel(task=ready.pk, reason="方案调整。", **ready.by(ready.cast.clerk))
    assert (ready.state, Approval.objects.get().state) == ("cancelled", "void")


def test_an_empty_post_keeps_the_task_with_the_unit_and_says_which(ready):
    end_appointment(appointment=ready.cast.town.head, on=dt.date(2026, 5, 1), at=ready.tick())
    with pytest.raises(Refused, match="甲镇主要负责人"):
        ready.submit()
    assert (ready.state, Submission.objects.count()) == ("received", 0)


def test_the_office_clerk_of_two_posts_acts_as_what_they_hold(make, cast):
    twice = actor(cast.twice)
    moved = services.receive(tasks=make(), actor=twice, at=dt.datetime(2026, 6, 1, tzinfo=dt.UTC))
    assert list(moved.missed().values()) == ["只有本单位的联络员可以签收。"]
