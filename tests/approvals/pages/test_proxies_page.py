"""代理: who may name whom, from when to when; revoked, and told to the journal."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from approvals.models import Proxy, Route
from foundation.journal.models import Entry
from foundation.organization.models import Appointment, Person

TODAY = timezone.localdate()


def form(seat, days=3, **kw):
    return {"to": seat.pk, "start": str(TODAY), "end": str(TODAY + dt.timedelta(days=days))} | kw


def test_a_head_names_a_colleague_who_then_finds_it(sign_in, cast):
    sign_in(cast.town.head).post("/proxies/", form(cast.town.deputy, reason="出差"))
    assert Proxy.objects.get().to == cast.town.deputy
    assert "周晓岚" in sign_in(cast.town.deputy).get("/proxies/").content.decode()
    assert Entry.objects.get(verb="journal.book.proxy.add").words["reason"] == "出差"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"end": str(TODAY - dt.timedelta(days=1))}, "结束日期早于开始日期"),
        ({"start": "2020-01-01", "end": "2020-01-02"}, "结束日期已过"),
        ({"start": "2020-01-01"}, "开始日期已过"),
        ({"end": ""}, "至</a>：请填写。"),
        ({"start": "6月31日"}, "输入一个有效的日期"),
    ],
)
def test_dates_that_can_not_be_are_explained(sign_in, cast, change, says):
    answer = sign_in(cast.town.head).post("/proxies/", form(cast.town.deputy, **change, reason="出差"))
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert 'value="出差"' in answer.content.decode()


def at_field(html: str, name: str) -> str:
    """The error that stands at a field, not only at the top."""
    found = re.search(rf'id="id_{name}_error">✕ 错误：([^<]*)<', html)
    return found[1] if found else ""


def refused(client, data) -> str:
    answer = client.post("/proxies/", data)
    assert answer.status_code == 422
    return answer.content.decode()


def test_each_sentence_about_a_day_stands_at_its_field(sign_in, cast):
    client, past = sign_in(cast.town.head), str(TODAY - dt.timedelta(days=1))
    assert "早于开始日期" in at_field(refused(client, form(cast.town.deputy, end=past)), "end")
    assert "已过" in at_field(refused(client, form(cast.town.deputy, start=past)), "start")


def test_neither_oneself_nor_a_stranger(sign_in, cast):
    client = sign_in(cast.town.head)
    assert "不能请自己代理" in at_field(refused(client, form(cast.town.head)), "to")
    assert "请另选代理人" in at_field(refused(client, form(cast.other.head)), "to")


def test_nobody_whose_account_is_switched_off(sign_in, cast):
    Person.objects.filter(appointments=cast.town.deputy).update(is_active=False)
    html = refused(sign_in(cast.town.head), form(cast.town.deputy))
    assert at_field(html, "to") == "何振邦的账号已停用，请另选代理人。"


def test_nobody_who_leaves_before_the_end(sign_in, cast):
    Appointment.objects.filter(pk=cast.town.deputy.pk).update(end=TODAY + dt.timedelta(days=1))
    assert "何振邦任职到" in at_field(refused(sign_in(cast.town.head), form(cast.town.deputy)), "end")


def test_whoever_stands_for_each_other_is_refused(sign_in, cast):
    sign_in(cast.town.head).post("/proxies/", form(cast.town.deputy))
    client = sign_in(cast.town.deputy)
    assert "周晓岚已请何振邦代理，同一天绕回本人" in at_field(refused(client, form(cast.town.head)), "to")
    later = {"start": str(TODAY + dt.timedelta(days=4)), "end": str(TODAY + dt.timedelta(days=5))}
    assert client.post("/proxies/", form(cast.town.head) | later).status_code == 302


def test_the_office_names_one_for_some_routes_and_units(sign_in, cast):
    routes = [route.pk for route in Route.objects.filter(code__in=("office", "plan"))]
    client = sign_in(cast.office_head)
    client.post("/proxies/", form(cast.clerk, routes=routes, units=[cast.town.unit.pk, cast.other.unit.pk]))
    assert "办公室审核、方案审批，甲镇、乙镇的事项" in client.get("/proxies/").content.decode()
    client.post("/proxies/", form(cast.twice_office, routes=routes, units=[cast.department.unit.pk]))
    assert Proxy.objects.count() == 2  # the scopes do not meet
    told = at_field(refused(client, form(cast.twice_office, units=[cast.town.unit.pk])), "start")
    assert "已由罗书言代理（办公室审核、方案审批，甲镇、乙镇的事项），请先撤销，或错开日期、范围" in told


def test_a_unit_is_not_asked_for_units(sign_in, cast):
    client = sign_in(cast.town.head)
    assert 'name="units"' not in client.get("/proxies/").content.decode()
    client.post("/proxies/", form(cast.town.deputy, units=[cast.other.unit.pk]))
    assert not Proxy.objects.get().units.exists()


def test_a_scope_that_is_gone_is_explained(sign_in, cast):
    route = Route.objects.get(code="plan")
    Route.objects.filter(pk=route.pk).update(retired=True)
    html = refused(sign_in(cast.office_head), form(cast.clerk, routes=[route.pk]))
    assert at_field(html, "routes") == "这条审批路线已停用，请重新选择。"


def test_ten_times_the_proxies_take_the_same_queries(sign_in, cast):
    client, counts, head = sign_in(cast.office_head), [], cast.office_head
    for many in (1, 9):
        for _ in range(many):
            one = Proxy.objects.create(owner=head, to=cast.clerk, start=TODAY, end=TODAY, made_by=head)
            one.units.add(cast.town.unit)
        with CaptureQueriesContext(connection) as caught:
            client.get("/proxies/")
        counts.append(len(caught))
    assert counts[0] == counts[1] <= 12


def test_two_on_the_same_days_are_refused_by_name(sign_in, cast):
    client = sign_in(cast.town.head)
    client.post("/proxies/", form(cast.town.deputy))
    answer = client.post("/proxies/", form(cast.town.liaison))
    assert "已由何振邦代理" in answer.content.decode()


def test_revoking_ends_it_and_is_ones_own_affair(sign_in, cast):
    client = sign_in(cast.town.head)
    client.post("/proxies/", form(cast.town.deputy))
    proxy = Proxy.objects.get()
    assert sign_in(cast.town.deputy).post(f"/proxies/{proxy.pk}/revoke/").status_code == 404
    client.post(f"/proxies/{proxy.pk}/revoke/")
    assert Proxy.objects.get().revoked_at is not None


def test_only_who_decides_may_name_one(sign_in, cast):
    for seat in (cast.town.liaison, cast.town.handler):
        assert "设置代理人" not in sign_in(seat).get("/proxies/").content.decode()
        sign_in(seat).post("/proxies/", form(cast.town.deputy))
    assert not Proxy.objects.exists()
    for seat in (cast.auditor, cast.administrator):
        assert sign_in(seat).get("/proxies/").status_code == 403
