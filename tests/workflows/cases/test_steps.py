"""What is recorded of decisions ends the clocks of the case: nobody writes the same day down twice."""

from __future__ import annotations

import datetime as dt

import pytest

from foundation.organization.refusals import Refused
from workflows.cases.models import CaseClock, CaseEvent
from workflows.cases.parties.decisions import annul_decision, publish_decision

from .fined import Fined
from .test_counting import at
from .test_register import NOW

PUBLIC = "公开处罚决定"


@pytest.fixture
def fined(cast) -> Fined:
    return Fined(cast)


@pytest.fixture
def decided(fined) -> Fined:
    for line in (
        "03-02 09:00 filed",
        "03-10 09:00 informed",
        "03-12 09:00 heard",
        "03-20 16:00 decided",
    ):
        fined.happened(line)
    return fined


def day(date: str) -> dt.date:
    return at(f"{date} 09:00").date()


def publish(fined, row: int, date: str = "03-25", now: dt.datetime = NOW) -> None:
    publish_decision(case=fined.pk, row=row, on=day(date), actor=fined.by, at=now)


def annul(fined, row: int, date: str = "04-01") -> None:
    annul_decision(case=fined.pk, row=row, on=day(date), why="复议撤销", actor=fined.by, at=NOW)


def told(step: str) -> list[dt.datetime]:
    return list(CaseEvent.objects.filter(step=step, struck_at=None).values_list("at", flat=True))


def clocks() -> set[str]:
    return set(CaseClock.objects.filter(live=True).values_list("name", flat=True))


def test_the_last_publication_ends_the_clock(decided):
    one, other = decided.both()
    publish(decided, one, "03-26")
    assert PUBLIC in clocks()
    publish(decided, other, "03-25")
    assert told("published") == [at("03-26 23:59:59")]
    assert PUBLIC not in clocks()


def test_one_that_is_published_today_is_published_now(decided):
    one, now = decided.decide(decided.works(), decided.act()), at("06-01 10:30")
    publish(decided, one, "06-01", now)
    assert told("published") == [now]


def test_a_case_that_tells_no_steps_has_none_added(fined):
    one, other = fined.both()
    publish(fined, one)
    annul(fined, other)
    assert not CaseEvent.objects.exists()


def test_what_was_recorded_by_hand_is_not_recorded_again(decided):
    decided.happened("03-24 09:00 published")
    publish(decided, decided.decide(decided.works(), decided.act()))
    assert told("published") == [at("03-24 09:00")]


def test_a_day_before_the_step_of_the_decision_is_refused_whole(fined):
    for line in ("03-02 09:00 filed", "03-10 09:00 informed", "03-12 09:00 heard", "03-27 16:00 decided"):
        fined.happened(line)
    one = fined.decide(fined.works(), fined.act())
    with pytest.raises(Refused, match="还没有处罚决定"):
        publish(fined, one, "03-25")
    assert fined.row.events.count() == 4


def test_annulling_one_of_two_leaves_the_clocks_of_the_other(decided):
    one, other = decided.both()
    annul(decided, one)
    assert (told("annulled"), PUBLIC in clocks()) == ([], True)
    annul(decided, other, "04-02")
    assert (told("annulled"), PUBLIC in clocks()) == ([at("04-02 23:59:59")], False)


def test_annulling_what_was_published_starts_the_clock_to_take_it_back(decided):
    one, other = decided.both()
    publish(decided, one)
    publish(decided, other)
    annul(decided, one)
    assert "撤回公开的处罚信息" in clocks()
