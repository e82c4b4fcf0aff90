"""The page of the ledger: filters that a link sets, columns, saved filters, order, acts beside a row."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from approvals.models import SavedFilter
from foundation.organization.models import UnitGroup
from tests.cast import actor, identity
from tests.workflows.tasks.minutes import AT, Minutes
from workflows.plans.models import Plan
from workflows.tasks import services
from workflows.tasks.ledger.columns import CODES
from workflows.tasks.ledger.filters import canonical
from workflows.tasks.models import LedgerColumns, Task

from .conftest import NOW

LEDGER = reverse("tasks")
QUERIES = 18


def listed(client, **query) -> list[int]:
    answer = client.get(LEDGER, {"state": "all"} | query)
    found = [line.row.task.pk for line in answer.context["lines"]]
    assert answer.context["count"] == len(found)
    return found


def test_it_is_narrowed_by_range_role_due_days_and_campaign(office, make, cast):
    town, bureau = make(), make(unit=cast.department.unit, role="assist", due=dt.date(2026, 7, 10))
    group = UnitGroup.objects.get(code="departments")
    assert listed(office, range="towns") == [town]
    assert listed(office, range=f"group-{group.code}") == [bureau] == listed(office, role="assist")
    assert listed(office, since="2026-07-01") == [bureau]
    assert listed(office, until="2026-07-01") == [town]
    plan = Plan.objects.get()
    assert listed(office, plan=plan.pk) == [town, bureau]


def test_an_item_of_an_archived_campaign_can_be_asked_for_with_it(office, make):
    pk = make()
    make()
    Plan.objects.update(state="archived")
    task = Task.objects.get(pk=pk)
    assert listed(office, plan=task.plan_id, item=task.item_id) == [pk]


def test_应办_and_通过_leave_out_what_the_board_leaves_out(office, make):
    states = ("received", "accepted", "archived", "waived", "cancelled")
    open_, passed, kept, *_ = (make(state=one) for one in states)
    assert listed(office, state="owed") == [open_, passed, kept]
    assert listed(office, state="passed") == [passed, kept]


def test_a_person_is_found_by_name_and_initials_through_what_they_have(office, make, cast):
    mine = make()
    make(unit=cast.other.unit)
    assert listed(office, q="赖安宁") == listed(office, q="lan") == [mine]


def test_who_has_it_is_shown_as_a_condition_that_can_be_let_go_of(office, make, cast):
    make()
    answer = office.get(LEDGER, {"holder": cast.town.liaison.person_id, "q": "农机"})
    html = answer.content.decode()
    assert "在谁手里：赖安宁" in html
    assert answer.context["unheld"] == "?q=%E5%86%9C%E6%9C%BA"
    assert "在谁手里：无联络员" in office.get(LEDGER, {"holder": "none"}).content.decode()


def test_what_has_stood_longest_comes_first_on_request_page_after_page(office, make):
    made = [make() for _ in range(60)]
    for days, pk in enumerate(made):
        Task.objects.filter(pk=pk).update(
            changed=dt.datetime(2026, 6, 24, 8, tzinfo=dt.UTC) - dt.timedelta(days=days % 7)
        )
    address, seen = f"{LEDGER}?sort=stood", []
    while address:
        page = office.get(address).context
        seen += [line.row.task.changed for line in page["lines"]]
        address = page["page"].older and LEDGER + page["page"].older
    assert len(seen) == 60
    assert seen == sorted(seen)
    turned = office.get(f"{LEDGER}?sort=stood").context["sorts"]["stood"]
    assert (turned["url"], turned["now"]) == ("?sort=-stood", "ascending")


def test_what_is_done_has_stood_nowhere_so_its_list_is_not_sorted_by_it(office, make):
    first, second = make(), make()
    Task.objects.filter(pk=first).update(state="archived", changed=NOW)
    found = office.get(LEDGER, {"state": "all", "sort": "stood"}).context
    assert [line.row.task.pk for line in found["lines"]] == [first, second]  # both due on one day
    assert (found["sort"], found["sorts"]["stood"]["url"]) == ("", "")


def test_the_order_survives_a_filter(office, make):
    make()
    assert (
        '<input type="hidden" name="sort" value="-due">'
        in office.get(LEDGER, {"sort": "-due"}).content.decode()
    )


def test_columns_are_kept_for_the_person(office, make, cast):
    make()
    assert "首次报送</th>" not in office.get(LEDGER).content.decode()
    to = office.post(reverse("tasks_columns"), {"column": ["first", "due", "x"], "query": "light=overdue"})
    assert to.url == "/tasks/?light=overdue"
    html = office.get(LEDGER).content.decode()
    assert re.findall(r"<th(?: [^>]*)?>(?:<a[^>]*>)?([^<]+)", html)[:4] == [
        "期限",
        "任务",
        "截止 ↑",
        "首次报送",
    ]
    assert LedgerColumns.objects.get().person == cast.clerk.person
    office.post(reverse("tasks_columns"), {"usual": "1"})
    assert "首次报送</th>" not in office.get(LEDGER).content.decode()


def test_a_unit_is_not_told_its_own_name_in_every_row(liaison, make):
    make()
    liaison.post(reverse("tasks_columns"), {"column": CODES})
    assert "unit" not in liaison.get(LEDGER).context["columns"]


def test_conditions_are_kept_under_a_name_apart_from_those_of_the_inbox(office, make):
    post = {"page": "tasks", "name": "七月一日要交的", "query": "until=2026-07-01&state=open&after=xyz&x=1"}
    answer = office.post(reverse("filter_save"), post, follow=True)
    assert answer.redirect_chain[0][0] == "/tasks/?until=2026-07-01"
    assert (
        '<a href="?until=2026-07-01" aria-current="true">已存：七月一日要交的</a>' in answer.content.decode()
    )
    assert "已存" not in office.get(reverse("inbox")).content.decode()
    pk = SavedFilter.objects.get().pk
    assert office.post(reverse("filter_remove", args=[pk])).url == LEDGER


@pytest.mark.parametrize("page", ["", "plans", "x" * 99])
def test_a_list_that_keeps_none_says_so(office, page):
    answer = office.post(reverse("filter_save"), {"page": page, "name": "a", "query": "q=b"}, follow=True)
    assert "没有可以保存的条件" in answer.content.decode()


def test_the_same_conditions_are_always_written_alike():
    assert canonical({"light": "near", "q": "甲", "state": "open", "after": "x"}) == "q=%E7%94%B2&light=near"
    assert canonical({"state": "open"}) == ""


def beside(client, pk) -> list[str]:
    return [
        act.label
        for line in client.get(LEDGER).context["lines"]
        if line.row.task.pk == pk
        for act in line.acts
    ]


def test_the_office_urges_and_reassigns_from_a_row_and_comes_back(office, make, cast):
    pk = make(state="received")
    assert beside(office, pk) == ["催办", "改派"]
    here = LEDGER + "?light=near"
    page = office.get(here).content.decode()
    (address,) = re.findall(rf'href="(/tasks/{pk}/reassign/[^"]+)"', page)
    form = {"handler": cast.town.handler.pk, "reason": "联络员在外培训", "next": here}
    assert office.post(address, form).url == here
    task = Task.objects.get(pk=pk)
    assert task.handler == cast.town.handler
    assert "联络员在外培训" in office.get(reverse("task", args=[pk])).content.decode()


def test_a_reason_is_asked_for(office, make, cast):
    address = reverse("task_act", args=[make(state="received"), "reassign"])
    answer = office.post(address, {"handler": cast.town.handler.pk, "reason": " "})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["reason"])


def test_a_place_of_somebody_else_is_no_way_back(office, make):
    address = reverse("task_act", args=[pk := make(), "urge"])
    assert office.post(address, {"next": "https://example.com/"}).url == reverse("task", args=[pk])


def test_an_auditor_reads_and_does_nothing(client, make, cast):
    pk = make(state="received")
    reader = identity(client, cast.auditor)
    assert beside(reader, pk) == []
    assert "所选</button>" not in reader.get(LEDGER).content.decode()


def test_a_unit_asks_for_no_more_with_ten_times_the_rows_under_review(client, make, cast):
    """Whether it may be withdrawn is asked on the task's own page."""

    def grow(count):
        for _ in range(count):
            told = Minutes(make(), cast, AT)
            told.receive()
            told.hold()
            told.submit()

    def asked(client, query=""):
        client.get(LEDGER + query)
        with CaptureQueriesContext(connection) as caught:
            assert client.get(LEDGER + query).status_code == 200
        return len(caught)

    clients = [identity(type(client)(), seat) for seat in (cast.town.liaison, cast.clerk)]
    everything = "?state=all&q=a&holder=1&age=0-1&light=ok&range=towns&plan=1&sort=-stood"
    grow(1)
    few = [asked(one, query) for one in clients for query in ("", everything)]
    grow(9)
    assert [asked(one, query) for one in clients for query in ("", everything)] == few
    assert max(few) <= QUERIES, few


def test_an_extension_is_asked_for_and_decided_from_a_row_without_asking_row_by_row(office, make, cast):
    tasks = [make(state="received", due=dt.date(2026, 7, 10)) for _ in range(3)]
    liaison = identity(type(office)(), cast.town.liaison)
    assert "申请延期" in beside(liaison, tasks[0])
    services.ask_extension(
        task=tasks[0], until=dt.date(2026, 7, 20), reason="汛期", actor=actor(cast.town.liaison), at=NOW
    )
    with CaptureQueriesContext(connection) as caught:
        assert beside(office, tasks[0]) == ["同意延期", "不同意延期", "催办", "改派"]
    assert len([one for one in caught if "tasks_extension" in one["sql"]]) == 1
    assert beside(office, tasks[1]) == ["催办", "改派"]


def test_what_came_back_inside_the_unit_says_which_version_it_waits_for(office, make, cast):
    case = Minutes(make(), cast)
    case.receive()
    assert office.get(LEDGER).context["lines"][0].row.step == ""
    case.hold()
    case.submit()
    case.send_back(cast.town.deputy, "照片不清")
    assert case.state == "received"
    assert office.get(LEDGER).context["lines"][0].row.step == "第 2 版待提交"
