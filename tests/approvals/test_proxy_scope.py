"""代理 by route and unit: what a proxy reaches, who stands there already, who would get it back."""

import datetime as dt
import itertools
import re
from contextlib import nullcontext

import pytest
from django.db import connection

from approvals import services
from approvals.models import Approval, Proxy, Route, Signer
from approvals.permissions import may_open
from approvals.proxies import add_proxy
from approvals.proxy_scope import Scope
from foundation.organization.actors import Actor
from foundation.organization.models import Unit
from foundation.organization.refusals import Refused

from .conftest import AT, UNIT_ROUTE, appoint, make_route

DAY = AT.date()


@pytest.fixture
def hall(start, town):
    """{(route, unit): an approval that waits for the town's deputy}: two routes × two units."""
    yi = Unit.objects.create(code="yi", name="乙镇人民政府", short_name="乙镇", kind="town")
    jia = {"post": "deputy", "of": "jia"}
    steps = [
        {"name": "分管负责人审批", "who": [jia]},
        {"name": "主要负责人审批", "who": [jia | {"post": "head"}]},
    ]
    for code in ("one", "two"):
        make_route(UNIT_ROUTE | {"steps": steps}, code)
    made = {}
    for n, (route, unit) in enumerate(itertools.product(("one", "two"), (town.unit, yi))):
        made[route, unit.code] = services.start(
            route=route, subject="test.matter", subject_id=n, title="月报", brief="", unit=unit.pk,
            digest="d1", actor=Actor.of(town.liaison), at=AT,
        )  # fmt: skip
    return made


def named(town, to, routes=(), units=(), days=(0, 0), owner=None):
    first, last = (DAY + dt.timedelta(days=n) for n in days)
    owner = owner or town.deputy
    return add_proxy(
        owner=owner, to=to, start=first, end=last, reason="", actor=Actor.of(owner), at=AT,
        routes=Route.objects.filter(code__in=routes), units=Unit.objects.filter(code__in=units),
    )  # fmt: skip


def reached(hall, seat):
    """By the inbox; and whoever is not in it can't decide, which the predicate must say as well."""
    todo = set(Approval.objects.todo_of(seat, DAY).values_list("pk", flat=True))
    opened = set(Approval.objects.filter(may_open.q(seat.pk, DAY)).values_list("pk", flat=True))
    assert todo == opened == {a.pk for a in Approval.objects.all() if may_open(a, Actor.of(seat), DAY)}
    return {key for key, pk in hall.items() if pk in todo}


ALL = {("one", "jia"), ("one", "yi"), ("two", "jia"), ("two", "yi")}


@pytest.mark.parametrize(
    ("routes", "units", "reaches"),
    [
        ((), (), ALL),
        (("one",), (), {("one", "jia"), ("one", "yi")}),
        (("one", "two"), (), ALL),
        ((), ("yi",), {("one", "yi"), ("two", "yi")}),
        (("two",), ("yi",), {("two", "yi")}),
        (("one", "two"), ("jia",), {("one", "jia"), ("two", "jia")}),
        (("test",), ("yi",), set()),
    ],
)
def test_a_proxy_reaches_its_routes_and_units_and_no_more(hall, town, routes, units, reaches):
    clerk = appoint(town.unit, "handler", "代")
    named(town, clerk, routes, units)
    assert reached(hall, clerk) == reaches
    for key, pk in hall.items():
        decision = {"approval_id": pk, "actor": Actor.of(clerk), "at": AT, "do": "agree"}
        if key in reaches:
            services.decide(**decision)
            assert Signer.objects.get(approval=pk, key=1).decided_by == clerk
        else:
            with pytest.raises(Refused, match="不是此件的审批人"):
                services.decide(**decision)


def test_two_proxies_may_share_what_one_leaves(hall, town):
    first, second = appoint(town.unit, "handler", "代"), appoint(town.unit, "handler", "替")
    named(town, first, units=("jia",))
    named(town, second, units=("yi",))
    assert reached(hall, first) | reached(hall, second) == ALL
    assert not reached(hall, first) & reached(hall, second)


def test_a_proxy_for_parts_is_no_proxy_for_what_they_submitted(hall, town):
    named(town, town.liaison, units=("yi",))
    with pytest.raises(Refused, match="本人提交或起草"):
        services.decide(approval_id=hall["one", "yi"], actor=Actor.of(town.liaison), at=AT, do="agree")


@pytest.mark.parametrize(
    ("first", "second", "meet"),
    [
        ((), (), True),
        ((("one",),), ((),), True),
        ((("one",),), (("two",),), False),
        ((("one", "two"),), (("two",),), True),
        (((), ("jia",)), ((), ("yi",)), False),
        ((("one",), ("jia",)), (("two",), ("jia",)), False),
        ((("one",), ("jia",), (0, 3)), ((), (), (4, 5)), False),
        ((("one",), ("jia",), (0, 3)), ((), (), (3, 5)), True),
    ],
)
def test_two_on_the_same_days_and_matters_are_refused(hall, town, first, second, meet):
    clerk = appoint(town.unit, "handler", "代")
    named(town, clerk, *first)
    refusal = pytest.raises(Refused, match=r"已由代代理（.*），请先撤销，或错开日期、范围")
    with refusal if meet else nullcontext():
        named(town, town.head, *second)


def test_a_circle_is_refused_however_long(town, db):
    third = appoint(town.unit, "handler", "代")
    named(town, town.head, days=(0, 5))
    named(town, third, days=(2, 9), owner=town.head)
    with pytest.raises(Refused, match="分已请主代理，主已请代代理") as refusal:
        named(town, town.deputy, days=(5, 9), owner=third)
    assert refusal.value.field == "to"
    assert named(town, town.deputy, days=(6, 9), owner=third)  # not a day on which all three are away


def test_those_who_divide_the_matters_go_in_no_circle(hall, town):
    named(town, town.head, ("one",))
    with pytest.raises(Refused, match="绕回本人"):
        named(town, town.deputy, ("one", "two"), owner=town.head)
    assert named(town, town.deputy, ("two",), owner=town.head)


def test_what_was_revoked_stands_in_nobodys_way(town, db):
    Proxy.objects.filter(pk=named(town, town.head).pk).update(revoked_at=AT)
    assert named(town, town.deputy, owner=town.head)
    assert named(town, appoint(town.unit, "handler", "代"))


def test_scopes_meet_where_days_routes_and_units_do():
    both = Scope(DAY, DAY, frozenset({1, 2})).meet(Scope(DAY, DAY, frozenset({2, 3}), frozenset({7})))
    assert both == Scope(DAY, DAY, frozenset({2}), frozenset({7}))


def test_a_partial_proxy_walks_through_no_table_of_signers_or_approvals(hall, town):
    """The posts are looked up first, and their open rows by the index of the inbox."""
    clerk = appoint(town.unit, "handler", "代")
    named(town, clerk, ("one",), ("yi",))
    if connection.vendor == "postgresql":  # which else reads a table this small as a whole
        connection.cursor().execute("SET LOCAL enable_seqscan = off")
    plan = Signer.objects.waiting_for(clerk.pk, DAY).order_by().explain()
    assert "signer_inbox" in plan
    assert not re.search(r"(SCAN|Seq Scan on) approvals_(signer|approval)\b", plan), plan
