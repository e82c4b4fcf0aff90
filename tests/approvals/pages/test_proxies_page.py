"""代理: who may name whom, from when to when; revoked, and told to the journal."""

import datetime as dt

import pytest
from django.utils import timezone

from approvals.models import Proxy
from foundation.journal.models import Entry

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
        ({"end": ""}, "至</a>：请填写。"),
        ({"start": "6月31日"}, "输入一个有效的日期"),
    ],
)
def test_dates_that_can_not_be_are_explained(sign_in, cast, change, says):
    answer = sign_in(cast.town.head).post("/proxies/", form(cast.town.deputy, **change, reason="出差"))
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert 'value="出差"' in answer.content.decode()


def test_neither_oneself_nor_a_stranger(sign_in, cast):
    for seat in (cast.town.head, cast.other.head):
        assert sign_in(cast.town.head).post("/proxies/", form(seat)).status_code == 422


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
