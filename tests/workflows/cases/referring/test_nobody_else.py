"""Nobody but the head decides a referral: not by another route, as a proxy, by the API, by hand, or by waiting."""

from __future__ import annotations

import datetime as dt
from itertools import product

import pytest
from django.test import Client

from approvals.engine.route_json import read
from approvals.models import Approval, Route
from approvals.proxies import add_proxy, candidates, revoke
from approvals.routing.versions import add_version
from approvals.services import decide
from foundation.organization.refusals import Refused
from tests.cast import actor, identity
from tests.workflows.cases.test_counting import at
from workflows.cases.permissions import sees_case

from .minutes import Minutes

DAY = dt.date(2026, 3, 3)
UNIT = [{"post": post, "of": "unit"} for post in ("liaison", "handler", "deputy", "head")]
OFFICE = [{"post": post, "of": "office"} for post in ("office_clerk", "office_head")]
HEAD = {"name": "决定", "who": UNIT[-1:]}


@pytest.fixture
def case(cast) -> Minutes:
    return Minutes(cast)


def route(cast, *steps: dict, **more) -> None:
    """What an administrator might make of it."""
    add_version(
        route=Route.objects.get(code="referral"), definition=read({"name": "移送审批", "steps": list(steps)} | more),
        actor=actor(cast.administrator), at=at("03-01 08:00"),
    )  # fmt: skip


def undecided(case: Minutes) -> bool:
    return (case.steps[-1], case.pending.state) == ("reported", "pending")


def test_whoever_else_the_route_asks_is_refused(case, cast):
    """Every post of every unit; the route asks all of the case's own unit and of the office."""
    route(cast, {"name": "决定", "who": [*UNIT, *OFFICE]})
    case.reports()
    for seat, do in product(cast, ("agree", "disagree")):
        if seat != cast.town.head:
            with pytest.raises(Refused):
                case.decides(seat, do, "03-03 09:00", "代为决定")
            assert undecided(case)
    case.decides(cast.town.head, "agree", "03-03 10:00")
    assert case.steps[-1] == "approved head"


def test_no_proxy_of_the_head_decides(case, cast):
    case.reports()
    for seat in candidates(cast.town.head, DAY):
        named = add_proxy(owner=cast.town.head, to=seat, start=DAY, end=DAY, reason="出差",
                          actor=actor(cast.town.head), at=at("03-03 08:00"))  # fmt: skip
        for do in ("agree", "disagree"):
            with pytest.raises(Refused):
                case.decides(seat, do, "03-03 09:00", "代为决定")
            assert undecided(case)
        revoke(proxy=named, actor=actor(cast.town.head), at=at("03-03 09:30"))


def test_a_deputy_who_comes_last_undoes_nothing_and_ends_nothing(case, cast):
    route(cast, HEAD, {"name": "会签", "who": UNIT[2:3]})
    case.reports()
    case.decides(cast.town.head, "agree", "03-03 09:00")
    with pytest.raises(Refused, match="不能由分管负责人代行"):
        case.decides(cast.town.deputy, "agree", "03-03 10:00")
    assert undecided(case)


def test_a_deputy_may_look_first_where_the_route_says_so(case, cast):
    route(cast, {"name": "核稿", "who": UNIT[2:3]}, HEAD)
    case.reports()
    with pytest.raises(Refused, match="不能由分管负责人代行"):
        case.decides(cast.town.deputy, "disagree", "03-03 08:00", "不移送")
    case.decides(cast.town.deputy, "agree", "03-03 09:00")
    case.decides(cast.town.head, "agree", "03-03 10:00")
    assert case.steps[-1] == "approved head"


def test_what_was_passed_on_to_a_deputy_is_not_decided_by_them(case, cast):
    route(cast, HEAD)
    case.reports()
    decide(approval_id=case.pending.pk, actor=actor(cast.town.head), at=at("03-03 09:00"), do="transfer",
           people=[cast.town.deputy.pk])  # fmt: skip
    with pytest.raises(Refused, match="不能由分管负责人代行"):
        case.decides(cast.town.deputy, "agree", "03-03 10:00")
    assert undecided(case)


def test_time_decides_nothing(case, cast):
    late = {"after": 1, "unit": "days", "then": {"after": 1, "do": "agree"}}
    route(cast, HEAD | {"due": late})
    with pytest.raises(Refused, match="不能到时自动同意"):
        case.reports()
    assert not Approval.objects.exists()


def test_nobody_decides_many_at_a_stroke(case, cast):
    route(cast, HEAD, batch=True)
    with pytest.raises(Refused, match="须逐件决定"):
        case.reports()


def test_a_deputy_who_chairs_is_no_head_until_appointed_as_such(case, cast):
    cast.town.deputy.acting = True
    cast.town.deputy.save()
    route(cast, {"name": "决定", "who": UNIT[2:]})
    case.reports()
    with pytest.raises(Refused, match="不能由分管负责人代行"):
        case.decides(cast.town.deputy, "agree", "03-03 09:00")


def test_programs_are_told_the_same(case, cast):
    case.reports()
    today = dt.date.today()
    add_proxy(owner=cast.town.head, to=cast.town.deputy, start=today, end=today, reason="出差",
              actor=actor(cast.town.head), at=at("03-03 08:00"))  # fmt: skip
    deputy = identity(Client(), cast.town.deputy)
    answer = deputy.post(
        f"/api/approvals/{case.pending.pk}/agree/", data="{}", content_type="application/json"
    )
    assert "不能由分管负责人代行" in answer.content.decode()
    assert undecided(case)


def test_a_head_of_another_unit_neither_sees_nor_decides(case, cast):
    case.reports()
    with pytest.raises(Refused):
        case.decides(cast.other.head, "agree", "03-03 09:00")
    assert not sees_case(case.row, actor(cast.other.head), DAY)
