"""The demo is a test: a whole campaign through the services that people use, and the same twice."""

import datetime as dt
import io
import json
from pathlib import Path

import jsonschema
import pypdf
import pytest
import time_machine
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db.models.fields.json import KT
from django.utils import timezone

from approvals.models import Approval
from documents.models import Document
from foundation.journal import guard
from foundation.journal.models import Entry
from foundation.organization.models import Person, Unit
from foundation.outbox.models import Message
from foundation.outbox.spreading import spread
from workflows.campaigns.demo import writing
from workflows.campaigns.demo.moving import plan_text
from workflows.cases.models import Case, CaseClock, Publication, Recommendation
from workflows.plans import reading
from workflows.plans.models import Plan
from workflows.tasks.models import Task
from workflows.tracking.analysis.years import compare, pair_of
from workflows.tracking.closing.checklist import checklist
from workflows.tracking.reconciling import reconcile

SCHEMA = json.loads((Path(__file__).parents[3] / "docs/schemas/demo.json").read_text())


def demo(out: Path, *args: str) -> dict:
    said = io.StringIO()
    call_command("demo", "--json", "--out", str(out), *args, stdout=said, stderr=io.StringIO())
    return json.loads(said.getvalue())


def test_the_campaign_ends_whole_in_the_archive(db, tmp_path):
    """One run, looked at from three sides, since it takes its time."""
    played = demo(tmp_path / "out", "--units", "10")
    jsonschema.validate(played, SCHEMA)
    assert (played["items"], played["reports"], played["units"]) == (20, 3, 10)
    assert set(played["states"]) <= {"archived", "waived", "rejected", "cancelled"}
    assert played["journal"]["ok"]
    assert played["tasks"] == sum(played["states"].values()) == Task.objects.count()

    _everything_befell_a_task(played)
    _cases_are_under_way()
    _cases_have_their_papers()
    _one_text_waits_for_its_review()
    _cases_are_recommended()
    _papers_are_pdf_with_text(played)
    _whoever_got_it_back_was_told_once()
    assert reconcile(timezone.now())["different"] == []
    with pytest.raises(CommandError, match="空库") as caught:
        demo(tmp_path, "--units", "10")
    assert caught.value.returncode == 2


@pytest.mark.parametrize("made", [writing.editable_paper, writing.final_paper])
def test_what_units_upload_does_not_tell_when_it_was_made(made):
    made.cache_clear()
    with time_machine.travel("2026-05-20 10:20:00+08:00"):
        first = made("安全宣讲情况报告")
    made.cache_clear()
    with time_machine.travel("2027-01-04 09:00:02+08:00"):
        assert made("安全宣讲情况报告") == first


def _everything_befell_a_task(played):
    verbs = set(Entry.objects.filter(target="tasks.task").values_list("verb", flat=True))
    befell = (
        "receive submit unit_return office_return withdraw ask_waiver waive refuse_waiver reject accept archive "
        "reopen cancel urge reach_office add_record attach extend"
    )
    assert {f"tasks.task.{verb}" for verb in befell.split()} <= verbs
    assert played["returned"] >= 2
    assert played["late"] >= 1
    assert Entry.objects.filter(behalf__isnull=False).exists(), "a proxy decided"
    assert Approval.objects.filter(subject="viewflow.task", state="returned").exists(), (
        "the plan came back once"
    )


def _cases_are_under_way():
    assert set(CaseClock.objects.values_list("name", flat=True)) >= {"决定是否移送"}
    fined = set(Case.objects.values_list("double", "crime"))
    assert fined >= {("", True), ("principal", False)}, (
        "one lacks the head, one is for the police, one is both"
    )


def _cases_have_their_papers():
    made = Document.objects.filter(kind="case_paper", state="issued")
    assert set(made.values_list(KT("content__paper"), flat=True)) == {
        "approval", "report", "materials", "letter", "penalty", "recommendation"
    }  # fmt: skip


def _one_text_waits_for_its_review():
    (text,) = Publication.objects.all()
    assert text.state == "in_review"
    assert "邱某某" in text.text


def _cases_are_recommended():
    states = set(Recommendation.objects.values_list("state", flat=True))
    assert states == {"accepted", "published", "declined", "returned", "withdrawn"}


def _whoever_got_it_back_was_told_once():
    """By the liaison's own post; the constraint on messages holds that nobody is told twice of one entry."""
    spread(timezone.now())
    returned = Entry.objects.filter(target="tasks.task", verb="tasks.task.office_return")
    told = Message.objects.filter(entry__in=returned, channel="site", seat__post="liaison")
    assert sorted(told.values_list("entry", flat=True)) == sorted(returned.values_list("pk", flat=True))


def _papers_are_pdf_with_text(played):
    titles = [Path(path).name for path in played["documents"]]
    assert any("通知" in title for title in titles)
    assert any("汇总统计表" in title for title in titles)
    assert any("审批单" in title for title in titles)
    notice = pypdf.PdfReader(next(path for path in played["documents"] if "通知" in path))
    assert "英安办〔" in notice.pages[0].extract_text()


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["--units", "0"], "1 到 500"),
        (["--until", "6月31日"], "不是日期"),
        (["--until", "2001-06-20"], "才下达"),
    ],
)
def test_a_wish_that_cannot_be_is_refused(db, tmp_path, args, says):
    Unit.objects.all().delete()
    with pytest.raises(CommandError, match=says):
        demo(tmp_path, *args)


def test_papers_are_not_written_into_a_file(db, tmp_path):
    Unit.objects.all().delete()
    (tmp_path / "out").write_text("x")
    for folder in ("out", "out/inside"):
        with pytest.raises(CommandError, match="不是文件夹") as told:
            demo(tmp_path / folder)
        assert told.value.returncode == 2
    assert not Person.objects.exists()


@pytest.mark.once
def test_the_same_seed_gives_the_same_campaign_also_after_last_years(transactional_db, tmp_path):
    """Whose ids are other ones then: nothing is drawn by them."""
    year = dt.date.today().year
    runs = []
    for n, more in enumerate(([], ["--last-year"])):
        with (
            guard.lifted(),
        ):  # ids begin at 1 again, as in the empty database that the demo asks for
            call_command("flush", "--no-input", verbosity=0)
        found = demo(tmp_path / str(n), "--units", "4", "--until", f"{year}-06-12", *more)
        assert found.pop("journal")["ok"]
        runs.append(found | {"played": _played(found.pop("campaign")), "seconds": 0, "documents": []})
    assert runs[0] == runs[1]
    _last_years_is_over(year - 1)
    _two_years_are_compared()


def _played(plan):
    rows = Task.objects.filter(plan=plan).order_by("item__order", "unit__code")
    return list(rows.values_list("item__number", "unit__code", "state", "version", "first_submitted_at"))


def _last_years_is_over(year):
    """Nothing of it waits for anybody."""
    plan = Plan.objects.get(year=year)
    assert plan.state == "archived"
    assert {one.label for one in checklist(plan) if one.count} <= {"没有生成的公文"}, (
        "but for papers left to a worker"
    )
    assert reconcile(timezone.now())["different"] == []


def _two_years_are_compared():
    pair = pair_of({}, list(Plan.objects.all()))
    found = compare(pair, timezone.localtime())
    items = {line.name: (line.note, line.old.tasks > 0, line.new.tasks > 0) for line in found.items}
    assert items["第 1 项 学习贯彻重要论述"] == ("", True, True)
    assert items["第 2 项 大讲堂、公开课和基层宣讲"] == ("新增", False, True)
    assert items["第 5 项 安全文化巡回文艺演出"] == ("这次没有任务", True, False)
    assert any(line.note.startswith("含原") and line.name == "浛洸镇" for line in found.units)
    assert sum(1 for line in found.units if line.old.tasks and line.new.tasks) >= 4


@pytest.mark.parametrize("shift", [0, 30, 157, 200])
def test_a_moved_plan_still_says_what_the_plan_says(shift):
    moved = reading.read(plan_text(2026, shift), reading.Lexicon())
    days = dt.timedelta(days=shift)
    assert [(p.start, p.end) for p in moved.periods] == [
        (dt.date(2026, 6, 1) + days, dt.date(2026, 6, 30) + days),
        (dt.date(2026, 6, 1) + days, dt.date(2026, 12, 31) + days),
    ]
    dated = [one.due for one in moved.reports if one.kind == "report"]
    assert dated == [dt.date(2026, month, day) + days for month, day in ((5, 30), (7, 1), (12, 1))]
    assert [date.end for date in moved.items[10].dates] == [dt.date(2026, 4, 30) + days]
    assert [date.end for date in moved.items[14].dates] == [dt.date(2026, 6, 30) + days]
    assert (moved.quotas[0].start, moved.quotas[0].end) == (
        dt.date(2026, 6, 1) + days,
        dt.date(2026, 12, 31) + days,
    )
