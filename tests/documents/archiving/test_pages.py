"""档案: who sees which 件, 整理归档 of a year, and 作废 with its reason."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from documents.archiving.permissions import archives, keeps_item, reads_item
from documents.models import ArchiveItem, Document
from tests.cast import actor, identity

from .things import AT, archived, issued

ITEMS, ARRANGE = "/archive/items/", "/archive/items/arrange/"


@pytest.fixture
def clerk(cast):
    return identity(Client(), cast.clerk)


def test_a_list_of_items_and_its_filters_stand_in_the_address(cast, clerk):
    archived(cast, "通知甲"), archived(cast, "工作方案乙", unit=cast.town.unit)
    for query, found in (
        ("", ["工作方案乙", "通知甲"]),
        ("q=甲", ["通知甲"]),
        ("q=Y-AWB", ["工作方案乙"]),
        ("term=y30", ["通知甲"]),
        (f"unit={cast.town.unit.pk}", ["工作方案乙"]),
        ("year=2025", []),
    ):
        rows = clerk.get(f"{ITEMS}?{query}").context["page"].rows
        assert [row.document.title for row in rows] == found


def test_a_rule_is_the_same_for_one_row_and_for_a_list(cast):
    archived(cast), archived(cast, kind="approval_form", unit=cast.town.unit), issued(cast)
    day = timezone.localdate()
    for rule, model in ((reads_item, ArchiveItem), (keeps_item, ArchiveItem), (archives, Document)):
        for seat in cast:
            rows = set(model.objects.filter(rule.q(seat.pk, day)))
            assert rows == {one for one in model.objects.all() if rule(one, actor(seat), day)}


def test_a_year_is_arranged_by_the_table_and_what_is_left_out_stays(cast, clerk):
    first, second = issued(cast, "通知甲"), issued(cast, "通知乙")
    page = clerk.get(ARRANGE)
    assert [row["line"].term for row in page.context["rows"]] == ["y30", "y30"]
    form = {
        f"pick-{first}": "on",
        f"term-{first}": "y10",
        f"reason-{first}": "一次性工作",
        f"term-{second}": "y30",
    }
    assert clerk.post(f"{ARRANGE}?year=2026", form).status_code == 302
    assert [(one.document_id, one.term) for one in ArchiveItem.objects.all()] == [(first, "y10")]
    assert [row["document"].pk for row in clerk.get(ARRANGE).context["rows"]] == [second]


def test_what_came_to_wait_since_the_page_was_shown_stays_behind(cast, clerk):
    first = issued(cast, "通知甲")
    page = clerk.get(ARRANGE)
    second = issued(cast, "通知乙")
    form = {f"pick-{first}": "on", f"term-{first}": "y30", f"reason-{first}": ""}
    assert clerk.post(f"{ARRANGE}?year=2026", form).status_code == 302
    assert [row["document"].pk for row in page.context["rows"]] == [first]
    assert [row["document"].pk for row in clerk.get(ARRANGE).context["rows"]] == [second]


def test_a_whole_year_is_archived_by_one_press(cast, clerk, monkeypatch):
    monkeypatch.setattr("documents.archiving.views.ROWS", 2)
    for n in range(5):
        issued(cast, f"通知{n}")
    page = clerk.get(ARRANGE)
    form = {f"term-{row['document'].pk}": "y30" for row in page.context["rows"]}
    clerk.post(f"{ARRANGE}?year=2026", form | {"do": "whole"})
    assert ArchiveItem.objects.count() == 5


def test_a_refused_form_keeps_what_was_typed_and_archives_nothing(cast, clerk):
    pk = issued(cast)
    page = clerk.post(f"{ARRANGE}?year=2026", {f"pick-{pk}": "on", f"term-{pk}": "y10", f"reason-{pk}": ""})
    body = page.content.decode()
    assert (page.status_code, "写明理由" in body) == (422, True)
    assert '<option value="y10" selected>' in body
    assert not ArchiveItem.objects.exists()
    assert "请勾选" in clerk.post(f"{ARRANGE}?year=2026", {f"term-{pk}": "y30"}).content.decode()


def test_an_item_is_made_void_with_a_reason(cast, clerk):
    item = archived(cast)
    page = clerk.post(f"{ITEMS}{item.pk}/", {"reason": ""})
    assert (page.status_code, "作废要写明理由" in page.content.decode()) == (422, True)
    clerk.post(f"{ITEMS}{item.pk}/", {"reason": "重复归档"})
    body = clerk.get(f"{ITEMS}{item.pk}/").content.decode()
    assert "已作废" in body
    assert "重复归档" in body
    assert "作废这一件" not in body


def test_who_only_reads_an_item_cannot_void_it(cast):
    item, auditor = archived(cast), identity(Client(), cast.auditor)
    assert "作废这一件" not in auditor.get(f"{ITEMS}{item.pk}/").content.decode()
    assert "只有发文的安委办" in auditor.post(f"{ITEMS}{item.pk}/", {"reason": "x"}).content.decode()
    assert ArchiveItem.objects.get().state == "archived"


def test_a_check_says_whether_all_is_as_it_was(cast, clerk):
    item = archived(cast)
    assert "核对无误" in clerk.get(f"{ITEMS}{item.pk}/?check=1").content.decode()
    item.document.file.path.write_bytes(b"x")
    assert "被改动过" in clerk.get(f"{ITEMS}{item.pk}/?check=1").content.decode()


def test_an_unconfirmed_scheme_is_told_where_it_matters(cast, clerk):
    issued(cast)
    assert "归档方案待确认" in clerk.get(ARRANGE).content.decode()
    assert "待核" in clerk.get("/archive/items/scheme/").content.decode()


@pytest.mark.parametrize("url", [ITEMS, ARRANGE])
def test_ten_times_the_rows_make_the_same_number_of_queries(cast, clerk, url):
    made = []
    for count in (3, 30):
        for n in range(count):
            (archived if url == ITEMS else issued)(cast, f"通知{count}-{n}")
        with CaptureQueriesContext(connection) as queries:
            clerk.get(url)
        made.append(len(queries))
    assert made[0] == made[1] <= 12  # three of them count for the tabs


def test_the_day_of_archiving_is_that_of_the_act(cast):
    assert archived(cast).archived_on == AT.date()
