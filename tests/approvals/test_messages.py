"""Who hears what of an approval, by whom it is told to wait, and when."""

from __future__ import annotations

import datetime as dt

from approvals import services
from approvals.models import Proxy, Route
from foundation.organization.actors import Actor
from foundation.organization.models import Appointment
from foundation.outbox.models import Message
from foundation.outbox.registry import sentence
from foundation.outbox.spreading import spread

from .conftest import AT, UNIT_ROUTE, appoint, make_route

HOUR = dt.timedelta(hours=1)
DUE = {"after": 2, "unit": "hours", "remind": 1, "escalate": {"after": 1, "to": {"post": "head"}}}


def news(at: dt.datetime = AT) -> list[tuple[str, str]]:
    """Who is told since the last time, of which kind."""
    before = Message.objects.count()
    spread(at)
    return list(Message.objects.order_by("pk").values_list("person__username", "kind")[before:])


def decide(pk: int, seat: Appointment, do: str = "agree", hours: float = 1, **kw) -> None:
    said = {"opinion": "请核实"} if do != "agree" else {}
    services.decide(approval_id=pk, actor=Actor.of(seat), at=AT + hours * HOUR, do=do, **said, **kw)


def test_each_step_tells_whose_turn_it_is_and_the_end_the_initiator(start, town):
    pk = start()
    assert news() == [("分", "approval.turn")]
    decide(pk, town.deputy)
    assert news() == [("主", "approval.turn")]
    decide(pk, town.head, hours=2)
    assert news() == [("联", "approval.ended")]
    last = Message.objects.select_related("entry").first()
    assert sentence(last.entry, last.kind) == "您发起的审批已经通过。"


def test_a_return_tells_the_initiator_and_nobody_a_second_time(start, town):
    pk = start()
    news()
    decide(pk, town.deputy, "return")
    assert news() == [("联", "approval.ended")]
    assert news() == []


def test_whoever_asked_somebody_first_hears_when_they_have_answered(start, town):
    asked = appoint(town.unit, "handler", "经")
    route = {**UNIT_ROUTE, "steps": [{**one, "allow": ["add_before"]} for one in UNIT_ROUTE["steps"]]}
    make_route(route, "adding")
    pk = services.start(
        route="adding", subject="test.matter", subject_id=9, title="月报", brief="", unit=town.unit.pk, digest="d",
        actor=Actor.of(town.liaison), at=AT,
    )  # fmt: skip
    news()
    decide(pk, town.deputy, "add_before", people=[asked.pk])
    assert news() == [("经", "approval.turn")]
    decide(pk, asked, hours=2)
    assert news() == [("分", "approval.turn")]


def test_a_proxy_is_told_beside_the_owner_in_the_matters_that_are_theirs(start, town):
    proxy = appoint(town.unit, "handler", "经")
    here = Proxy.objects.create(owner=town.deputy, to=proxy, start=AT, end=AT, made_by=town.deputy)
    start()
    assert news() == [("分", "approval.turn"), ("经", "approval.turn")]
    here.routes.set([Route.objects.create(code="else", name="另一条", subject="test.matter")])
    start(2)
    assert news() == [("分", "approval.turn")]


def test_the_clock_reminds_urges_and_brings_the_next_above(town, told):
    late = {"name": "限时", "steps": [{"name": "审批", "who": [{"post": "deputy"}], "due": DUE}]}
    make_route(late, "late")
    services.start(
        route="late", subject="test.matter", subject_id=9, title="月报", brief="", unit=town.unit.pk, digest="d",
        actor=Actor.of(town.liaison), at=AT,
    )  # fmt: skip
    heard = [news()]
    for minutes in (70, 130, 400):
        services.tick(at=AT + dt.timedelta(minutes=minutes))
        heard.append(news())
    assert heard == [
        [("分", "approval.turn")], [("分", "approval.near")], [("分", "approval.urged")], [("主", "approval.turn")],
    ]  # fmt: skip


def test_a_copy_is_told_and_an_urge_once_a_day(start, town, told):
    make_route(
        {"name": "抄", "steps": [{"name": "审批", "who": [{"post": "deputy"}], "copy": [{"post": "head"}]}]},
        "cc",
    )
    pk = services.start(
        route="cc", subject="test.matter", subject_id=9, title="月报", brief="", unit=town.unit.pk, digest="d",
        actor=Actor.of(town.liaison), at=AT,
    )  # fmt: skip
    news()
    decide(pk, town.liaison, "urge")
    assert news() == [("分", "approval.urged")]
    decide(pk, town.deputy, hours=3)
    assert sorted(news()) == [("主", "approval.copied"), ("联", "approval.ended")]
