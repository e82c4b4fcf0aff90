"""Each rule as a query, as a predicate, and as the sentence one would say: they agree for everybody and every row."""

import pytest

from foundation.organization.models import Appointment, Person, Unit
from foundation.organization.permissions import edits_appointment, edits_person, edits_unit, posts_given_by
from foundation.organization.posts import OFFICE_POSTS, UNIT_POSTS, Post
from tests.cast import actor

from .conftest import AT

DAY = AT.date()


def may_edit_person(seat, person) -> bool:
    if seat.post == Post.ADMINISTRATOR:
        return True
    posts = set(person.appointments.values_list("post", flat=True))
    return seat.post in OFFICE_POSTS and posts <= set(UNIT_POSTS)


def may_edit_appointment(seat, row) -> bool:
    return seat.post == Post.ADMINISTRATOR or (seat.post in OFFICE_POSTS and row.post in UNIT_POSTS)


def may_edit_unit(seat, row) -> bool:
    return seat.post in (Post.ADMINISTRATOR, *OFFICE_POSTS)


@pytest.mark.parametrize(
    ("rule", "model", "said"),
    [
        (edits_unit, Unit, may_edit_unit),
        (edits_person, Person, may_edit_person),
        (edits_appointment, Appointment, may_edit_appointment),
    ],
    ids=["unit", "person", "appointment"],
)
def test_query_and_predicate_say_the_same(cast, rule, model, said):
    for seat in cast:
        found = set(model.objects.filter(rule.q(seat.pk, DAY)))
        assert found == {row for row in model.objects.all() if said(seat, row)}
        assert found == {row for row in model.objects.all() if rule(row, actor(seat), DAY)}


def test_a_post_above_that_has_not_begun_already_counts(cast):
    later = AT.date().replace(year=2030)
    Appointment.objects.create(person=cast.town.head.person, unit=cast.office, post="auditor", start=later)
    assert not edits_person(cast.town.head.person, actor(cast.clerk), DAY)


def test_the_posts_one_may_give_are_those_one_may_take(cast):
    for seat in cast:
        row = {post: Appointment(post=post) for post in Post}
        assert set(posts_given_by(actor(seat))) == {
            post for post in Post if may_edit_appointment(seat, row[post])
        }


def test_an_ended_post_gives_no_power(cast):
    Appointment.objects.filter(pk=cast.administrator.pk).update(end=DAY.replace(year=2025))
    assert not edits_person(cast.town.head.person, actor(cast.administrator), DAY)
