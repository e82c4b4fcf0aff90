"""Catalogues of what the list finds, and packages: who makes and who fetches them."""

import datetime as dt
import io
import zipfile

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from documents.archiving.catalogue import CATALOGUES
from documents.archiving.packing import DAYS, path_of, remove_packages
from documents.archiving.services import archive_document, void_item
from documents.models import ArchiveItem, ArchivePackage
from foundation.files.kept import keep
from foundation.files.models import path_of as file_of
from foundation.jobs import queue
from foundation.journal import keys
from tests.cast import actor, identity

from .things import AT, archived, attached, issued

ITEMS, PACKAGES = "/archive/items/", "/archive/packages/"


@pytest.fixture
def clerk(cast):
    return identity(Client(), cast.clerk)


def rows(items) -> dict[str, list[tuple[str, ...]]]:
    return {code: [row[1:] for row in one.rows(items)] for code, one in CATALOGUES.items()}


def test_a_catalogue_has_a_line_for_each_item_and_for_each_file(cast):
    pk = issued(cast, "通知甲", code="某安办", year=2026, number=3)
    attached(pk, "名单.txt", "一".encode())
    first = ArchiveItem.objects.get(pk=archive_document(document=pk, actor=actor(cast.clerk), at=AT))
    second = archived(cast, "通知乙")
    void_item(item=second.pk, actor=actor(cast.clerk), at=AT, reason="重复")
    second = ArchiveItem.objects.get(pk=second.pk)
    found, name = rows([first, second]), "某市安全生产委员会办公室"
    assert found["files"] == [
        ("X043-WS·2026-D30-AWB-0001", "某安办〔2026〕3号", name, "通知甲", "20260612", "", "2", ""),
        ("X043-WS·2026-D30-AWB-0002", "", name, "通知乙", "20260612", "", "1", "作废"),
    ]
    assert [row[2:] for row in found["volume"]] == [
        ("通知甲", "20260612", "1", "0001"), ("附件：名单.txt", "20260612", "2", "0001"), ("通知乙", "20260612", "3", "0002"),
    ]  # fmt: skip


def test_a_catalogue_has_the_columns_of_the_standard(cast, clerk):
    archived(cast)
    book = load_workbook(io.BytesIO(clerk.get(f"{ITEMS}files.xlsx").content))
    labels = ["序号", "档号", "文号", "责任者", "题名", "日期", "密级", "页数", "备注"]  # DA/T 22-2015
    assert [cell.value for cell in book.active[2]] == labels


def test_the_number_of_an_item_is_not_read_off_its_reference(cast):
    item = archived(cast)
    item.reference = "X043-0001-WS·2026"
    assert [row[6] for row in CATALOGUES["volume"].rows([item])] == ["0001"]


def test_what_is_due_for_transfer_is_old_enough_and_kept_long(cast, clerk):
    old = timezone.localdate().year - 10
    archived(cast, "旧通知", issued_on=AT.date().replace(year=old)), archived(cast, "新通知")
    archived(cast, "旧清单", kind="task_list", issued_on=AT.date().replace(year=old))
    book = load_workbook(io.BytesIO(clerk.get(f"{ITEMS}transfer.xlsx").content))
    assert [row[2].value for row in book.active.iter_rows(min_row=3)] == ["旧通知"]


def test_a_catalogue_is_of_what_the_list_finds_and_the_person_may_read(cast, clerk):
    archived(cast, "通知甲"), archived(cast, "甲镇审批单", kind="approval_form", unit=cast.town.unit)
    pdf = clerk.get(f"{ITEMS}files.pdf?term=y30")
    assert (pdf.content[:5], pdf["Content-Type"]) == (b"%PDF-", "application/pdf")
    for seat, count in ((cast.clerk, 2), (cast.other.head, 1)):
        content = identity(Client(), seat).get(f"{ITEMS}files.xlsx").content
        assert load_workbook(io.BytesIO(content)).active.max_row == 2 + count


def test_an_empty_or_a_strange_catalogue_says_so(cast, clerk, monkeypatch):
    assert "放宽筛选" in clerk.get(f"{ITEMS}files.pdf").content.decode()
    assert clerk.get(f"{ITEMS}other.pdf").status_code == 404
    archived(cast), archived(cast, "通知乙")
    monkeypatch.setattr("documents.archiving.handing_out.MOST", 1)
    assert "缩小范围" in clerk.get(f"{ITEMS}files.pdf").content.decode()


def test_without_fonts_a_catalogue_says_so(cast, clerk, no_fonts):
    archived(cast)
    assert "没有找到公文字体" in clerk.get(f"{ITEMS}files.pdf").content.decode()


def test_a_package_is_asked_for_made_and_fetched(cast, clerk):
    item = archived(cast, content={})
    archived(cast, "工作方案", content={})
    job = clerk.post(PACKAGES, {"item": item.pk}).url
    assert "正在制作" in clerk.get(PACKAGES).content.decode()
    queue.run_due(timezone.now())
    row = ArchivePackage.objects.get()
    assert f"{PACKAGES}{row.pk}/" in clerk.get(job).content.decode()
    content = b"".join(clerk.get(f"{PACKAGES}{row.pk}/"))
    assert {name.split("/")[1] for name in zipfile.ZipFile(io.BytesIO(content)).namelist() if "/" in name} == {item.reference}  # fmt: skip
    assert row.sha256 in clerk.get(PACKAGES).content.decode()


def test_the_page_has_the_fingerprint_of_the_key(clerk, settings):
    path = settings.DATA_DIR / keys.KEPT
    assert "指纹" not in clerk.get(PACKAGES).content.decode()
    assert not path.exists()
    found = keys.fingerprint(keys.key())
    assert found in clerk.get(PACKAGES).content.decode()
    path.write_text("x")
    assert "请把它从备份恢复" in clerk.get(PACKAGES).content.decode()


def test_without_its_key_no_package_is_made(cast, clerk, settings):
    keys.key()
    (settings.DATA_DIR / keys.KEPT).write_text("x")
    item = archived(cast, content={})
    clerk.post(PACKAGES, {"item": item.pk})
    queue.run_due(timezone.now())
    assert "请把它从备份恢复" in clerk.get(PACKAGES).content.decode()
    assert not path_of(ArchivePackage.objects.get().pk).exists()


def test_a_package_that_could_not_be_made_says_why(cast, clerk):
    item = archived(cast, content={})
    file_of(item.content["files"][0]["sha256"]).unlink()
    job = clerk.post(PACKAGES, {"item": item.pk}).url
    queue.run_due(timezone.now())
    page = clerk.get(PACKAGES).content.decode()
    assert ("正在制作" in page, "请从备份恢复后重试" in page, f'href="{job}"' in page) == (False, True, True)
    others = identity(Client(), cast.office_head).get(PACKAGES).content.decode()
    assert ("请从备份恢复后重试" in others, f'href="{job}"' in others) == (True, False)


def test_a_filter_becomes_a_package_of_all_it_finds(cast, clerk):
    archived(cast), archived(cast, "工作方案"), archived(cast, "通知乙")
    clerk.post(PACKAGES, {"term": "y30"})
    assert len(ArchivePackage.objects.get().items) == 2
    assert "没有可以打包" in clerk.post(PACKAGES, {"term": "y10"}).content.decode()


def test_a_package_of_what_one_may_not_read_is_not_handed_out(cast):
    row = ArchivePackage.objects.create(by=cast.clerk, title="一件", items=[archived(cast).pk, 999], at=AT)
    assert identity(Client(), cast.clerk).get(f"{PACKAGES}{row.pk}/").status_code == 403
    ArchivePackage.objects.update(items=row.items[:1])
    assert identity(Client(), cast.office_head).get(f"{PACKAGES}{row.pk}/").status_code == 404  # not made yet
    assert identity(Client(), cast.auditor).get(f"{PACKAGES}{row.pk}/").status_code == 403


def test_ten_times_the_packages_make_the_same_number_of_queries(cast, clerk):
    made = []
    for count in (3, 30):
        for _ in range(count):
            ArchivePackage.objects.create(by=cast.clerk, title="一件", items=[1], at=AT, sha256="0" * 64)
        with CaptureQueriesContext(connection) as queries:
            clerk.get(PACKAGES)
        made.append(len(queries))
    assert made[0] == made[1] <= 6


def test_files_of_old_packages_go_and_their_rows_stay(cast, clerk):
    made = [
        ArchivePackage.objects.create(
            by=cast.clerk, title=title, items=[1], at=AT - age, sha256="0" * 64, size=1
        )
        for title, age in (("新包", dt.timedelta(0)), ("旧包", dt.timedelta(days=DAYS + 1)))
    ]
    for row in made:
        keep(path_of(row.pk), b"PK", most=9)
    assert (remove_packages(AT), remove_packages(AT)) == (1, 0)
    page = clerk.get(PACKAGES).content.decode()
    assert f"{PACKAGES}{made[0].pk}/" in page
    assert f"{PACKAGES}{made[1].pk}/" not in page
    assert "已清理" in page
