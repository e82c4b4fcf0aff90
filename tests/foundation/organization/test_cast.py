"""The cast is what tests/cast.py says it is."""

from foundation.organization.identity import identities_of
from tests.cast import SINCE, identity


def test_every_house_has_its_four_posts(cast):
    posts = [(h.liaison.post, h.handler.post, h.deputy.post, h.head.post) for h in (cast.town, cast.other)]
    assert set(posts) == {("liaison", "handler", "deputy", "head")}


def test_one_person_holds_two_posts(cast):
    assert identities_of(cast.twice.person, SINCE) == [cast.twice_office, cast.twice]


def test_signing_in_takes_the_post_asked_for(cast, client):
    assert identity(client, cast.twice).session["identity"] == cast.twice.pk
