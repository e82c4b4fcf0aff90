"""Three people whom the tests of the ground floor know, and the site with its addresses mounted."""

import datetime as dt

from django.urls import include, path

from config.urls import urlpatterns as site
from foundation.organization.actors import Actor
from foundation.organization.models import Appointment, Unit
from foundation.organization.posts import Post
from foundation.organization.services import add_person, appoint

AT = dt.datetime(2026, 6, 1, 9, tzinfo=dt.UTC)
urlpatterns = [*site, path("", include("foundation.files.urls")), path("", include("foundation.jobs.urls"))]


def seat(name: str, post: Post, unit: str) -> Appointment:
    town, _ = Unit.objects.get_or_create(code=unit, defaults={"name": unit, "short_name": unit})
    person = add_person(username=name, name=name, at=AT)
    return appoint(person=person, unit=town, post=post, start=dt.date(2020, 1, 1), at=AT)


def ada() -> Appointment:
    """Liaison officer of town-a: hers is what the tests put there."""
    return seat("ada", Post.LIAISON, "town-a")


def bob() -> Appointment:
    """Liaison officer of town-b: nothing here is any business of his."""
    return seat("bob", Post.LIAISON, "town-b")


def root() -> Appointment:
    """Administrator in the office."""
    return seat("root", Post.ADMINISTRATOR, "office")


def act(appointment: Appointment) -> Actor:
    return Actor.of(appointment)
