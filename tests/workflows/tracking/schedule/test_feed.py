"""日程订阅: a secret address for calendars, renewed by a press; what stands in it keeps its identity."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from foundation.journal.models import Entry
from foundation.organization.refusals import Refused
from tests.cast import actor
from workflows.tracking.models import Feed
from workflows.tracking.permissions import unit_feeds
from workflows.tracking.schedule.feeds import open_feed, renew_feed

from .conftest import NEWS, hand_in, planned
from .test_ics import read

NOW = dt.datetime(2026, 6, 12, 2, tzinfo=dt.UTC)


@pytest.fixture
def feed(june, cast) -> Feed:
    return open_feed(actor=actor(cast.town.liaison), at=NOW)


def fetched(feed: Feed) -> list[str]:
    answer = Client().get(reverse("schedule_feed", args=[feed.token]))
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return read(answer.content)


def values(lines: list[str], name: str) -> list[str]:
    return [line.partition(":")[2] for line in lines if line.partition(":")[0] == name]


def test_the_address_is_read_without_signing_in_and_holds_the_unit_s_own(feed):
    lines = fetched(feed)
    assert values(lines, "SUMMARY") == ["甲镇专题", "素材提交截止：甲镇专题", "甲镇宣讲"]
    assert values(lines, "DTSTART") == ["20260616T113000Z", "20260620T013000Z"]
    assert values(lines, "DTEND") == ["20260616T114500Z"]
    assert len(set(values(lines, "UID"))) == 3
    assert not [line for line in lines if "张三" in line]


def test_the_office_s_holds_all_units(june, cast):
    lines = fetched(open_feed(actor=actor(cast.clerk), at=NOW))
    assert {"甲镇专题", "乙镇宣讲", "丙局专题"} <= set(values(lines, "SUMMARY"))
    assert set(values(lines, "STATUS")) == {"CONFIRMED", "TENTATIVE"}


def test_an_entry_that_was_moved_keeps_its_name(feed, june, cast):
    before = values(fetched(feed), "UID")[0]
    rows = [planned("2026-06-18", "甲镇专题", **NEWS)]
    hand_in(june.tasks["jia"], cast.town.liaison, rows, version=2)
    lines = fetched(feed)
    assert values(lines, "UID") == [before]
    assert values(lines, "SEQUENCE") == ["1"]
    assert values(lines, "DTSTART") == ["20260618T113000Z"]


def test_a_renewed_address_makes_the_old_one_worthless(feed, cast):
    old = feed.token
    renew_feed(feed=feed.pk, number=1, actor=actor(cast.town.liaison), at=NOW)
    renew_feed(feed=feed.pk, number=1, actor=actor(cast.town.liaison), at=NOW)  # the form sent twice
    feed.refresh_from_db()
    assert feed.number == 2
    assert Client().get(reverse("schedule_feed", args=[old])).status_code == 404
    assert fetched(feed)
    told = Entry.objects.filter(target="tracking.feed", target_id=feed.pk).order_by("seq")
    assert list(told.values_list("verb", flat=True)) == ["tracking.feed.create", "tracking.feed.renew"]


@pytest.mark.parametrize("token", ["1-1", "1-1~x", "x", "1-1~", "~"])
def test_no_other_address_opens(feed, token):
    assert Client().get(reverse("schedule_feed", args=[token])).status_code == 404


def test_only_who_belongs_to_the_unit_renews_it(feed, cast):
    for seat in (cast.other.liaison, cast.clerk, cast.auditor):
        with pytest.raises(Refused, match="只有本单位的人"):
            renew_feed(feed=feed.pk, number=1, actor=actor(seat), at=NOW)
    with pytest.raises(Refused):
        open_feed(actor=actor(cast.auditor), at=NOW)


def test_rule_and_list_agree_on_who_may(feed, cast):
    open_feed(actor=actor(cast.clerk), at=NOW)
    for seat in cast:
        listed = set(Feed.objects.filter(unit_feeds.q(seat.pk, NOW.date())))
        assert listed == {one for one in Feed.objects.all() if unit_feeds(one, actor(seat), NOW.date())}
        assert all(one.unit_id == seat.unit_id for one in listed)


def test_it_is_opened_and_renewed_on_the_page(june, cast, sign_in):
    client, address = sign_in(cast.town.liaison), reverse("schedule_subscribe")
    client.post(address)
    client.post(address)
    feed = Feed.objects.get()
    assert (feed.unit_id, feed.number) == (cast.town.unit.pk, 1)
    assert feed.token in client.get(reverse("schedule")).content.decode()
    client.post(address, {"number": "1"})
    feed.refresh_from_db()
    assert feed.number == 2
    assert feed.token in client.get(reverse("schedule")).content.decode()
    assert feed.token not in sign_in(cast.auditor).get(reverse("schedule")).content.decode()
