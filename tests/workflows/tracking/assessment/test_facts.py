"""What is scored comes from tasks, submissions and the journal, and costs the same for ten times the units."""

from __future__ import annotations

import ast
import datetime as dt
import json
from decimal import Decimal
from io import StringIO

import jsonschema
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from foundation.journal.moves import record
from foundation.organization.ending import end_unit
from foundation.organization.services import working_calendar
from tests.cast import actor, more_units
from tests.house import ROOT, sources
from tests.workflows.registers.rows import RELEASE, TIP, row
from workflows.cases.models import Act, Case, Decision, Party, Recommendation
from workflows.plans.models import Period, Plan
from workflows.plans.versions import supersede
from workflows.registers.models import Candidate, Register, Selection
from workflows.tasks.models import Task
from workflows.tracking.assessment import keeping
from workflows.tracking.assessment.gathering import facts_of
from workflows.tracking.assessment.report import report, scheme_of

from ..conftest import SENT, give
from .conftest import DUE, TODAY, hand_in

SCHEMA = json.loads((ROOT / "docs/schemas/assess.json").read_text())


def lost(plan: Plan) -> dict[str, str]:
    (unit,) = report(plan, TODAY)["units"]
    return {line["rule"]: line["why"] for line in unit["lines"] if line["why"]}


def files(**slots: int) -> list[dict[str, str]]:
    return [{"slot": slot, "name": f"{n}.bin"} for slot, many in slots.items() for n in range(many)]


def test_a_unit_that_did_nothing_is_told_so_rule_by_rule(year):
    assert lost(year) == {
        "plan": "事项R1没有报送", "schedule": "事项R1没有报送", "month": "事项R2没有报送", "annual": "事项R3没有报送",
        "coverage": "应完成 1 项，未完成 1 项", "cases": "事项C没有推荐，也没有说明原因",
    }  # fmt: skip


def test_what_was_handed_in_is_looked_at_in_its_last_version(year, cast):
    by, whole = cast.town.liaison, {"attachments": files(final=1, editable=1, photos=3)}
    hand_in(
        year, "R1", dt.date(2026, 6, 2), by, attachments=files(final=1, photos=3), schedule=[{"name": "播出"}]
    )
    month = hand_in(year, "R2", DUE["R2"], by, **whole)
    hand_in(year, "R3", DUE["R3"], by, **whole)
    hand_in(year, "1", dt.date(2026, 6, 1), by)
    hand_in(year, "C", dt.date(2026, 12, 1), by, cases=[], cases_note="本辖区没有立案。")
    record(Task, month.pk, "urge", actor=actor(cast.clerk), at=SENT)  # is no return
    assert lost(year) == {
        "plan": "事项R1超期 2 个工作日", "schedule": "事项R1超期 2 个工作日", "complete": "事项R1缺可编辑版本",
    }  # fmt: skip


def test_what_a_supplement_asked_for_after_acceptance_takes_nothing_off(year, cast):
    hand_in(year, "1", dt.date(2026, 6, 1), cast.town.liaison)
    before = lost(year)
    item = year.items.get(number="1")
    supersede(
        item=item, text="…", deliverables=["records", "report", "schedule"], due={}, basis="补充通知", at=SENT
    )
    assert lost(year) == before
    Task.objects.filter(item=item).update(item_version=2)
    assert lost(year) != before, "whoever takes it is asked for it"


def test_a_case_is_in_time_by_the_day_it_was_recommended(year, cast):
    case = Case.objects.create(title="某案", unit=cast.town.unit, opened_on=TODAY, pack="p", pack_version=1)
    Recommendation.objects.create(
        case=case, plan=year, item=year.items.get(number="C"), unit=cast.town.unit, kind="referral", summary="…",
        merit="…", first_on=dt.date(2026, 11, 3), state="accepted",
    )  # fmt: skip
    assert "cases" not in lost(year)


def test_no_number_of_penalties_and_no_amount_changes_a_score(year, cast):
    """行政处罚法 74: what is fined, and how often, is nobody's merit."""
    test_a_case_is_in_time_by_the_day_it_was_recommended(year, cast)
    before, case = report(year, TODAY), Case.objects.get()
    by = {"case": case, "by": cast.town.liaison}
    party = Party.objects.create(kind="entity", name="某厂", **by)
    act = Act.objects.create(text="违法", **by)
    for n in range(5):
        Decision.objects.create(
            number=f"{n}", date=TODAY, party=party, act=act, amount=10**6 * n, article="97", **by
        )
    for n in range(5):
        more = Case.objects.create(
            title=f"另案{n}", unit=cast.town.unit, opened_on=TODAY, pack="p", pack_version=1
        )
        Recommendation.objects.create(
            case=more, plan=year, item=year.items.get(number="C"), unit=cast.town.unit, kind="double_penalty",
            summary="…", merit="…", first_on=dt.date(2026, 11, 4), state="accepted",
        )  # fmt: skip
    assert report(year, TODAY) == before


def test_the_assessment_knows_nothing_of_decisions():
    for path in sources(".py"):
        if "tracking/assessment" in str(path) and "tests" not in str(path):
            named = {getattr(node, "module", "") or "" for node in ast.walk(ast.parse(path.read_text()))}
            assert not any(name.startswith("workflows.cases") for name in named), path


def test_a_unit_that_was_merged_is_not_blamed_for_having_no_liaison_since(year, cast):
    end_unit(
        unit=cast.town.unit,
        on=SENT.date(),
        successor=cast.other.unit,
        follow=True,
        actor=actor(cast.administrator),
        at=SENT,
    )
    give(Period.objects.filter(item__plan=year, item__number="1").get(), cast.town.unit, "archived")
    (facts,) = [one for one in facts_of(year, TODAY, working_calendar()) if one.unit == "jia"]
    assert facts.has_liaison


def bonus(plan: Plan, *rules: str) -> list[tuple]:
    (unit,) = report(plan, TODAY)["units"]
    return [(one["rule"], one["points"], one["evidence"]) for one in unit["lines"] if one["rule"] in rules]


def test_releases_and_selected_works_are_counted_from_the_registers(year, cast):
    release = row("media", RELEASE, cast.clerk)
    row("media", RELEASE | {"title": "未写单位", "unit": ""}, cast.clerk)
    row("media", RELEASE | {"title": "曝光堵塞", "content": "曝光"}, cast.clerk)  # is no merit
    row("media", RELEASE | {"title": "自家公众号", "channel": "其他新媒体"}, cast.clerk)
    row("media", RELEASE | {"title": "去年", "at": "2025-12-30 09:00"}, cast.clerk)
    work = {"number": "Z01", "title": "画", "kind": "条漫", "unit": "甲镇", "day": "2026-04-10"}
    works = [row("works", work | {"number": f"Z{n}"}, cast.clerk) for n in range(3)]
    register = Register.objects.get(code="works")
    selection = Selection.objects.create(
        register=register, title="评选", start=SENT, end=SENT, wanted=2, state="chosen"
    )
    for pk, state in zip(works, ("chosen", "chosen", "passed"), strict=True):
        Candidate.objects.create(selection=selection, row_id=pk, state=state)
    assert bonus(year, "media", "works") == [("media", 0.5, [release]), ("works", 2, works[:2])]
    mark = keeping.adjust(
        plan=year.pk,
        unit=cast.town.unit.pk,
        code="works",
        points=Decimal(2),
        why="省级另有入选",
        actor=actor(cast.clerk),
        at=SENT,
    )
    assert bonus(year, "works") == [("works", 2, works[:2]), ("works", 1, [mark])]  # three at most


def test_a_campaign_over_new_year_counts_from_the_year_it_begins_in(year, cast):
    release = row("media", RELEASE, cast.clerk)
    Plan.objects.filter(pk=year.pk).update(starts_on=dt.date(2026, 11, 1), ends_on=dt.date(2027, 3, 31))
    year.refresh_from_db()
    assert bonus(year, "media") == [("media", 0.5, [release])]


def test_no_tip_is_a_merit(year, cast):
    """What is reported, found true and rewarded stands near penalties: 行政处罚法 74."""
    before = report(year, TODAY)
    for n in range(9):
        row("tips", TIP | {"number": f"J-{n}"}, cast.clerk)
    assert report(year, TODAY) == before


def test_ten_times_the_units_take_the_same_queries(year, django_assert_num_queries):
    def asked(count: int) -> None:
        with django_assert_num_queries(13):
            bonuses = scheme_of(year, TODAY).bonuses
            assert len(facts_of(year, TODAY, working_calendar(), bonuses)) == count

    asked(1)
    for unit in more_units(10):
        for period in Period.objects.filter(item__plan=year):
            give(period, unit)
    asked(11)


def test_the_command_prints_what_the_schema_says(year):
    out = StringIO()
    call_command("assess", str(year.pk), "--json", stdout=out)
    found = json.loads(out.getvalue())
    jsonschema.validate(found, SCHEMA)
    assert (found["scheme"], found["version"]) == ("campaign-2021", 2)
    assert [unit["unit"] for unit in found["units"]] == ["jia"]


def test_for_people_it_names_what_was_lost(year):
    out = StringIO()
    call_command("assess", year.title, stdout=out)
    assert "plan 0/10 事项R1没有报送" in out.getvalue()


def test_a_campaign_that_is_not_there_is_bad_input(db):
    with pytest.raises(CommandError, match="没有活动") as caught:
        call_command("assess", "没有的")
    assert caught.value.returncode == 2
