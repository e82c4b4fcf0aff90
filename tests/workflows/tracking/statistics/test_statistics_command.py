"""`statistics`: what it prints, and the workbook it writes."""

import datetime as dt
import json
from io import StringIO

import jsonschema
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from openpyxl import load_workbook

from foundation.organization.ending import end_unit
from tests.cast import actor
from tests.house import ROOT
from tests.workflows.registers.rows import row
from tests.workflows.tracking.conftest import start_plan
from workflows.tasks.models import Submission

SCHEMA = json.loads((ROOT / "docs/schemas/statistics.json").read_text())


def run(*arguments, json_=True) -> str:
    out = StringIO()
    call_command("statistics", *map(str, arguments), *(["--json"] if json_ else []), stdout=out)
    return out.getvalue()


def printed(plan, cutoff="2026-06-11", period="month") -> dict:
    found = json.loads(run(plan, "--period", period, "--cutoff", cutoff))
    jsonschema.validate(found, SCHEMA)
    return found


def test_totals_are_sums_and_who_is_missing_is_named(june):
    found = printed(june.plan)
    assert (found["period"], found["cutoff"], found["missing"]) == ("month", "2026-06-11", ["bing"])
    assert [(one["unit"], one["status"]) for one in found["units"]] == [
        ("jia", "accepted"),
        ("yi", "in_review"),
    ]
    assert (
        found["totals"]["S01.sessions"],
        found["totals"]["S01.people"],
        found["totals"]["S07.pieces"],
    ) == (4, 170, 7)
    assert found["totals"] == {
        code: sum(one["cells"][code] for one in found["units"]) for code in found["totals"]
    }


def test_what_does_not_fit_is_told_with_its_cell(june):
    assert printed(june.plan)["warnings"] == [
        {"unit": "yi", "code": "S16.confirmed", "rule": "at_most", "text": "S16 查实不能多于受理。"}
    ]


def test_another_number_than_the_register_holds_is_told_unless_it_was_explained(june, cast):
    for day in ("2026-06-06", "2026-06-07", "2026-06-30"):  # the last one after the cutoff
        row("visits", {"name": "敲门行动", "day": day, "unit": "甲镇"}, cast.clerk)
    told = {
        "unit": "jia", "code": "S13.times", "rule": "register",
        "text": "S13 行动填的是 0，登记册（志愿服务和敲门行动）有 2；请采用登记册的数，或在说明栏写明原因。",
    }  # fmt: skip
    found = printed(june.plan)
    assert told in found["warnings"]
    assert found["totals"]["S13.times"] == 0  # what a register holds is never added
    version = Submission.objects.get(task=june.tasks["jia"])
    version.content["statistics"]["notes"]["S13"] = "由社区报送"
    version.save()
    assert told not in printed(june.plan)["warnings"]


def test_what_ends_later_does_not_count_yet(june):
    found = printed(june.plan, "2026-06-10")
    assert (found["units"], found["missing"]) == ([], ["jia", "yi", "bing"])
    assert set(found["totals"].values()) == {0}


@pytest.mark.parametrize(
    ("cutoff", "units"),
    [("0001-01-01", []), ("2025-06-30", []), ("2026-05-01", []), ("9999-12-31", ["jia", "yi"])],
)
def test_a_day_far_from_the_campaign_is_a_day_like_any_other(june, cutoff, units):
    assert [one["unit"] for one in printed(june.plan, cutoff)["units"]] == units


def test_a_unit_that_was_merged_keeps_what_it_reported_and_owes_nothing_twice(june, cast):
    at = dt.datetime(2026, 6, 12, 9, tzinfo=dt.UTC)
    by = actor(cast.administrator)
    for unit in (cast.town.unit, cast.department.unit):
        end_unit(unit=unit, on=at.date(), successor=cast.other.unit, follow=True, at=at, actor=by)
    found = printed(june.plan)
    assert [one["unit"] for one in found["units"]] == ["jia", "yi"]
    assert (found["totals"]["S01.people"], found["missing"]) == (170, [])


def test_of_a_kind_that_nobody_owes_there_is_nothing(june):
    found = printed(june.plan, period="cumulative")
    assert (found["units"], found["missing"], found["warnings"]) == ([], [], [])


def test_the_workbook_holds_totals_cells_missing_units_and_warnings(june, tmp_path):
    path = tmp_path / "汇总.xlsx"
    assert run(june.plan, "--period", "month", "--cutoff", "2026-06-11", "--xlsx", path, json_=False) == ""
    totals, cells, missing, warnings = load_workbook(path).worksheets
    assert next(row[3].value for row in totals.iter_rows() if row[0].value == "S01.people") == 170
    column = next(box.column for box in cells[2] if str(box.value).startswith("S01.people"))
    assert [cells.cell(row, column).value for row in (3, 4, 5)] == [120, 50, 170]
    assert missing["A3"].value == "市丙局"
    assert warnings["B3"].value == "S16.confirmed"


def test_for_people_it_names_totals_and_who_is_missing(june):
    told = run(june.plan, "--period", "month", "--cutoff", "2026-06-11", json_=False)
    assert "已报 2 家，缺报 1 家，需核对 1 处" in told
    assert "缺报：市丙局" in told
    assert "乙镇：S16 查实不能多于受理。" in told


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["没有的活动", "--period", "month", "--cutoff", "2026-06-30"], "没有活动"),
        (["安全生产月活动方案", "--period", "week", "--cutoff", "2026-06-30"], "不认识的口径“week”"),
        (["安全生产月活动方案", "--period", "month", "--cutoff", "六月底"], "看不懂日期"),
        (["安全生产月活动方案", "--period", "month", "--cutoff", "2026-06-31"], "看不懂日期"),
        (
            [
                "安全生产月活动方案",
                "--period",
                "month",
                "--cutoff",
                "2026-06-30",
                "--xlsx",
                "/nowhere/a.xlsx",
            ],
            "没有文件夹",
        ),
        (["安全生产月活动方案", "--period", "month", "--cutoff", "2026-06-30", "--xlsx", ""], "文件"),
    ],
)
def test_bad_input_is_answered_with_a_sentence_and_exit_2(june, arguments, says):
    with pytest.raises(CommandError, match=says) as error:
        run(*arguments)
    assert error.value.returncode == 2


def test_of_two_campaigns_with_one_title_the_number_is_asked_for(june, cast):
    other = start_plan(cast)
    with pytest.raises(CommandError, match=f"请改用编号：{june.plan}、{other}") as error:
        run("安全生产月活动方案", "--period", "month", "--cutoff", "2026-06-30")
    assert error.value.returncode == 2
    assert printed(other)["units"] == []
