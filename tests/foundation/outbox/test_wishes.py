"""When something goes out: at once, after the rest, or with the digest at nine of a working day."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.organization.calendar import WorkCalendar
from foundation.outbox.wishes import Contact, Quiet, Wish, planned

ZONE = dt.timezone(dt.timedelta(hours=8))
# 2026-06-19 is a free Friday (端午), 2026-06-21 a Sunday that works.
CALENDAR = WorkCalendar({dt.date(2026, 6, 19): False, dt.date(2026, 6, 21): True})
REST = Quiet(dt.time(21), dt.time(8))
TIMES = st.datetimes(dt.datetime(2026, 6, 1), dt.datetime(2026, 7, 31)).map(
    lambda at: at.replace(tzinfo=ZONE)
)
QUIETS = st.builds(
    Quiet,
    st.times().map(lambda one: one.replace(fold=0)),
    st.times().map(lambda one: one.replace(fold=0)),
    st.booleans(),
)


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(f"2026-06-{text}+08:00")


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ("18T10:00", "18T10:00"),  # Thursday
        ("18T21:00", "21T08:00"),  # over the holiday and Saturday, to the Sunday that works
        ("18T20:59", "18T20:59"),
        ("22T07:59", "22T08:00"),
        ("19T12:00", "21T08:00"),
    ],
)
def test_rest_is_waited_for(now, then):
    assert planned(at(now), Wish.NOW, REST, CALENDAR) == at(then)


@pytest.mark.parametrize(
    ("now", "then"), [("18T08:59", "18T09:00"), ("18T09:00", "21T09:00"), ("19T12:00", "21T09:00")]
)
def test_a_digest_goes_out_at_nine_of_the_next_working_day(now, then):
    assert planned(at(now), Wish.DIGEST, REST, CALENDAR) == at(then)


def test_without_rest_everything_goes_at_once():
    awake = Quiet(dt.time(8), dt.time(8), free=False)
    assert planned(at("20T03:00"), Wish.NOW, awake, CALENDAR) == at("20T03:00")


@given(TIMES, QUIETS)
def test_nothing_goes_out_in_the_rest_nor_before_it_happened(now, quiet):
    for wish in (Wish.NOW, Wish.DIGEST):
        then = planned(now, wish, quiet, CALENDAR)
        assert then >= now
        assert not quiet.holds(then, CALENDAR)
    assert planned(now, Wish.NOW, quiet, CALENDAR) == now or quiet.holds(now, CALENDAR)


def test_who_rests_longer_than_until_nine_gets_the_digest_afterwards():
    late = Quiet(dt.time(20), dt.time(10, 30))
    assert planned(at("18T12:00"), Wish.DIGEST, late, CALENDAR) == at("21T10:30")


@given(TIMES)
def test_a_digest_is_always_still_to_come(now):
    """What was made by now is in it: it can't have gone out yet."""
    then = planned(now, Wish.DIGEST, REST, CALENDAR)
    assert then > now
    assert then.time() == dt.time(9)
    assert CALENDAR.works(then.date())


@pytest.mark.parametrize(
    ("phone", "mobile"),
    [
        ("13800001111", "13800001111"),
        ("+86 138-0000-1111", "13800001111"),
        ("0763-2222222", ""),
        ("", ""),
        ("１３８００００１１１１", ""),
    ],
)
def test_short_messages_go_to_mobiles_alone(phone, mobile):
    assert Contact(phone=phone).mobile == mobile
