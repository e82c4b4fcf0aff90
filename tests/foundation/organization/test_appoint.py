"""Giving a post and ending it; one liaison officer at a time, whoever asks at once."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.urls import reverse

from foundation.organization.models import Appointment
from foundation.organization.posts import Post
from foundation.organization.refusals import Refused
from foundation.organization.services import appoint, end_appointment, without_liaison
from tests.cast import engage

from .conftest import AT

DAY = AT.date()


def give(seat, unit, post=Post.LIAISON, **dates):
    return appoint(person=seat.person, unit=unit, post=post, at=AT, **({"start": DAY} | dates))


def test_a_second_liaison_officer_is_refused_and_the_first_named(cast):
    with pytest.raises(Refused, match="联络员是赖安宁"):
        give(cast.town.handler, cast.town.unit)


def test_the_next_one_begins_the_day_after(cast):
    end_appointment(appointment=cast.town.liaison, on=DAY, at=AT)
    with pytest.raises(Refused, match="赖安宁"):
        give(cast.town.handler, cast.town.unit)
    give(cast.town.handler, cast.town.unit, start=DAY + dt.timedelta(days=1))


def test_the_same_post_twice_is_refused(cast):
    with pytest.raises(Refused, match="已任甲镇经办人"):
        give(cast.town.handler, cast.town.unit, Post.HANDLER)


def test_a_unit_that_ended_gets_nobody(cast):
    cast.town.unit.ended_on = DAY
    with pytest.raises(Refused, match="已于2026-06-01撤销"):
        give(cast.town.handler, cast.town.unit, Post.DEPUTY)


def test_what_had_not_begun_is_revoked_not_deleted(cast):
    seat = give(cast.town.handler, cast.town.unit, Post.DEPUTY, start=DAY + dt.timedelta(days=9))
    end_appointment(appointment=seat, on=DAY, at=AT)
    seat.refresh_from_db()
    assert (seat.revoked, seat.end.year) == (True, 9999)


def test_an_appointment_is_not_brought_back_by_ending_it_later(cast):
    end_appointment(appointment=cast.town.liaison, on=DAY, at=AT)
    over = Appointment.objects.get(pk=cast.town.liaison.pk)
    with pytest.raises(Refused, match="重新任命"):
        end_appointment(appointment=over, on=DAY + dt.timedelta(days=30), at=AT)
    assert Appointment.objects.get(pk=over.pk).end == DAY


def test_a_unit_without_liaison_officer_is_named(cast):
    units = [cast.town.unit, cast.other.unit]
    assert without_liaison(units, DAY) == []
    end_appointment(appointment=cast.town.liaison, on=DAY - dt.timedelta(days=1), at=AT)
    assert without_liaison(units, DAY) == [cast.town.unit]


def test_the_page_gives_a_post(cast, sign_in):
    data = {"unit": cast.other.unit.pk, "post": "handler", "start": "2026-06-01", "acting": "on"}
    sign_in(cast.clerk).post(reverse("appoint", args=[cast.town.head.person_id]), data)
    seat = Appointment.objects.get(person=cast.town.head.person, unit=cast.other.unit)
    assert (seat.post, seat.acting, seat.end.year) == ("handler", True, 9999)


@pytest.mark.parametrize("post", ["administrator", "office_head", "auditor"])
def test_the_office_does_not_give_posts_above_the_units(cast, sign_in, post):
    data = {"unit": cast.office.pk, "post": post, "start": "2026-06-01"}
    assert (
        sign_in(cast.clerk).post(reverse("appoint", args=[cast.town.head.person_id]), data).status_code == 422
    )
    assert Appointment.objects.filter(person=cast.town.head.person).count() == 1


def test_the_page_ends_a_post(cast, sign_in):
    address = reverse("appointment_end", args=[cast.town.head.pk])
    sign_in(cast.clerk).post(address, {"on": "2026-06-30"})
    cast.town.head.refresh_from_db()
    assert cast.town.head.end == dt.date(2026, 6, 30)


def test_a_day_that_can_not_be_ends_nothing(cast, sign_in):
    address = reverse("appointment_end", args=[cast.town.head.pk])
    answer = sign_in(cast.clerk).post(address, {"on": "2026-06-31"}, follow=True)
    assert "请填写任期的最后一天" in answer.content.decode()
    assert Appointment.objects.get(pk=cast.town.head.pk).end.year == 9999


def test_the_office_does_not_end_a_post_above_the_units(cast, sign_in):
    address = reverse("appointment_end", args=[cast.auditor.pk])
    assert sign_in(cast.clerk).post(address, {"on": "2026-06-30"}).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_one_liaison_officer():
    cast = engage()
    Appointment.objects.filter(post=Post.LIAISON, unit=cast.town.unit).update(revoked=True)
    together = Barrier(2)

    def try_it(seat):
        together.wait()
        try:
            give(seat, cast.town.unit, end=dt.date(2026, 12, 31))  # the constraint knows open ends only
            return "given"
        except Refused as refusal:
            return str(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        said = sorted(pool.map(try_it, (cast.town.handler, cast.town.deputy)))
    assert said[0] == "given"
    assert "请先结束其任期" in said[1]
    assert Appointment.objects.holding(Post.LIAISON, cast.town.unit, DAY).count() == 1
