"""导入: any file that a platform exports, once or twice, with what is wrong in it."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from foundation.journal.models import Entry
from foundation.journal.verify import first_bad
from foundation.organization.refusals import Refused
from foundation.organization.tables import write_table
from tests.cast import actor, identity
from workflows.registers.matching import matched
from workflows.registers.models import Register, RegisterImport, RegisterRow
from workflows.registers.services.importing import look_at, take
from workflows.registers.services.keeping import withdraw_row

from .rows import AT, RELEASE, kind, row

HEADS = ("发布平台", "文章标题", "发布时间", "阅读数（次）", "供稿单位", "备注")
LINES = [
    ("英德发布", "启动", "2026-06-01 09:00", "１,２００", "甲镇", ""),
    ("悦英德", "宣讲", "2026/6/8", "", "", ""),
]


def looked(seat, lines=LINES, heads=HEADS, code="media") -> int:
    content = write_table(heads, lines)
    return look_at(kind=kind(code), content=content, name="六月.xlsx", actor=actor(seat), at=AT)


def taken(seat, *args, **kwargs) -> dict[str, int]:
    return take(load=looked(seat, *args, **kwargs), actor=actor(seat), at=AT)


def counts(new=0, changed=0, same=0, withdrawn=0, wrong=0):
    return {"new": new, "changed": changed, "same": same, "withdrawn": withdrawn, "wrong": wrong}


def test_columns_are_matched_by_their_names_and_the_last_time_goes_first():
    heads = ["平台", "标题", "链接地址", "阅读量（次）", "时间", "日期"]
    found = matched(kind("media"), heads, {})
    assert found == {
        "channel": "平台",
        "title": "标题",
        "url": "链接地址",
        "reads": "阅读量（次）",
        "at": "时间",
    }
    assert matched(kind("media"), heads, {"日期": "at"})["at"] == "日期"


@pytest.mark.django_db
def test_a_file_is_taken_once_however_often_it_comes(cast):
    assert taken(cast.clerk) == counts(new=2)
    first = RegisterRow.objects.get(chip="英德发布")
    assert (first.cells["reads"], first.unit, first.text) == (1200, cast.town.unit, "启动")
    assert taken(cast.clerk) == counts(same=2)
    assert Entry.objects.filter(target="registers.registerrow").count() == 2
    assert first_bad()[1] is None


@pytest.mark.django_db
def test_a_later_file_changes_what_it_says_and_leaves_what_it_does_not(client, cast):
    taken(cast.clerk)
    later = [("英德发布", "启动", "2026-06-01 09:00", "1500", "", "")]
    assert taken(cast.clerk, later) == counts(changed=1)
    changed = RegisterRow.objects.get(chip="英德发布")
    assert (changed.cells["reads"], changed.unit) == (1500, cast.town.unit)
    page = identity(client, cast.clerk).get(reverse("register_row", args=[changed.pk])).content.decode()
    assert "《六月.xlsx》第 2 行；阅读量由“1,200”改为“1,500”" in page
    assert first_bad()[1] is None


@pytest.mark.django_db
def test_a_file_with_the_key_and_one_column_fills_that_column(cast):
    work = {"number": "7", "title": "漫画", "kind": "条漫", "unit": "甲镇", "day": "2026-04-10"}
    pk = row("works", work, cast.clerk)
    votes = [("7", "3,210"), ("8", "5")]
    assert taken(cast.clerk, votes, ("作品编号", "票数"), "works") == counts(changed=1, wrong=1)
    assert RegisterRow.objects.get(pk=pk).cells["votes"] == 3210


@pytest.mark.django_db
def test_what_was_withdrawn_is_not_brought_back(cast):
    taken(cast.clerk)
    gone = RegisterRow.objects.get(chip="悦英德").pk
    withdraw_row(row=gone, why="重复", actor=actor(cast.clerk), at=AT)
    assert taken(cast.clerk) == counts(same=1, withdrawn=1)


BAD = [
    *LINES,
    ("英德发布", "启动", "2026-06-01 09:00", "-5", "甲镇", ""),
    ("抖音", "一条", "昨天", "1", "某镇", ""),
    ("悦英德", "宣讲", "2026年6月8日", "9", "", ""),
]


@pytest.mark.django_db
def test_what_is_wrong_is_told_line_by_line_and_comes_back_as_a_file(client, cast):
    identity(client, cast.clerk)
    upload = SimpleUploadedFile("六月.xlsx", write_table(HEADS, BAD))
    answer = client.post(reverse("register_import", args=["media"]), {"file": upload}, follow=True)
    page, (load,) = answer.content.decode(), RegisterImport.objects.all()
    assert answer.context["counts"] == counts(new=2, wrong=3)
    for says in ("不能是负数", "可填：英德电视台", "不是时间", "没有“某镇”这个单位", "与第 3 行的"):
        assert says in page
    assert not RegisterRow.objects.exists()
    client.post(reverse("register_load", args=[load.pk]), {"take": "1"})
    assert RegisterRow.objects.count() == 2
    file = client.get(reverse("register_load_errors", args=[load.pk])).content
    sheet = load_workbook(io.BytesIO(file)).active
    assert [line[1].value for line in sheet.iter_rows(min_row=2)] == ["启动", "一条", "宣讲"]
    upload = SimpleUploadedFile("改.xlsx", file)
    answer = client.post(reverse("register_import", args=["media"]), {"file": upload}, follow=True)
    assert answer.context["counts"] == counts(
        changed=1, wrong=2
    )  # 宣讲 stands once in this file, with its reads


@pytest.mark.django_db
def test_columns_can_be_matched_by_hand_and_are_remembered(client, cast):
    lines, heads = [("英德发布", "启动", "2026-06-01", "早")], ("甲", "乙", "丙", "丁")
    load = looked(cast.clerk, lines, heads)
    address = reverse("register_load", args=[load])
    identity(client, cast.clerk)
    assert client.get(address).context["counts"] == counts(wrong=1)
    chosen = {"channel": "甲", "title": "乙", "at": "丙", "reads": "没有这列"}
    assert client.post(address, chosen | {"url": "丙"}).status_code == 422
    client.post(address, chosen)
    assert client.get(address).context["counts"] == counts(new=1)
    client.post(address, {"take": "1"})
    assert Register.objects.get(code="media").heads == {"甲": "channel", "乙": "title", "丙": "at"}
    assert taken(cast.clerk, [("悦英德", "另", "2026-06-02", "")], heads) == counts(new=1)
    assert client.post(address, {"take": "1"}).status_code == 422  # it was taken
    assert client.post(address, chosen).status_code == 422


@pytest.mark.django_db
def test_only_the_office_imports(cast):
    with pytest.raises(Refused, match="安委办"):
        looked(cast.town.liaison)
    with pytest.raises(Refused, match="安委办"):
        take(load=looked(cast.clerk), actor=actor(cast.auditor), at=AT)


@pytest.mark.django_db
def test_a_template_is_read_as_it_is(client, cast):
    identity(client, cast.clerk)
    file = client.get(reverse("register_template", args=["media"])).content
    names = [cell.value for cell in load_workbook(io.BytesIO(file)).active[1]]
    assert list(matched(kind("media"), names, {})) == [column.key for column in kind("media").columns]


def many(count, reads="1"):
    return [("英德发布", f"第{n}条", "2026-06-01 09:00", reads, "甲镇", "") for n in range(count)]


@pytest.mark.django_db
def test_thousands_of_rows_are_as_many_statements_as_one(cast):
    asked = []
    for lines in (many(1), many(1, "2"), many(600, "3"), many(600, "4")):
        load = looked(cast.clerk, lines)
        with CaptureQueriesContext(connection) as queries:
            take(load=load, actor=actor(cast.clerk), at=AT)
        asked.append(len(queries))
    assert asked[3] == asked[1]
    assert asked[2] <= asked[0] + asked[1]  # it makes some and changes one
    assert max(asked) < 25
    assert RegisterRow.objects.filter(cells__reads=4).count() == 600
    assert RELEASE["channel"] == RegisterRow.objects.latest("pk").chip
