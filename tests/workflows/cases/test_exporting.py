"""案件台账 as a file: the rows that the list shows, nobody's name, journaled in each case."""

from __future__ import annotations

import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from foundation.files.models import Attachment
from foundation.jobs.models import Job
from foundation.jobs.queue import run_due
from foundation.journal.models import Entry
from tests.cast import actor, identity
from tests.forms import filled
from workflows.cases.exporting.services import make_export, start_export
from workflows.cases.models import CaseExport
from workflows.cases.register import open_case

from .fined import Fined
from .test_register import NOW, about

SWEEPS = ("cases.sweep", "cases.reckon")


@pytest.fixture
def fined(cast) -> Fined:
    return Fined(cast)


def opened(cast, title: str, house=None) -> int:
    house = house or cast.town
    told = about(cast, title=title, team=(house.liaison.pk,), qualified=())
    return open_case(about=told, unit=house.unit.pk, actor=actor(house.liaison), at=NOW)


def exported(seat, q: str = "", only: str = "") -> list[tuple]:
    start_export(q=q, only=only, actor=actor(seat), at=NOW)
    made = make_export(CaseExport.objects.latest("pk").pk, NOW)
    return sheet(made.file.path.read_bytes())


def sheet(content: bytes) -> list[tuple]:
    return list(load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))


def told(case: int) -> int:
    return Entry.objects.filter(target="cases.case", target_id=case, verb="cases.case.export").count()


def test_it_is_asked_for_on_the_list_and_made_in_the_background(cast, fined):
    client = identity(Client(), cast.clerk)
    form = filled(client.get("/cases/?q=报警").content.decode(), q="报警", only="open")
    answer = client.post("/cases/export/", form)
    job = Job.objects.get(name="cases.export")
    assert answer.headers["Location"] == job.get_absolute_url()
    run_due(job.due, but=SWEEPS)
    html = client.get(job.get_absolute_url()).content.decode()
    file = Attachment.objects.get()
    assert (file.url in html, "下载案件台账" in html) == (True, True)
    rows = sheet(b"".join(client.get(file.url)))
    assert [row[:2] for row in rows] == [("案由", "办案单位"), ("关闭报警器案", "甲镇")]


def test_it_holds_exactly_what_the_list_finds(cast, fined):
    other, hidden = opened(cast, "私设油罐案"), opened(cast, "别处的案", cast.other)
    assert [row[0] for row in exported(cast.clerk, only="all")[1:]] == [
        "别处的案",
        "私设油罐案",
        "关闭报警器案",
    ]
    assert [row[0] for row in exported(cast.clerk, q="油罐")[1:]] == ["私设油罐案"]
    assert [row[0] for row in exported(cast.town.head)[1:]] == ["私设油罐案", "关闭报警器案"]
    assert exported(cast.clerk, only="closed")[1:] == []
    assert (told(fined.pk), told(other), told(hidden)) == (2, 3, 1)


def test_it_tells_the_next_duty_and_no_party(cast, fined):
    fined.head(fined.works(name="某某厂"), name="许大山")
    fined.happened("03-02 09:00 team")
    fined.happened("03-02 15:00 reported")
    (_, row) = exported(cast.clerk)
    assert row[6:8] == ("决定是否移送", "2026-03-05 23:59")
    assert not {"某某厂", "许大山"} & {*row}


def test_a_title_that_names_a_party_is_masked(cast):
    named = Fined(cast)
    pk = opened(cast, "同兴厂许大山（13800138000）关闭报警器案")
    named.pk = pk
    named.head(named.works(name="同兴厂"), name="许大山")
    assert exported(cast.clerk, q="许大山")[1][0] == "某单位许某某（***）关闭报警器案"


def test_a_title_is_no_formula(cast):
    opened(cast, '=HYPERLINK("http://x","点")')
    start_export(q="", only="", actor=actor(cast.clerk), at=NOW)
    made = make_export(CaseExport.objects.get().pk, NOW)
    cell = load_workbook(io.BytesIO(made.file.path.read_bytes())).active["A2"]
    assert (cell.data_type, cell.value[0]) == ("s", "=")


def test_only_who_asked_for_it_reads_it(cast, fined):
    exported(cast.clerk)
    address = Attachment.objects.get().url
    for seat in (cast.office_head, cast.administrator, cast.auditor, cast.town.liaison):
        assert identity(Client(), seat).get(address).status_code == 403


@pytest.mark.parametrize("who", ["auditor", "administrator"])
def test_who_sees_no_case_exports_none(cast, who):
    assert identity(Client(), getattr(cast, who)).post("/cases/export/").status_code == 403
    assert not CaseExport.objects.exists()


def test_a_job_that_runs_again_makes_no_second_file(cast, fined):
    exported(cast.clerk)
    made = make_export(CaseExport.objects.get().pk, NOW)
    assert (Attachment.objects.get(), told(fined.pk)) == (made, 1)


def test_it_costs_the_same_with_ten_times_the_cases(cast, fined):
    def cost() -> int:
        start_export(q="", only="", actor=actor(cast.clerk), at=NOW)
        with CaptureQueriesContext(connection) as asked:
            make_export(CaseExport.objects.latest("pk").pk, NOW)
        return len(asked)

    few = cost()
    for n in range(10):
        opened(cast, f"案件{n}")
    assert cost() == few
