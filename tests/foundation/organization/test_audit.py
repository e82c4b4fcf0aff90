"""Every change of master data stands in the journal, and its chain holds."""

import datetime as dt

import pytest

from foundation.journal.models import Entry
from foundation.journal.verbs import says
from foundation.journal.verify import first_bad
from foundation.organization.models import Appointment, Person
from foundation.organization.refusals import Refused
from foundation.organization.services import add_person, appoint, change_person, end_appointment
from tests.cast import actor

AT = dt.datetime(2026, 6, 1, 9, tzinfo=dt.UTC)


def last() -> Entry:
    return Entry.objects.latest("seq")


def test_an_appointment_is_written_down_with_who_gave_it(cast):
    by = actor(cast.administrator)
    seat = appoint(
        person=cast.town.head.person, unit=cast.town.unit, post="handler", start=AT.date(), at=AT, actor=by
    )
    entry = last()
    assert (entry.verb, says(entry.verb)) == ("journal.book.appointment.add", "任命")
    assert (entry.actor_id, entry.data["appointment"]) == (by.person, seat.pk)
    assert entry.words["name"] == cast.town.head.person.name


def test_names_are_words_that_the_law_may_remove(cast):
    change_person(person=cast.town.head.person, values={"name": "周晓岚岚"}, at=AT)
    assert "周" not in str(last().data)
    assert last().words["name"] == ["周晓岚", "周晓岚岚"]


def test_nothing_different_leaves_no_trace(cast):
    person = cast.town.head.person
    assert not change_person(person=person, values={"name": person.name}, at=AT)
    assert not Entry.objects.exists()


def test_the_chain_of_all_changes_holds(cast):
    for name in ("甲一", "甲二", "甲三"):
        add_person(username=name, name=name, at=AT)
    end_appointment(appointment=cast.town.liaison, on=AT.date(), at=AT)
    assert first_bad() == (4, None)


def test_what_was_refused_is_not_written_down(cast):
    with pytest.raises(Refused):
        appoint(person=Person.objects.first(), unit=cast.town.unit, post="liaison", start=AT.date(), at=AT)
    assert not Entry.objects.exists()
    assert Appointment.objects.filter(unit=cast.town.unit, post="liaison").count() == 1
