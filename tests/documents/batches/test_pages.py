"""The pages of 批量印发."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from documents.models import Batch, BatchItem, Document
from foundation.journal.moves import create
from foundation.organization.actors import SYSTEM
from foundation.organization.models import Unit
from tests.cast import identity
from tests.documents.sealing.seals import AT

from .deeds import begun, prepared, run, source, table, workbook

LIST, NEW = "/documents/batches/", "/documents/batches/new/"


@pytest.fixture
def clerk(cast):
    return identity(Client(), cast.clerk)


def form(of: Document, *rows: list, **told) -> dict:
    given = {"source": str(of.pk), "groups": ["towns"], "annex": "任务清单", "numbering": "shared"} | told
    if rows:
        given["table"] = SimpleUploadedFile("附表.xlsx", workbook(*rows))
    return given


def text(answer) -> str:
    return answer.content.decode()


def test_a_batch_by_the_pages_from_the_form_to_the_files(cast, clerk):
    of = source(cast)
    page = clerk.post(NEW, form(of, ["单位", "事项"], ["甲镇", "检查"]), follow=True)
    assert "第一份：甲镇" in text(page)
    assert page.context["pictures"][0]["words"].count("甲镇人民政府：") == 1
    here = page.request["PATH_INFO"]
    assert "开始印发 3 份" in text(page)
    clerk.post(f"{here}begin/")
    run()
    done = clerk.get(here)
    assert "已办完" in text(done)
    (merged,) = re.findall(r'href="(/files/\d+/)">[^<]*<svg.*?合并的 PDF', text(done), re.S)[:1] or [""]
    assert merged
    assert b"".join(clerk.get(merged))[:5] == b"%PDF-"
    package = clerk.get(f"{here}copies.zip")
    assert b"".join(package)[:2] == b"PK"


def test_a_wide_table_lies_among_the_pictures(cast, clerk):
    names = [f"很宽的一栏的名称{n}" for n in range(12)]
    page = clerk.post(NEW, form(source(cast), ["单位", *names], ["甲镇", *names]), follow=True)
    lies = [one["size"][0] > one["size"][1] for one in page.context["pictures"]]
    assert lies == [False, True, False, False]  # the imprint stands on a sheet of its own


def test_without_fonts_the_first_copy_says_so(cast, clerk, no_fonts):
    batch = prepared(cast)
    assert "没有找到公文字体" in text(clerk.get(f"{LIST}{batch.pk}/"))


def test_the_units_of_the_table_are_those_who_get_one_where_none_is_chosen(cast, clerk):
    clerk.post(NEW, form(source(cast), ["单位", "事项"], ["bing", "检查"], groups=[]))
    assert [item.unit.code for item in Batch.objects.get().items.all()] == ["bing"]


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"source": ""}, "请选择原文"),
        ({"groups": []}, "请选择单位"),
        ({"rows": [["单位", "事项"], ["无此镇", "检查"]]}, "没有“无此镇”这个单位"),
        ({"rows": [["单位", "事项"], ["甲镇", "检查"]], "annex": ""}, "请写附表名称"),
    ],
)
def test_a_wrong_form_says_what_to_do_and_keeps_what_was_typed(cast, clerk, told, says):
    rows = told.pop("rows", [])
    answer = clerk.post(NEW, form(source(cast), *rows, **({"annex": "我写的"} | told)))
    assert (answer.status_code, Batch.objects.count()) == (422, 0)
    assert says in text(answer)
    assert "我写的" in text(answer) or told.get("annex") == ""


def test_a_document_may_lead_here(cast, clerk):
    of = source(cast)
    assert f'<option value="{of.pk}" selected>' in text(clerk.get(f"{NEW}?source={of.pk}"))


def test_while_it_runs_the_page_tells_how_far_it_is_and_asks_again(cast, clerk):
    batch = prepared(cast)
    clerk.post(f"{LIST}{batch.pk}/begin/")
    Batch.objects.get().job.__class__.objects.update(message="还要约 3 分钟", state="running")
    page, piece = (
        clerk.get(f"{LIST}{batch.pk}/"),
        clerk.get(f"{LIST}{batch.pk}/", headers={"HX-Request": "true"}),
    )
    for shown in (text(page), text(piece)):
        assert all(words in shown for words in ("还要约 3 分钟", "0 / 3", "hx-get", "停下", "<noscript>"))
    assert "<html" not in text(piece)


def test_whose_job_it_is_not_sees_how_far_it_is_and_stops_nothing(cast):
    batch = prepared(cast)
    identity(Client(), cast.clerk).post(f"{LIST}{batch.pk}/begin/")
    shown = text(identity(Client(), cast.office_head).get(f"{LIST}{batch.pk}/"))
    assert ("0 / 3" in shown, "停下" in shown) == (True, False)


def test_what_failed_is_named_and_made_again_from_its_line(cast, clerk):
    batch = begun(cast, prepared(cast, table=table(jia=[["1", "\U0001f44d"]])))
    page = text(clerk.get(f"{LIST}{batch.pk}/?only=failed"))
    assert "U+1F44D" in page
    item = batch.items.get(unit__code="jia")
    clerk.post(f"{LIST}{batch.pk}/again/", {"item": str(item.pk)})
    run()
    assert BatchItem.objects.get(pk=item.pk).state == "failed"  # the table is what it was
    fresh = SimpleUploadedFile("附表.xlsx", workbook(["序号", "单位", "事项"], [1, "甲镇", "检查"]))
    clerk.post(f"{LIST}{batch.pk}/again/", {"table": fresh})
    run()
    assert BatchItem.objects.get(pk=item.pk).state == "made"


def test_a_first_copy_that_cant_be_set_says_so_and_offers_no_begin(cast, clerk):
    batch = prepared(cast, table=table(jia=[["1", "\U0001f44d"]]))
    page = text(clerk.get(f"{LIST}{batch.pk}/"))
    assert ("排不了版" in page, "开始印发" in page) == (True, False)


def test_the_page_of_its_source_says_what_stands_for_each_unit(cast, clerk):
    batch = begun(cast, prepared(cast))
    says = "在批量印发的各份里换成"
    assert f"{{单位}}、{{称呼}}、{{简称}}{says}" in text(clerk.get(f"/documents/{batch.source_id}/"))
    copy = batch.items.first().document_id
    assert says not in text(clerk.get(f"/documents/{copy}/"))


def test_a_batch_is_given_up_by_its_page_with_a_reason(cast, clerk):
    batch = prepared(cast)
    here = f"{LIST}{batch.pk}/"
    assert "{单位}、{称呼}、{简称}，在每一份里换成" in text(clerk.get(here))
    answer = clerk.post(f"{here}give-up/", {"reason": ""})
    assert (answer.status_code, "写明理由" in text(answer)) == (422, True)
    page = text(clerk.post(f"{here}give-up/", {"reason": "原文有误"}, follow=True))
    assert all(words in page for words in ("已放弃", "不再印发 3", "放弃批量印发", "原文有误"))
    assert "开始印发" not in page


def many(batch: Batch, count: int) -> None:
    units = [
        Unit(code=f"u{n}", name=f"第{n}镇政府", short_name=f"第{n}镇", kind="town") for n in range(count)
    ]
    for unit in Unit.objects.bulk_create(units):
        create(BatchItem, {"batch": batch.pk, "unit": unit}, actor=SYSTEM, at=AT)


def counted(client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_the_pages_ask_as_often_for_many_as_for_few(cast, clerk):
    batch = begun(cast, prepared(cast))
    here = f"{LIST}{batch.pk}/"
    few = counted(clerk, here), counted(clerk, LIST)
    many(batch, 30)
    of = Document.objects.get(pk=batch.source_id)
    for _ in range(10):
        prepared(cast, of=of)
    assert (counted(clerk, here), counted(clerk, LIST)) == few
    assert few <= (16, 9)


def test_a_long_batch_has_pages(cast, clerk):
    batch = prepared(cast)
    many(batch, 60)
    page = clerk.get(f"{LIST}{batch.pk}/")
    assert len(page.context["rows"]) == 50
    older = clerk.get(f"{LIST}{batch.pk}/{page.context['page'].older}")
    assert len(older.context["rows"]) == 13


def test_a_unit_finds_its_copy_under_documents_without_a_way_to_the_batch(cast):
    batch = begun(cast, prepared(cast))
    shown = text(identity(Client(), cast.town.liaison).get("/archive/"))
    assert batch.source.full_number in shown
    assert f"{LIST}{batch.pk}/" not in shown
