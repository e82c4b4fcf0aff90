"""退回后重新提交: where the route says 直送退回人, nobody reads twice what has not changed."""

from __future__ import annotations

import pytest
from django.utils import timezone

from approvals.desk import Desk
from approvals.models import Approval, Route, RouteVersion
from foundation.journal.verify import first_bad
from foundation.organization.services import end_appointment
from tests.approvals.conftest import appoint
from workflows.tasks import services

from .minutes import Minutes


def going_back(code: str, **more) -> RouteVersion:
    """The next version of a route: as it is, but what was returned goes back to the returner."""
    route = Route.objects.get(code=code)
    last = route.versions.first()
    assert last
    definition = last.definition | {"resubmit": "jump_back"} | more
    return RouteVersion.objects.create(route=route, number=last.number + 1, definition=definition)


def approval_of(case: Minutes, route: str) -> Approval:
    rows = Approval.objects.filter(subject="tasks.task", subject_id=case.pk, version__route__code=route)
    return rows.latest("pk")


def waiting(case: Minutes) -> list[str]:
    rows = case.pending.signers.filter(state="open")
    return list(rows.values_list("appointment__person__name", flat=True))


def told(case: Minutes, seat) -> list[tuple[str, str]]:
    desk = Desk.find(case.pending.pk, [seat], seat, timezone.now())
    assert desk
    return [(one["who"], one["does"]) for one in desk.trail.entries(desk.mine)]


@pytest.fixture
def returned(ready) -> Minutes:
    """The head returns the summary alone, to be put right and nothing else; the deputy had agreed."""
    going_back("unit")
    ready.write(summary="讲了案例。")
    ready.submit()
    ready.agree(ready.cast.town.deputy)
    said = [{"part": "summary", "reason": "incomplete", "text": "请写明人数"}]
    ready.decide(ready.cast.town.head, "return", "请补人数。", remarks=said, only=True)
    return ready


def test_only_the_returner_reads_it_again(returned):
    before = approval_of(returned, "unit").pk
    returned.write(summary="讲了案例，86 人参加。")
    returned.submit()
    assert approval_of(returned, "unit").pk == before
    assert waiting(returned) == [returned.cast.town.head.person.name]


def test_the_approval_carries_the_new_version(returned):
    returned.write(summary="讲了案例，86 人参加。")
    returned.submit()
    row = returned.pending
    assert (row.digest, row.ended_at, row.corrections) == (returned.last().digest, None, None)
    assert row.title.endswith("（第 2 版）")
    assert "86 人参加" in row.brief


def test_its_trail_reads_like_minutes(returned):
    returned.write(summary="讲了案例，86 人参加。")
    returned.submit()
    returned.agree(returned.cast.town.head)
    town = returned.cast.town
    names = {seat: seat.person.name for seat in (town.liaison, town.deputy, town.head)}
    assert told(returned, returned.cast.clerk)[:5] == [
        (names[town.liaison], "提交审批"),
        (names[town.deputy], "分管负责人审批：同意"),
        (names[town.head], "主要负责人审批：退回"),
        (names[town.liaison], "重新提交"),
        (names[town.head], "主要负责人审批：同意"),
    ]
    assert first_bad()[1] is None


def test_more_than_was_asked_for_goes_to_everybody_again(returned):
    returned.write(summary="讲了案例，86 人参加。", highlights="有农机手讲了亲身经历。")
    returned.submit()
    assert waiting(returned) == [returned.cast.town.deputy.person.name]


def test_without_that_tick_a_change_goes_to_everybody_again(ready):
    going_back("unit")
    ready.submit()
    ready.agree(ready.cast.town.deputy)
    ready.send_back(ready.cast.town.head, "请写小结。")
    ready.write(summary="讲了案例。")
    ready.submit()
    assert waiting(ready) == [ready.cast.town.deputy.person.name]


def test_sent_again_as_it_was_it_goes_back_to_the_returner(ready):
    going_back("unit")
    ready.submit()
    ready.agree(ready.cast.town.deputy)
    ready.send_back(ready.cast.town.head, "为什么没有照片？")
    ready.submit()
    assert waiting(ready) == [ready.cast.town.head.person.name]


def test_a_newer_version_of_the_route_begins_anew(returned):
    old = approval_of(returned, "unit").pk
    going_back("unit", name="单位审批（新）")
    returned.submit()
    assert approval_of(returned, "unit").pk != old
    assert waiting(returned) == [returned.cast.town.deputy.person.name]


def test_sent_by_somebody_else_it_begins_anew(returned):
    old = approval_of(returned, "unit").pk
    handler = returned.cast.town.handler
    services.hand_over(task=returned.pk, handler=handler.pk, **returned.by(None))
    returned.submit(handler)
    assert approval_of(returned, "unit").pk != old


def test_what_was_accepted_by_the_office_is_not_read_twice_by_its_clerk(ready):
    """The unit's heads sign the corrected version; in the office it goes straight back to who returned it."""
    going_back("office")
    ready.write(summary="讲了案例。")
    ready.submit()
    ready.unit_agrees()
    ready.agree(ready.cast.clerk)
    said = [{"part": "summary", "reason": "incomplete", "text": "请写明人数"}]
    ready.decide(ready.cast.office_head, "return", "请补人数。", remarks=said, only=True)
    ready.write(summary="讲了案例，86 人参加。")
    ready.submit()
    ready.unit_agrees()
    assert waiting(ready) == [ready.cast.office_head.person.name]
    assert ("系统", "直送退回人") in told(ready, ready.cast.clerk)
    ready.agree(ready.cast.office_head)
    assert ready.state == "accepted"
    assert first_bad()[1] is None


def test_a_waiver_that_was_refused_is_another_matter(received):
    going_back("office")
    received.ask_waiver()
    received.send_back(received.cast.clerk, "本镇有农机，请填报。")
    old = approval_of(received, "office").pk
    received.hold()
    received.submit()
    received.unit_agrees()
    assert approval_of(received, "office").pk != old


def test_it_may_be_withdrawn_after_it_was_sent_again(returned):
    returned.submit()
    returned.withdraw()
    assert (returned.state, approval_of(returned, "unit").state) == ("received", "withdrawn")


def test_whoever_holds_the_post_now_sends_it_again(returned):
    town, old = returned.cast.town, approval_of(returned, "unit").pk
    end_appointment(appointment=town.liaison, on=returned.at.date(), at=returned.at)
    heir = appoint(town.unit, "liaison", "新来的")
    returned.tick(24)
    returned.submit(heir)
    assert approval_of(returned, "unit").pk == old
    assert waiting(returned) == [town.head.person.name]


def test_a_signer_sees_what_changed_since_they_last_decided(ready):
    """The clerk agreed to the first version and was not asked about the second."""
    ready.write(summary="讲了案例。")
    ready.submit()
    ready.unit_agrees()
    ready.send_back(ready.cast.clerk, "请补人数。")
    ready.write(summary="讲了案例，80 人参加。")
    ready.submit()
    ready.send_back(ready.cast.town.deputy, "是 86 人。")
    ready.write(summary="讲了案例，86 人参加。")
    ready.submit()
    ready.unit_agrees()
    shown = {seat: _shown(ready, seat) for seat in (ready.cast.clerk, ready.cast.auditor)}
    assert [(one["before"].version, bool(one["decided_on"])) for one in shown.values()] == [
        (1, True),
        (2, False),
    ]


def _shown(case: Minutes, seat) -> dict:
    desk = Desk.find(case.pending.pk, [seat], seat, timezone.now())
    assert desk
    return desk.matter.context


def test_a_step_applies_by_what_the_task_declares(ready):
    """The office head signs only what has cases to recommend."""
    route = Route.objects.get(code="office")
    (clerk, head) = route.versions.get().definition["steps"]
    head = head | {"when": [{"fact": "推荐案例数", "op": ">", "value": 0}]}
    RouteVersion.objects.create(route=route, number=2, definition={"name": "审核", "steps": [clerk, head]})
    ready.submit()
    ready.unit_agrees()
    ready.agree(ready.cast.clerk)
    assert ready.state == "accepted"
