"""正在办理: which versions of a route still run, which of it one may open; a route taken out of use."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from approvals import services
from approvals.engine import route_json
from approvals.models import Approval, Route
from approvals.routing.versions import add_version, running, set_retired
from foundation.journal.models import Entry
from foundation.organization.refusals import Refused
from tests.cast import actor

from ..conftest import AT, UNIT_ROUTE
from .conftest import decide
from .test_inbox import titles

SHORTER = UNIT_ROUTE | {"steps": UNIT_ROUTE["steps"][:1]}


@pytest.fixture
def route(send, cast):
    """Two run on the first version, one on the second, which has one step alone; one of the first has ended."""
    for number in (1, 2, 3):
        ended = send(number)
    decide(ended, cast.town.deputy, do="disagree", opinion="不属实")
    found = Route.objects.get(code="test")
    shorter = route_json.read(SHORTER)
    add_version(route=found, definition=shorter, actor=actor(cast.administrator), at=AT)
    send(4)
    return found


def address(route, tail=""):
    return f"/administration/routes/{route.pk}/{tail}"


def read(client, route, tail=""):
    return client.get(address(route, tail)).content.decode()


def test_each_version_that_runs_is_counted(route):
    assert [(version.number, count) for version, count in running()] == [(2, 1), (1, 2)]


def test_the_list_and_the_page_lead_to_what_runs_on_a_version(route, sign_in, cast):
    client = sign_in(cast.clerk)
    html = client.get("/administration/routes/").content.decode()
    for version, count in ((1, 2), (2, 1)):
        link = f"{address(route, 'running/')}?version={version}"
        assert f'href="{link}">第 {version} 版 {count} 件</a>' in html
        assert f'href="{link}">正在办理 {count} 件</a>' in read(client, route)
    assert titles(read(client, route, "running/?version=1")) == ["活动记录 2", "活动记录 1"]
    assert titles(read(client, route, "running/?version=2")) == ["活动记录 4"]
    assert titles(read(client, route, "running/")) == ["活动记录 4", "活动记录 2", "活动记录 1"]
    assert titles(read(client, route, "running/?version=7")) == []


def test_only_what_one_may_open_is_listed(route, sign_in, cast):
    html = read(sign_in(cast.administrator), route, "running/")
    assert titles(html) == []
    assert "共 3 件，其中 3 件的内容不给您看" in html
    assert "不给您看" not in read(sign_in(cast.auditor), route, "running/")
    assert sign_in(cast.town.deputy).get(address(route, "running/")).status_code == 403


def test_what_runs_ends_on_the_version_it_began_with(route, sign_in, cast):
    set_retired(route=route, retired=True, actor=actor(cast.administrator), at=AT)
    first, last = Approval.objects.filter(subject_id__in=(1, 4)).order_by("subject_id")
    for pk in (first.pk, last.pk):
        decide(pk, cast.town.deputy)
    assert [one.state for one in Approval.objects.filter(pk__in=(first.pk, last.pk)).order_by("pk")] == [
        "pending",
        "approved",
    ]
    decide(first.pk, cast.town.head)
    assert Approval.objects.get(pk=first.pk).state == "approved"


def test_a_retired_route_refuses_what_would_start(route, send, sign_in, cast):
    client = sign_in(cast.administrator)
    html = client.post(address(route, "retire/"), {"retired": "1"}, follow=True).content.decode()
    assert "已停用，不再受理新的提交" in html
    assert "正在办理的 3 件不受影响" in html
    with pytest.raises(Refused, match="审批路线“单位审批”已停用，暂时不能提交。请联系系统管理员"):
        send(5)
    client.post(address(route, "retire/"), {"retired": "0"})
    assert services.version_for("test").number == 2
    assert send(5)
    verbs = Entry.objects.filter(verb__contains="route.re").values_list("verb", flat=True)
    assert sorted(verbs) == ["journal.book.route.restore", "journal.book.route.retire"]


def test_retiring_twice_is_told_once(route, cast):
    done = [set_retired(route=route, retired=True, actor=actor(cast.administrator), at=AT) for _ in range(2)]
    assert done == [True, False]
    assert Entry.objects.filter(verb="journal.book.route.retire").count() == 1


def test_who_may_not_change_routes_retires_none(route, sign_in, cast):
    for seat in (cast.clerk, cast.auditor, cast.town.head):
        assert sign_in(seat).post(address(route, "retire/"), {"retired": "1"}).status_code == 403
    assert "停用这条路线" not in read(sign_in(cast.clerk), route)
    assert not Route.objects.get(pk=route.pk).retired


@pytest.mark.parametrize("tail", ["", "running/"])
def test_ten_times_the_rows_take_the_same_queries(route, send, sign_in, cast, tail):
    client, counts = sign_in(cast.clerk), []
    for numbers in (range(5, 8), range(8, 35)):
        for number in numbers:
            send(number)
        with CaptureQueriesContext(connection) as caught:
            client.get(address(route, tail))
            client.get("/administration/routes/")
        counts.append(len(caught))
    assert counts[0] == counts[1] <= 20
