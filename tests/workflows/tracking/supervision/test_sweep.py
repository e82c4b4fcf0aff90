"""`sweep`: once and for all, late or twice or for a past day; numbers, papers, what stops it, constant statements."""

import datetime as dt
import json
from dataclasses import replace
from io import StringIO
from types import SimpleNamespace

import jsonschema
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from documents.models import Document, Register
from foundation.jobs import queue
from foundation.journal.models import Book, Entry
from foundation.journal.moves import transition
from foundation.journal.verify import first_bad
from foundation.organization.actors import SYSTEM
from foundation.organization.models import Day, Unit
from foundation.organization.seed import seed_days
from foundation.organization.services import save_days
from foundation.outbox.models import Message
from tests.cast import more_units
from tests.documents.papers import measured, texts
from tests.house import ROOT
from tests.workflows.tracking.conftest import CHINA, add_item, give, move, start_plan
from workflows.tasks.models import Task
from workflows.tracking.jobs import sweep_daily
from workflows.tracking.models import Reminder, Slip
from workflows.tracking.supervision import outlook, reading
from workflows.tracking.supervision.sweep import PAPERS, Swept, dry_run, last_swept, sweep

SCHEMA = json.loads((ROOT / "docs/schemas/sweep.json").read_text())
NOTHING = {
    "reminders": 0,
    "slips": {"blue": 0, "yellow": 0, "red": 0},
    "clocks": 0,
    "messages": 0,
    "skipped": 0,
}


def morning(day: int, month: int = 6) -> dt.datetime:
    return dt.datetime(2026, month, day, 8, 30, tzinfo=CHINA)


def numbers(found, but: str = "") -> dict:
    return {key: value for key, value in found.as_json().items() if key not in ("at", but)}


def command(*arguments) -> dict:
    out = StringIO()
    call_command("sweep", *arguments, "--json", stdout=out, stderr=StringIO())
    found = json.loads(out.getvalue())
    jsonschema.validate(found, SCHEMA)
    return found


def test_the_first_sweep_catches_up(campaign):
    """Item 1 was due on Wednesday 10: Friday is T+1. Item 2 is due on Tuesday 16: Friday is T-3."""
    assert numbers(sweep(at=morning(12))) == NOTHING | {
        "reminders": 1, "slips": {"blue": 3, "yellow": 0, "red": 0}, "skipped": 10, "messages": 9,
    }  # fmt: skip
    assert list(Reminder.objects.filter(outcome="sent").values_list("task", "rung")) == [
        (campaign.tasks["jia", "2"], "T-3")
    ]


def test_twice_gives_zeros(campaign):
    first = sweep(at=morning(12))
    entries = Entry.objects.count()
    assert numbers(sweep(at=morning(12) + dt.timedelta(hours=3))) == NOTHING != numbers(first)
    assert Entry.objects.count() == entries


def test_day_by_day_every_rung_once(campaign):
    found = [sweep(at=morning(day)) for day in range(1, 31)]
    assert sum(one.reminders for one in found) == 3 * 3 + 3  # of items 1 and 2, each rung on its day
    assert {c: sum(one.slips[c] for one in found) for c in ("blue", "yellow", "red")} == {
        "blue": 4, "yellow": 4, "red": 4,
    }  # fmt: skip
    assert sum(one.skipped for one in found) == 0
    days = dict(Slip.objects.filter(task=campaign.tasks["jia", "1"]).values_list("rung", "issued_on"))
    assert days == {"T+1": dt.date(2026, 6, 12), "T+3": dt.date(2026, 6, 16), "T+7": dt.date(2026, 6, 22)}


def test_a_sweep_that_was_not_run_for_a_week_sends_every_slip(campaign):
    sweep(at=morning(12))
    assert sweep(at=morning(22)).slips == {"blue": 1, "yellow": 4, "red": 3}


def test_a_past_day_changes_nothing(campaign):
    sweep(at=morning(12))
    entries = Entry.objects.count()
    assert numbers(sweep(at=morning(11))) == numbers(dry_run(at=morning(11))) == NOTHING
    assert Entry.objects.count() == entries
    assert last_swept() == dt.date(2026, 6, 12)


def test_a_dry_run_says_what_the_sweep_then_does_and_writes_nothing(campaign):
    said = command("--at", "2026-06-12T08:30", "--dry-run")
    assert not any(model.objects.exists() for model in (Slip, Reminder, Book))
    assert not Entry.objects.filter(verb__startswith="tracking.").exists()
    assert not Message.objects.exists()
    assert command("--at", "2026-06-12T08:30") == said
    assert said["messages"] == 9
    assert said["at"] == "2026-06-12T08:30:00+08:00"


def test_what_was_handed_in_is_chased_no_more_and_its_slips_close_when_it_is_done(campaign, cast):
    late = campaign.tasks["jia", "1"]
    sweep(at=morning(12))
    move(Task.receive, late, seat=cast.town.liaison, at=morning(12))
    move(Task.submit, late, seat=cast.town.liaison, at=morning(12), version=1)
    assert sweep(at=morning(16)).slips["yellow"] == 2
    assert Slip.objects.get(task=late).state == "issued"  # the answer is still owed
    transition(Task.reach_office, late, actor=SYSTEM, at=morning(16))
    transition(Task.accept, late, actor=SYSTEM, at=morning(16))
    sweep(at=morning(17))
    assert Slip.objects.get(task=late).state == "closed"
    assert first_bad()[1] is None


@pytest.mark.parametrize(
    "state", ["accepted", "waived", "cancelled", "waiver_review", "archived", "rejected"]
)
def test_nobody_is_chased_for_what_is_not_his_to_do(cast, state):
    give(add_item(start_plan(cast), "1", dt.date(2026, 6, 10)), cast.town.unit, state)
    assert numbers(sweep(at=morning(22)), but="messages") == numbers(Swept(morning(22)), but="messages")


def test_a_campaign_that_is_archived_chases_nobody(cast):
    give(add_item(start_plan(cast, state="archived"), "1", dt.date(2026, 6, 10)), cast.town.unit)
    assert numbers(sweep(at=morning(22)), but="messages") == numbers(Swept(morning(22)), but="messages")


def test_numbers_have_no_gap_and_rise_with_the_colours(campaign, cast):
    Unit.objects.filter(pk=cast.office.pk).update(document_code="某安办")
    sweep(at=morning(22))
    slips = list(Slip.objects.order_by("number"))
    assert [one.number for one in slips] == [*range(1, 12)]
    assert [one.colour for one in slips] == ["blue"] * 4 + ["yellow"] * 4 + ["red"] * 3
    assert slips[0].full_number == "某安办督〔2026〕1号"
    assert Register.objects.get().last == 11
    assert slips[0].reply_by == dt.date(2026, 6, 25)
    assert [one.listed for one in slips] == [False] * 8 + [True] * 3


def test_an_organ_without_a_code_still_numbers(campaign):
    sweep(at=morning(12))
    assert Slip.objects.earliest("pk").full_number == "督办〔2026〕1号"


def test_a_newer_ladder_goes_on_where_an_older_one_ends(campaign, monkeypatch):
    (old,) = reading.ladders()
    longer = (*old.rungs, replace(old.last, offset=9))
    newer = replace(old, effective_from=dt.date(2026, 6, 12), rungs=longer)  # item 2 is due on the 16th
    for module in (reading, outlook):
        monkeypatch.setattr(module, "ladders", lambda: (old, newer))
    for day in (22, 26, 29, 30):
        sweep(at=morning(day))
    mine = [campaign.tasks["jia", "1"], campaign.tasks["jia", "2"]]
    reds = Slip.objects.filter(colour="red", task__in=mine).order_by("pk")
    assert list(reds.values_list("task", "rung")) == [(mine[0], "T+7"), (mine[1], "T+7"), (mine[1], "T+9")]


def test_every_slip_has_its_paper(campaign, cast):
    sweep(at=morning(12))
    queue.run_due(morning(12))
    papers = Document.objects.filter(subject="tracking.slip")
    assert {(one.kind, one.state) for one in papers} == {("supervision", "issued")}
    slip = Slip.objects.earliest("pk")
    paper = papers.get(subject_id=slip.pk)
    assert (paper.full_number, paper.unit_id) == (slip.full_number, slip.unit_id)
    said = "".join(texts(measured(paper.file.path.read_bytes())["pages"][0])).replace(" ", "")
    assert all(words in said for words in ("督办〔2026〕1号", "蓝色督办（T+1）", "甲镇人民政府", "依据待核"))
    assert "至今未报，已超期2个工作日。" in dict(paper.content["content"])["督办事项"]
    queue.put(PAPERS, args={}, owner=None, at=morning(12))
    queue.run_due(morning(12))
    assert papers.count() == 3


def test_free_days_of_the_table_are_not_counted_and_a_table_that_ends_stops_nothing(campaign):
    days = {dt.date(2026, 6, 11): (False, "放假")}
    save_days(days, at=morning(1))
    assert sweep(at=morning(12)).slips["blue"] == 0  # T+0
    assert sweep(at=morning(15)).slips["blue"] == 3
    err = StringIO()
    Day.objects.all().delete()
    call_command("sweep", "--at", "2026-12-20", stdout=StringIO(), stderr=err)
    assert "2026 年工作日历尚未导入" in err.getvalue()
    assert "2027 年工作日历尚未导入" in err.getvalue()
    assert Slip.objects.filter(colour="red").count() == 5
    assert Entry.objects.filter(verb="journal.book.supervision.sweep").latest("pk").data["missing"] == [
        2026,
        2027,
    ]


@pytest.mark.parametrize("at", ["", "明天", "2026-13-01", "9999-01-01"])
def test_a_bad_instant_is_told(db, at):
    with pytest.raises(CommandError, match="看不懂时间") as told:
        call_command("sweep", "--at", at)
    assert told.value.returncode == 2


def test_a_year_mistyped_by_decades_does_not_end_supervision(campaign):
    with pytest.raises(CommandError, match="核对年份") as told:
        call_command("sweep", "--at", "2062-06-12")
    assert (told.value.returncode, last_swept()) == (2, None)


def test_statements_do_not_grow_with_the_tasks(cast):
    plan = start_plan(cast)
    counts = []
    for n, many in ((1, 3), (2, 30)):
        units = more_units(many)
        for order, due in ((1, dt.date(2026, 6, 10)), (2, dt.date(2026, 6, 16)), (3, dt.date(2026, 6, 1))):
            period = add_item(plan, str(order + 3 * n), due)
            for unit in units:
                give(period, unit)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            found = sweep(at=morning(11 + n))
        assert (found.reminders, found.slips["blue"]) == (many, 2 * many)
        counts.append(len(asked))
    assert counts[1] <= counts[0]


def test_the_worker_sweeps_once_on_the_morning_of_a_working_day(campaign):
    def run(at):
        return sweep_daily(SimpleNamespace(at=at))

    assert run(morning(12).replace(hour=8, minute=29)) is None
    assert run(morning(13)) is None  # a Saturday
    assert run(morning(15).replace(hour=14))["slips"]["blue"] == 3
    assert run(morning(15).replace(hour=15)) is None


def test_seeded_days_say_nothing_is_missing(campaign):
    save_days(seed_days(2026), at=morning(1))
    assert sweep(at=morning(12)).missing == ()
