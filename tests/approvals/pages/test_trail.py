"""办理过程: what it says of every way an approval can go, and at what price."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from approvals.desk import Desk
from approvals.engine.terms import To
from approvals.models import RouteVersion
from foundation.organization.services import end_appointment
from tests.approvals.conftest import UNIT_ROUTE, appoint

from .conftest import decide


def desk(pk, seat) -> Desk:
    found = Desk.find(pk, [seat], seat, timezone.now())
    assert found
    return found


def told(pk, seat) -> list[tuple[str, str, str]]:
    shown = desk(pk, seat)
    return [(one["state"], one["who"], one["does"]) for one in shown.trail.entries(shown.mine)]


def route(*steps, **kw) -> None:
    """The next version of the tests' route."""
    row = RouteVersion.objects.get(route__code="test")
    RouteVersion.objects.create(
        route=row.route, number=2, definition={"name": "改", "steps": list(steps)} | kw
    )


def test_past_now_and_future_in_order(send, cast):
    pk = send()
    decide(pk, cast.town.deputy)
    assert told(pk, cast.town.head) == [
        ("past", "赖安宁", "提交审批"),
        ("past", "何振邦", "分管负责人审批：同意"),
        ("now", "周晓岚", "主要负责人审批（您）"),
    ]


def test_before_anybody_decided_the_next_one_is_named_in_grey(send, cast):
    assert told(send(), cast.auditor)[-1] == ("future", "周晓岚", "主要负责人审批")


def test_an_ended_one_has_no_future(send, cast):
    pk = send()
    decide(pk, cast.town.deputy, "disagree", opinion="不属实")
    assert told(pk, cast.town.liaison)[-1] == ("past", "何振邦", "分管负责人审批：不同意")


def test_the_others_of_an_either_or_step_are_shown_as_passed_over(send, cast):
    appoint(cast.town.unit, "deputy", "另一位")
    pk = send()
    decide(pk, cast.town.deputy)
    assert ("past", "另一位", "分管负责人审批：未办理") in told(pk, cast.town.head)


def test_an_empty_post_that_is_passed_over_is_named(send, cast):
    route({**UNIT_ROUTE["steps"][0], "on_empty": "skip"}, UNIT_ROUTE["steps"][1])
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    end_appointment(appointment=cast.town.deputy, on=yesterday, at=timezone.now())
    entries = desk(send(), cast.town.head).trail.entries()
    assert "甲镇分管负责人目前无人担任，跳过" in [one.get("note") for one in entries]


def test_a_yes_by_the_route_says_so(send, cast):
    route(*UNIT_ROUTE["steps"][::-1], UNIT_ROUTE["steps"][1], dedupe="all")
    pk = send()
    decide(pk, cast.town.head)
    decide(pk, cast.town.deputy)
    assert ("past", "周晓岚", "主要负责人审批：自动同意") in told(pk, cast.auditor)


def test_a_successor_stands_in_the_trail_under_their_own_name(send, cast):
    pk = send()
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    end_appointment(appointment=cast.town.deputy, on=yesterday, at=timezone.now())
    heir = appoint(cast.town.unit, "deputy", "新任")
    assert desk(pk, heir).mine
    assert desk(pk, heir).behalf == ""
    decide(pk, heir)
    assert ("past", "新任", "分管负责人审批：同意") in told(pk, cast.town.head)


def test_a_return_to_the_previous_step_asks_again_below(send, cast):
    pk = send()
    decide(pk, cast.town.deputy)
    decide(pk, cast.town.head, "return", opinion="请核实", to=To.PREVIOUS.value)
    assert [one[:2] for one in told(pk, cast.town.deputy)] == [
        ("past", "赖安宁"), ("past", "何振邦"), ("returned", "周晓岚"), ("now", "何振邦"), ("future", "周晓岚")
    ]  # fmt: skip


@pytest.mark.parametrize("tail", ["", "return/"])
def test_a_matter_that_came_back_ten_times_takes_the_same_queries(send, sign_in, cast, tail):
    client, counts = sign_in(cast.town.deputy), []
    for rounds in (1, 9):
        for _ in range(rounds):
            decide(send(), cast.town.deputy, "return", opinion="再补")
        pk = send()
        with CaptureQueriesContext(connection) as caught:
            assert client.get(f"/approvals/{pk}/{tail}").status_code == 200
        counts.append(len(caught))
        decide(pk, cast.town.deputy, "return", opinion="再补")
    assert counts[0] == counts[1] <= 3 + 9  # two of them ask for files: given, and gathered by me
