"""The ledger as a file: exactly what was filtered, in its order, by a job, for who asked."""

from __future__ import annotations

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from foundation.files.models import Attachment
from foundation.jobs.models import Job
from foundation.jobs.progress import Progress
from foundation.organization.refusals import Refused
from tests.cast import actor, identity
from workflows.plans.models import Item
from workflows.tasks.jobs import export_ledger
from workflows.tasks.ledger import exporting
from workflows.tasks.ledger.columns import CODES, USUAL
from workflows.tasks.models import TaskExport

from .conftest import NOW


class Steps(Progress):
    """Remembers how far it said it was."""

    def __init__(self) -> None:
        super().__init__(Job(pk=0, started=NOW))
        self.told: list[tuple[int, int | None]] = []

    def step(self, done, total=None, message="") -> None:
        self.told.append((done, total))


def exported(client, query="", columns=None):
    address = client.post(reverse("tasks_export"), {"query": query}).url
    job = Job.objects.latest("pk")
    assert address.startswith(reverse("job", args=[job.pk]))
    if columns:
        TaskExport.objects.update(columns=columns)
    result = export_ledger(Steps(), **job.args)
    return job, list(load_workbook(io.BytesIO(b"".join(client.get(result["url"])))).active.values)


def test_it_holds_the_rows_of_the_filter_in_their_order_and_the_columns_one_sees(office, make, cast):
    make(due=None)
    make(due=NOW.date())
    make(unit=cast.other.unit)
    _, (head, *rows) = exported(office, f"unit={cast.town.unit.pk}&q=农机&after=x")
    assert head == (
        "期限",
        "任务",
        "项",
        "单位",
        "状态",
        "当前环节",
        "在谁手里",
        "截止",
        "停留（工作日）",
        "自",
        "版本",
    )
    assert [row[2] for row in rows] == ["2", "1"]
    assert rows[0][7].date() == NOW.date()
    assert (rows[0][0], rows[0][3], rows[0][6], rows[0][8]) == ("临期 剩 0 个工作日", "甲镇", "赖安宁", 18)


def test_it_opens_and_prints_as_one_reads_it(office, make):
    make()
    Item.objects.update(title="进农村：农机安全技能培训")
    _, rows = exported(office)
    sheet = load_workbook(io.BytesIO(Attachment.objects.latest("pk").file.path.read_bytes())).active
    assert sheet.column_dimensions["B"].width == 2 * len("进农村：农机安全技能培训") + 2
    assert sheet.column_dimensions["H"].width >= len("2026-06-30") + 1
    assert sheet.auto_filter.ref == f"A1:K{len(rows)}" == sheet.dimensions
    assert (sheet.print_title_rows, sheet.page_setup.orientation) == ("$1:$1", "landscape")


def test_its_page_leads_back_to_the_list_as_it_was_narrowed(office, make):
    make()
    page = office.post(reverse("tasks_export"), {"query": "light=overdue&state=open"}, follow=True)
    assert 'href="/tasks/?light=overdue&amp;state=open"' in page.content.decode()


def test_a_long_search_narrows_it_with_all_that_follows(office, make, cast):
    """60 characters are 540 in an address."""
    make()
    make(unit=cast.other.unit)
    words = "农机安全技能培训" * 7 + "农机安全"
    Item.objects.update(title=words)
    _, (_, *rows) = exported(office, f"q={words}&unit={cast.town.unit.pk}")
    assert [row[3] for row in rows] == ["甲镇"]
    with pytest.raises(Refused, match="太长"):
        exporting.start_export(query=f"q={words * 9}", columns=USUAL, actor=actor(cast.clerk), at=NOW)


def test_every_column_can_be_in_it(office, several):
    _, (head, *rows) = exported(office, "state=all", list(CODES))
    assert len(head) == len(rows[0]) == 16
    assert {"自", "期次", "最近催办", "首次报送"} < set(head)


def test_a_title_that_looks_like_a_formula_stays_text(office, make):
    make()
    Item.objects.update(title='=HYPERLINK("http://example.com","x")')
    _, (_, row) = exported(office)
    assert row[1].startswith("=HYPERLINK")
    book = load_workbook(io.BytesIO(Attachment.objects.latest("pk").file.path.read_bytes()))
    assert book.active["B2"].data_type == "s"


def test_it_goes_chunk_by_chunk_and_says_how_far_it_is(office, make, monkeypatch):
    for _ in range(7):
        make()
    monkeypatch.setattr(exporting, "CHUNK", 3)
    office.post(reverse("tasks_export"), {})
    progress = Steps()
    export_ledger(progress, **Job.objects.latest("pk").args)
    assert progress.told == [(0, 7), (3, 7), (6, 7)]


def test_a_job_that_runs_twice_makes_one_file(office, make):
    make()
    job, _ = exported(office)
    assert export_ledger(Steps(), **job.args) == export_ledger(Steps(), **job.args)
    assert Attachment.objects.count() == 1


def test_a_unit_gets_its_own_and_nobody_else_the_file(client, make, cast):
    make()
    make(unit=cast.other.unit)
    liaison = identity(client, cast.town.liaison)
    job, (head, *rows) = exported(liaison, f"unit={cast.other.unit.pk}")
    assert (rows, "单位" in head) == ([], False)
    url = export_ledger(Steps(), **job.args)["url"]
    assert identity(type(client)(), cast.clerk).get(url).status_code == 403


def test_who_sees_no_tasks_exports_none(cast):
    with pytest.raises(Refused):
        exporting.start_export(query="", columns=USUAL, actor=actor(cast.administrator), at=NOW)
