"""The page of a case: what is left of a clock, what lies on which day of which track."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from tests.workflows.cases.test_register import Told
from workflows.cases.models import Case
from workflows.cases.proceeding import cards_of, pieces, rows_of
from workflows.cases.register import standing


@pytest.fixture
def told(cast) -> Told:
    return Told(cast)


def shown(told: Told, now: str):
    case = Case.objects.prefetch_related("team__person").get(pk=told.pk)
    at = timezone.make_aware(dt.datetime.fromisoformat(now))
    stands = standing(case, at)
    return stands, rows_of(stands, case.events.select_related("by__person"))


@pytest.mark.parametrize(
    ("words", "large"),
    [
        ("剩 13 小时 36 分", ["13", "36"]),
        ("逾期 2 个工作日", ["2"]),
        ("今天 24:00 到期", ["今天 24:00 到期"]),
        ("中止，期限不计", []),
    ],
)
def test_numbers_that_are_left_stand_out(words, large):
    told = pieces(words)
    assert [piece for piece, number in told if number] == large
    assert "".join(piece for piece, _ in told) == words


def test_the_nearest_clock_is_the_first_card(told):
    told.happened("03-02 09:00 filed")
    told.referred()
    stands, _ = shown(told, "2026-03-03T10:00")
    cards = cards_of(stands)
    assert [one["name"] for one in cards] == [one.rule.name for one in stands.live]
    assert all(0 <= one["gone"] <= one["total"] for one in cards if one["total"])


def test_what_happened_on_one_day_lies_on_one_row(told):
    told.happened("03-02 09:00 filed")
    told.happened("03-02 10:00 suspected")
    _, rows = shown(told, "2026-03-02T12:00")
    first = rows[0]
    assert first.day == dt.date(2026, 3, 2)
    assert [(track, [one["name"] for one in cards]) for track, _, cards in first.sides] == [
        ("admin", ["行政立案"]), ("referral", ["发现涉嫌犯罪"]),
    ]  # fmt: skip


def test_days_follow_each_other_and_today_waits_at_the_end(told):
    told.happened("03-04 09:00 suspected")
    told.happened("03-02 09:00 filed")
    _, rows = shown(told, "2026-03-05T12:00")
    assert [one.day for one in rows] == [dt.date(2026, 3, 2), dt.date(2026, 3, 4), None]
    waiting = [one["clock"]["name"] for _, _, cards in rows[-1].sides for one in cards if "clock" in one]
    assert "作出处理决定" in waiting


def test_a_case_in_which_nothing_happened_has_no_rows(told):
    _, rows = shown(told, "2026-03-02T12:00")
    assert rows == []
