"""附件2 on the page of a task: what the records add up to stands beside the cells, and is taken over by a press."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import identity
from tests.workflows.registers.rows import row as enter
from tests.workflows.tasks.minutes import Minutes
from workflows.plans.models import Item
from workflows.tasks.figures.drafted import taken_over
from workflows.tasks.models import Draft

cells = st.dictionaries(st.sampled_from(["sessions", "people"]), st.integers(0, 999), min_size=1)
known = st.dictionaries(st.sampled_from(["S01", "S02"]), cells)
typed = st.dictionaries(
    st.sampled_from(["S01", "S03"]), st.dictionaries(st.sampled_from(["sessions", "note"]), st.text("1 x"))
)


@given(typed, known)
def test_nothing_typed_is_overwritten(typed, known):
    filled, count = taken_over(typed, known)
    for code, row in typed.items():
        assert {key: text for key, text in row.items() if text.strip()}.items() <= filled[code].items()
    assert count == sum(
        not typed.get(code, {}).get(key, "").strip() for code, row in known.items() for key in row
    )


def test_one_row_is_taken_over_whole_where_somebody_asks_for_it():
    typed = {"S01": {"sessions": "9"}, "S02": {"sessions": "9"}}
    known = {"S01": {"sessions": 1, "people": 5}, "S02": {"sessions": 2}}
    assert taken_over(typed, known, "S01") == (
        {"S01": {"sessions": "1", "people": "5"}, "S02": {"sessions": "9"}}, 2,
    )  # fmt: skip


@pytest.fixture
def desk(make, cast, client):
    """甲镇's figures of June, beside one record of item 1: 1 场, 86 人次."""
    done = Minutes(make(), cast)
    Item.objects.filter(tasks=done.pk).update(number="1")
    done.receive()
    done.hold()
    case = Minutes(make(deliverables=["statistics"], due=dt.date(2026, 7, 1)), cast, done.at)
    case.receive()
    case.client, case.url = identity(client, cast.town.liaison), reverse("task", args=[case.pk])
    case.done = done
    return case


def press(case, do: str, **fields) -> str:
    revision = getattr(Draft.objects.filter(task=case.pk).first(), "revision", 0)
    sent = {"do": do, "revision": revision, "version": 0} | {
        f"statistics-{name.replace('_', '-')}": value for name, value in fields.items()
    }
    return case.client.post(case.url, sent, follow=True).content.decode()


def drafted(case) -> dict:
    return Draft.objects.get(task=case.pk).content["statistics"]


def test_the_sums_of_the_records_stand_beside_the_cells(desk):
    page = desk.client.get(desk.url).content.decode()
    assert "活动记录合计 86" in page
    assert "已采用案例 0" in page


def test_empty_cells_are_filled_by_one_press_and_typed_ones_stay(desk):
    page = press(desk, "take_over", S01_sessions="3")
    assert "已填入 3 格。" in page
    assert drafted(desk)["S01"] == {"sessions": "3", "people": "86"}
    assert "不同于活动记录合计 1" in page


def test_a_row_that_differs_can_be_set_to_its_sums(desk):
    press(desk, "save", S01_sessions="3", S01_note="核对")
    assert drafted(desk)["S01"]["sessions"] == "3"
    press(desk, "take_over:S01", S01_sessions="3", S01_note="核对")
    assert drafted(desk)["S01"] == {"sessions": "1", "people": "86", "note": "核对"}


def test_records_written_later_show_a_difference_and_change_nothing(desk):
    press(desk, "take_over", cutoff="2026-06-30")
    desk.done.hold(form="宣讲", people=14)
    page = desk.client.get(desk.url).content.decode()
    assert "不同于活动记录合计 2" in page
    assert "不同于活动记录合计 100" in page
    assert drafted(desk)["S01"]["people"] == "86"


def test_the_sums_end_with_the_cutoff(desk):
    page = press(desk, "save", cutoff="2026-05-31")
    assert "活动记录合计" not in page.replace("“活动记录合计”", "")


def test_who_approves_reads_what_was_corrected_and_why(desk, cast):
    press(desk, "save", cutoff="2026-06-30", S01_sessions="2", S01_people="86", S01_note="另有一场未登记")
    desk.submit()
    page = desk.client.get(desk.url).content.decode()
    assert '场次 2 场<span class="muted">（活动记录合计 1）</span>' in page
    assert "另有一场未登记" in page


def test_what_a_register_holds_stands_beside_and_can_be_taken(desk, cast):
    """Where there are records they fill the cell; a register is taken by a press of its own, or explained."""
    enter("visits", {"name": "敲门行动", "day": "2026-06-02", "unit": "甲镇", "volunteers": "18"}, cast.clerk)
    enter("visits", {"name": "敲门行动", "day": "2026-06-03", "unit": "甲镇"}, cast.clerk)
    enter("visits", {"name": "敲门行动", "day": "2026-06-03", "unit": "乙镇"}, cast.clerk)
    html = press(desk, "take_over", S13_times="1")
    assert drafted(desk)["S13"] == {"times": "1", "volunteers": "18"}
    assert "不同于登记册 <a" in html
    press(desk, "take_kept:S13", S13_times="1", S13_volunteers="18")
    assert drafted(desk)["S13"] == {"times": "2", "volunteers": "18"}


def test_an_error_leads_to_the_cell_that_is_wrong(desk):
    wrong = {"S11_found": "3", "S11_fixed": "5", "S06_posters": "二十张"}
    page = press(desk, "submit", cutoff="2026-06-30", S01_sessions="1", S01_people="86", **wrong)
    for cell in ("S11-fixed", "S06-posters"):
        assert f'href="#id_statistics-{cell}"' in page
        assert re.search(rf'name="statistics-{cell}"[^>]*aria-invalid="true"', page)
    assert 'href="#id_statistics-S11-times"' not in page
    assert 'value="二十张"' in page
