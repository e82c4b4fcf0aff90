"""What is scored comes from tasks, submissions and the journal, and costs the same for ten times the units."""

from __future__ import annotations

import ast
import datetime as dt
import json
from io import StringIO

import jsonschema
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from foundation.journal.moves import record
from foundation.organization.models import Unit
from foundation.organization.services import working_calendar
from tests.cast import actor
from tests.house import ROOT, sources
from workflows.cases.models import Act, Case, Decision, Party, Recommendation
from workflows.plans.models import Period, Plan
from workflows.tasks.models import Task
from workflows.tracking.assessment.gathering import facts_of
from workflows.tracking.assessment.report import report

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
        "plan": "事项R1逾期 2 个工作日", "schedule": "事项R1逾期 2 个工作日", "complete": "事项R1缺可编辑版本",
    }  # fmt: skip


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


def test_ten_times_the_units_take_the_same_queries(year, django_assert_num_queries):
    def asked(count: int) -> None:
        with django_assert_num_queries(10):
            assert len(facts_of(year, TODAY, working_calendar())) == count

    asked(1)
    for n in range(10):
        unit = Unit.objects.create(code=f"u{n}", name=f"单位{n}", short_name=f"单位{n}", kind="town")
        for period in Period.objects.filter(item__plan=year):
            give(period, unit)
    asked(11)


def test_the_command_prints_what_the_schema_says(year):
    out = StringIO()
    call_command("assess", str(year.pk), "--json", stdout=out)
    found = json.loads(out.getvalue())
    jsonschema.validate(found, SCHEMA)
    assert (found["scheme"], found["version"]) == ("campaign-2021", 1)
    assert [unit["unit"] for unit in found["units"]] == ["jia"]


def test_for_people_it_names_what_was_lost(year):
    out = StringIO()
    call_command("assess", year.title, stdout=out)
    assert "plan 0/10 事项R1没有报送" in out.getvalue()


def test_a_campaign_that_is_not_there_is_bad_input(db):
    with pytest.raises(CommandError, match="没有活动") as caught:
        call_command("assess", "没有的")
    assert caught.value.returncode == 2
