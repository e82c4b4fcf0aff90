"""同比: the campaign beside the one it was copied from, up to the same day, with units that were merged meanwhile."""

import datetime as dt
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from foundation.files.models import Attachment, path_of
from foundation.jobs import queue
from foundation.journal.moves import create
from foundation.organization.models import Unit
from tests.cast import actor, more_units
from tests.workflows.tracking.conftest import CHINA, NOW, add_item, give, move, start_plan
from workflows.plans.models import Plan
from workflows.tasks.models import Task
from workflows.tracking.analysis.years import houses

from .conftest import at, hand_in

PAGE = "/analysis/years/"


def last(day: int, month: int = 6) -> dt.datetime:
    return dt.datetime(2025, month, day, 9, tzinfo=CHINA)


@pytest.fixture
def years(played, cast):
    """Last year's: 甲镇 in time on 3 June, its end on 30 June; what a unit handed in that is 乙镇 now."""
    Plan.objects.filter(pk=played.plan).update(year=2026, starts_on=dt.date(2026, 6, 1))
    gone = Unit.objects.create(
        code="gone", name="原戊镇", short_name="戊镇", kind="town", ended_on=dt.date(2025, 12, 1), successor=cast.other.unit
    )  # fmt: skip
    plan = start_plan(cast, "2025年活动方案")
    Plan.objects.filter(pk=plan).update(year=2025, starts_on=dt.date(2025, 6, 1))
    period = add_item(plan, "1", dt.date(2025, 6, 10))
    jia, wu = (give(period, unit, at=last(1)) for unit in (cast.town.unit, gone))
    move(Task.receive, jia, seat=cast.town.liaison, at=last(2))
    hand_in(jia, cast.town.liaison, 1, last(3))
    move(Task.accept, jia, seat=cast.clerk, at=last(4))
    Task.objects.filter(pk=wu).update(state="accepted")  # by hand: nobody of that unit is among the cast
    extra = give(add_item(plan, "9", None), cast.town.unit, at=last(20))
    return {"new": played.plan, "old": plan, "jia": jia, "wu": wu, "extra": extra}


def rows(answer) -> dict[str, tuple]:
    return {row["name"]: (row["old"].words, row["new"].words, row["change"], row["note"]) for row in answer.context["rows"]}  # fmt: skip


def test_the_latest_is_compared_with_the_one_it_was_copied_from(years, cast, sign_in):
    between = start_plan(cast, "秋季活动方案")
    Plan.objects.filter(pk=between).update(year=2025)
    give(add_item(between, "1", None), cast.town.unit)
    values = {"title": "复制的方案", "text": "…", "organ": cast.office, "state": "running", "year": 2026}
    (copied,) = create(
        Plan, values, actor=actor(cast.clerk), at=NOW, verb="copy", data={"from": years["old"]}
    )
    pair = sign_in(cast.clerk).get(PAGE).context["pair"]
    assert (pair.new.pk, pair.old.pk) == (copied, years["old"])


def test_units_stand_side_by_side_and_a_merged_one_with_its_successor(years, cast, sign_in):
    found = rows(sign_in(cast.clerk).get(PAGE, {"plan": years["new"]}))
    assert found["甲镇"] == ("100%", "100%", "持平", "")
    assert found["乙镇"] == ("0%", "0%", "持平", "含原戊镇")
    assert found["市丙局"] == ("—", "0%", "—", "新增")
    assert "戊镇" not in found


def test_the_same_day_of_last_year_comes_from_the_journal(years, cast, sign_in):
    client = sign_in(cast.clerk)
    same = client.get(PAGE, {"plan": years["new"]})
    assert same.context["found"].old.clock.now == NOW.replace(year=2025)
    assert {one.task for one in same.context["found"].old.tasks} == {
        years["jia"],
        years["wu"],
    }  # the ninth came later
    whole = client.get(PAGE, {"plan": years["new"], "span": "whole"})
    assert years["extra"] in {one.task for one in whole.context["found"].old.tasks}


def test_items_are_matched_and_those_of_one_year_are_named(years, cast, sign_in):
    found = rows(
        sign_in(cast.clerk).get(PAGE, {"plan": years["new"], "by": "items", "span": "whole", "of": "first"})
    )
    assert found["第 1 项 开展第1项活动"] == ("100%", "50%", "−50.0 个百分点", "")
    assert found["第 9 项 开展第9项活动"][3] == "这次没有任务"
    assert found["第 2 项 开展第2项活动"][3] == "新增"


def test_whichever_is_asked_for_first_the_later_one_is_this_year(years, cast, sign_in):
    pair = sign_in(cast.clerk).get(PAGE, {"plan": years["old"], "with": years["new"]}).context["pair"]
    assert (pair.new.pk, pair.old.pk) == (years["new"], years["old"])


def test_one_campaign_has_nothing_to_be_compared_with(campaign, cast, sign_in):
    client = sign_in(cast.clerk)
    assert "还没有可比的活动" in client.get(PAGE).content.decode()
    assert client.post(reverse("years_export")).status_code == 404


@pytest.mark.parametrize(
    "query", [{"with": "9" * 30}, {"plan": "x", "by": "?"}, {"of": "x"}, {"span": "x"}, {"page": "-1"}]
)
def test_odd_addresses_show_the_page(years, cast, sign_in, query):
    assert rows(sign_in(cast.clerk).get(PAGE, query))


def test_ten_times_the_units_make_the_same_number_of_queries(years, played, cast, sign_in):
    client, made = sign_in(cast.clerk), []
    for count in (2, 20):
        for unit in more_units(count):
            give(played.periods["1"], unit, at=at(1))
        with CaptureQueriesContext(connection) as queries:
            client.get(PAGE, {"plan": years["new"]})
        made.append(len(queries))
    assert made[0] == made[1] <= 22


def test_the_workbook_has_every_measure_for_who_asked(years, cast, sign_in):
    sent = {"plan": years["new"], "with": years["old"]}
    assert "/jobs/" in sign_in(cast.auditor).post(reverse("years_export"), sent).url
    queue.run_due(timezone.now())
    (made,) = Attachment.objects.filter(subject="tracking.analysisexport")
    assert made.name.startswith("同比")
    book = load_workbook(io.BytesIO(path_of(made.file.sha256).read_bytes()))
    whole = {row[0]: row[1:] for row in book.worksheets[0].iter_rows(min_row=3, values_only=True)}
    assert whole["任务件数"] == (2, 5, "+3")
    assert whole["一次通过率"] == ("100%", "50%", "−50.0 个百分点")
    assert [sheet.cell(1, 1).value for sheet in book][1:] == ["按单位", "按任务项"]


def test_who_carries_on_is_the_last_of_the_successors_or_the_unit_itself(cast, django_assert_num_queries):
    gone, merged, again, lives = Unit.objects.order_by("pk")[1:5]
    ended = {gone: None, merged: again, again: lives}
    for unit, successor in ended.items():
        Unit.objects.filter(pk=unit.pk).update(ended_on=dt.date(2026, 1, 1), successor=successor)
    with django_assert_num_queries(1):
        found = houses()
    heirs = [found[one.pk].heir for one in (gone, merged, again, lives)]
    assert heirs == [gone.pk, lives.pk, lives.pk, lives.pk]
