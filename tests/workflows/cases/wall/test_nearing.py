"""A limit that runs out is told of while there is time: once a step, and never at its own beginning."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils.timezone import localtime

from foundation.journal.models import Entry
from foundation.organization.calendar import WorkCalendar
from foundation.organization.services import working_calendar
from foundation.outbox.models import Message
from foundation.outbox.spreading import spread
from tests.workflows.cases.test_counting import at
from tests.workflows.cases.test_register import Told
from workflows.cases.counting import Unit
from workflows.cases.models import CaseClock
from workflows.cases.wall.approaching import approach, near, versions
from workflows.cases.wall.nearing import step_of

CALENDAR = WorkCalendar({})  # Monday to Friday


@pytest.mark.parametrize(
    ("unit", "starts", "due", "now", "step"),
    [
        ("hour", "03-03 10:20", "03-04 10:20", "03-04 04:19", None),
        ("hour", "03-03 10:20", "03-04 10:20", "03-04 04:20", 6),
        ("hour", "03-03 10:20", "03-03 15:20", "03-03 11:00", None),  # five hours: never longer than the step
        ("natural_day", "03-02 09:00", "03-12 23:59", "03-08 09:00", None),
        ("natural_day", "03-02 09:00", "03-12 23:59", "03-09 09:00", 3),
        ("natural_day", "03-02 09:00", "03-12 23:59", "03-11 09:00", 1),
        ("natural_day", "03-02 09:00", "03-05 23:59", "03-02 09:00", None),  # three days: not at once
        ("natural_day", "03-02 09:00", "03-05 23:59", "03-04 09:00", 1),
        ("working_day", "03-02 09:00", "03-16 23:59", "03-11 09:00", 3),  # over a weekend
        ("working_day", "03-02 09:00", "03-16 23:59", "03-13 09:00", 1),
        ("month", "03-02 09:00", "06-02 23:59", "05-18 09:00", 15),
    ],
)
def test_the_smallest_step_that_was_reached(unit, starts, due, now, step):
    steps = versions()[0].steps[unit]
    assert step_of(steps, unit, at(starts), at(due), at(now), CALENDAR) == step


@pytest.fixture
def told(cast) -> Told:
    told = Told(cast)
    told.referred()  # approved on March 3 at 10:20: handed over within 24 hours, counted from the next whole hour
    return told


def steps_told() -> list[tuple[str, int]]:
    entries = Entry.objects.filter(verb="cases.case.near").order_by("pk")
    return [(one.data["rule"], one.data["left"]) for one in entries]


def test_each_step_is_told_once_however_often_one_looks(told):
    due = CaseClock.objects.get(rule="T2a", live=True).due
    assert approach(at=at("03-03 12:00")) == 0
    six = at("03-04 09:00")
    assert due - six < at("03-04 06:00") - at("03-04 00:00")
    assert [approach(at=six), approach(at=six)] == [1, 0]
    assert steps_told() == [("T2a", 6)]


def test_what_was_done_or_is_over_runs_out_no_more(told):
    assert approach(at=at("03-05 09:00")) == 0
    told.happened("03-04 09:00 handed_over")
    assert ("T2a", 6) not in steps_told()


def test_the_team_and_the_heads_hear_of_it_and_nobody_above(told, cast):
    spread(at("03-03 12:00"))
    approach(at=at("03-04 09:00"))
    spread(at("03-04 09:00"))
    rows = Message.objects.filter(kind="case.near", channel="site")
    assert sorted(rows.values_list("person__username", flat=True)) == [
        "jia.deputy",
        "jia.handler",
        "jia.head",
        "jia.liaison",
    ]


def test_the_query_finds_what_the_calendar_says(told):
    """Of clocks of every unit that end in the next weeks, hour by hour."""
    now, model = at("03-04 11:00"), CaseClock.objects.get(rule="T2a", live=True)
    CaseClock.objects.all().delete()
    for unit in Unit:
        for hours in range(1, 24 * 20, 7):
            model.pk, model.unit, model.name, model.starts = None, unit, f"{unit} {hours}", at("01-05 09:00")
            model.due, model.told = now + dt.timedelta(hours=hours), (None, 1, 3, 15)[hours % 4]
            model.save(force_insert=True)
    calendar = working_calendar()
    owed = set()
    for one in CaseClock.objects.all():
        step = step_of(versions()[0].steps[one.unit], one.unit, one.starts, localtime(one.due), now, calendar)
        if step is not None and (one.told is None or step < one.told):
            owed.add(one.pk)
    assert {one.pk for one in near(now, calendar)} == owed
    assert owed
