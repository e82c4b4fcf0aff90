"""附件3 beside the register of broadcasts."""

import datetime as dt

import pytest

from workflows.tracking.schedule.airing import Airing, Stand, compared
from workflows.tracking.schedule.conflicts import Slot

DAY, TODAY = dt.date(2026, 6, 16), dt.date(2026, 6, 20)


def slot(**more) -> Slot:
    told = {"time": "19:30-19:45", "title": "甲镇专题", "place": "英德新闻", "broadcast": True}
    return Slot(**{"key": "k", "unit": "jia", "on": DAY} | told | more)


def airing(row=1, **more) -> Airing:
    told = {
        "unit": "jia",
        "on": DAY,
        "time": "19:30",
        "programme": "英德新闻",
        "subject": "农机",
        "state": "",
    }
    return Airing(row, **told | more)


@pytest.mark.parametrize(
    ("planned", "booked", "stand"),
    [
        ({}, {"state": "已播"}, Stand.SHOWN),
        ({}, {}, Stand.BOOKED),
        ({}, {"state": "取消"}, Stand.CANCELLED),
        ({}, {"unit": "yi"}, Stand.TAKEN),
        ({}, {"programme": ""}, Stand.BOOKED),  # of an export without that column
        ({}, {"unit": "yi", "programme": "平安英德"}, Stand.UNBOOKED),
        ({}, {"time": "20:00"}, Stand.UNBOOKED),
        ({}, {"unit": "yi", "state": "取消"}, Stand.UNBOOKED),
        ({"time": "午间档"}, {"time": "午 间档"}, Stand.BOOKED),
        ({"on": TODAY}, {}, None),  # may be booked yet
        ({"broadcast": False}, {}, None),
    ],
)
def test_what_was_planned_beside_what_was_booked(planned, booked, stand):
    found = compared([slot(**planned)], [airing(**booked)], TODAY).slots.get("k")
    assert (found and found.stand) == stand


def test_without_a_register_nothing_is_missing_from_it():
    assert compared([slot()], [], TODAY).slots == {}


def test_what_was_booked_and_planned_by_nobody_is_told():
    assert [one.row for one in compared([slot()], [airing(1), airing(2, time="21:00")], TODAY).unplanned] == [
        2
    ]
