"""`board`: what it prints now and for a moment in the past."""

import datetime as dt
import json
import os
import subprocess
import sys
from io import StringIO

import jsonschema
import pytest
import time_machine
from django.core.management import call_command
from django.core.management.base import CommandError

from foundation.organization.ending import end_unit
from tests.cast import actor
from tests.house import ROOT
from workflows.plans.models import Plan
from workflows.tasks import services
from workflows.tasks.models import Task
from workflows.tracking.report import report

from .conftest import CHINA, NOW, SENT, add_item, give, move, start_plan

SCHEMA = json.loads((ROOT / "docs/schemas/board.json").read_text())
SIGNED = dt.datetime(2026, 6, 1, 9, tzinfo=CHINA)


def board(*arguments) -> dict:
    out = StringIO()
    call_command("board", *map(str, arguments), "--json", stdout=out)
    found = json.loads(out.getvalue())
    jsonschema.validate(found, SCHEMA)
    return found


def cells(found: dict, unit: str) -> dict:
    return next(row["cells"] for row in found["rows"] if row["unit"] == unit)


def test_now_every_cell_has_its_state_light_and_days(campaign):
    found = board(campaign.plan)
    assert found["at"] == "2026-06-12T10:24:00+08:00"
    assert cells(found, "jia") == {
        "1": {"state": "issued", "light": "overdue", "days": 2},
        "2": {"state": "issued", "light": "near", "days": 2},
        "3": {"state": "issued", "light": "idle", "days": 35},
    }
    assert found["totals"] == {
        "tasks": 5, "passed": 0, "overdue": 3, "near": 1, "ok": 0, "idle": 1, "done": 0,
    }  # fmt: skip


def test_it_asks_no_more_for_ten_times_the_items(campaign, django_assert_num_queries):
    plan = Plan.objects.get(pk=campaign.plan)
    for number in range(4, 34):
        add_item(campaign.plan, str(number), None)
    with django_assert_num_queries(4):
        report(plan=plan)
    with django_assert_num_queries(6):
        report(plan=plan, at=NOW)


def test_the_past_comes_from_the_journal(campaign, cast):
    move(Task.receive, campaign.tasks["jia", "1"], seat=cast.town.liaison, at=SIGNED)
    move(Task.submit, campaign.tasks["jia", "1"], seat=cast.town.liaison, at=NOW, version=1)
    before, after = (
        cells(board(campaign.plan, "--at", at), "jia")["1"] for at in ("2026-05-29T12:00", "2026-06-11")
    )
    assert before == {"state": "issued", "light": "idle", "days": 8}
    assert after == {"state": "received", "light": "overdue", "days": 1}


def test_the_journal_says_of_now_what_the_rows_say(campaign, cast):
    move(Task.receive, campaign.tasks["jia", "2"], seat=cast.town.liaison, at=SIGNED)
    move(Task.submit, campaign.tasks["jia", "2"], seat=cast.town.liaison, at=SIGNED, version=1)
    move(Task.cancel, campaign.tasks["yi", "1"], seat=cast.clerk, at=SIGNED)
    assert board(campaign.plan) == board(campaign.plan, "--at", NOW.isoformat())


def test_a_task_that_came_later_was_not_there(campaign, cast):
    give(campaign.periods["2"], cast.other.unit, at=NOW)
    assert "2" not in cells(board(campaign.plan, "--at", "2026-06-11"), "yi")
    assert board(campaign.plan, "--at", SENT.replace(day=1).isoformat())["rows"] == []


def test_what_was_cancelled_since_was_still_there(campaign, cast):
    move(Task.cancel, campaign.tasks["yi", "1"], seat=cast.clerk, at=NOW)
    assert "1" in cells(board(campaign.plan, "--at", "2026-06-11"), "yi")


def test_a_campaign_is_found_by_its_exact_title(campaign):
    assert board("安全生产月活动方案") == board(campaign.plan)


def test_for_people_it_names_what_is_late(campaign):
    out = StringIO()
    call_command("board", str(campaign.plan), stdout=out)
    assert "甲镇：第 1 项超期 2 天" in out.getvalue()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [(["没有的活动"], "没有活动"), (["99"], "没有活动"), (["1" * 5000], "没有活动"), (["安全生产月活动方案", "--at", "昨天"], "看不懂时间"),
     (["安全生产月活动方案", "--at", "2026-13-01"], "看不懂时间")],
)  # fmt: skip
def test_bad_input_is_answered_with_a_sentence_and_exit_2(campaign, arguments, says):
    with pytest.raises(CommandError, match=says) as error:
        board(*arguments)
    assert error.value.returncode == 2


def test_two_campaigns_of_one_title_are_told_apart_by_number(campaign, cast):
    start_plan(cast)
    with pytest.raises(CommandError, match="改用编号"):
        board("安全生产月活动方案")


def test_two_items_of_one_number_are_both_on_the_board(campaign):
    campaign.periods["2"].item.__class__.objects.filter(number="2").update(number="1")
    assert set(cells(board(campaign.plan), "jia")) == {"1#1", "1#2", "3"}


def test_on_a_fresh_data_folder_the_campaign_is_just_not_there(tmp_path):
    done = subprocess.run(
        [sys.executable, "manage.py", "board", "1", "--json"], cwd=ROOT, capture_output=True, text=True,
        env={k: v for k, v in os.environ.items() if k != "DATABASE_URL"} | {"ANBAN_DATA": str(tmp_path)},
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, "")
    assert "没有活动" in done.stderr


def test_every_day_is_told_afterwards_as_it_was_told_on_it(campaign, cast):
    """Day by day what people do; every evening the board of then is kept, and read again from the journal at the end."""
    jia, yi = cast.town, cast.other
    near, far = campaign.tasks["jia", "2"], campaign.tasks["jia", "3"]

    def extend(at: dt.datetime) -> None:
        until = dt.date(2026, 6, 24)
        services.ask_extension(task=near, until=until, reason="顺延。", actor=actor(jia.liaison), at=at)
        services.agree_extension(task=near, until=until, actor=actor(cast.clerk), at=at)

    def merge(at: dt.datetime) -> None:
        whom = {"unit": jia.unit, "successor": yi.unit, "on": at.date(), "follow": False}
        end_unit(**whom, actor=actor(cast.administrator), at=at)

    acts = {
        12: lambda at: move(Task.receive, near, far, seat=jia.liaison, at=at),
        14: extend,
        15: lambda at: move(Task.submit, campaign.tasks["bing", "1"], seat=cast.department.liaison, at=at, version=1),
        16: merge,  # 乙镇 owes item 1 itself, and takes items 2 and 3 over
        17: lambda at: move(Task.cancel, campaign.tasks["yi", "1"], seat=cast.clerk, at=at),
        18: lambda at: give(campaign.periods["3"], cast.department.unit, at=at),
        25: lambda at: move(Task.submit, near, seat=yi.liaison, at=at, version=1),
    }  # fmt: skip
    move(Task.receive, campaign.tasks["bing", "1"], seat=cast.department.liaison, at=SIGNED)
    told = {}
    for day in range(12, 30):
        with time_machine.travel(dt.datetime(2026, 6, day, 18, tzinfo=CHINA), tick=False):
            acts.get(day, lambda at: None)(dt.datetime.now(CHINA))
            told[day] = board(campaign.plan)
    assert cells(told[15], "jia").keys() == {"1", "2", "3"}
    assert cells(told[16], "yi").keys() == {"1", "2", "3"}
    assert {day: board(campaign.plan, "--at", one["at"]) for day, one in told.items()} == told


@pytest.mark.parametrize("at", ["0001-01-01T00:00", "9999-12-31T23:00:00-12:00", "9999-12-31", ""])
def test_an_instant_out_of_reach_is_told(campaign, at):
    with pytest.raises(CommandError, match="看不懂时间"):
        board(campaign.plan, "--at", at)
