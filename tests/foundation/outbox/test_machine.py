"""Random events, wishes, hours, failures and deaths: on the site exactly once, outside at least once under one id."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from unittest import mock

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from foundation.journal.models import Entry
from foundation.organization.models import Person
from foundation.organization.posts import Post
from foundation.outbox import outside, registry, sending, services, spreading
from foundation.outbox.channels import Outcome, Parcel
from foundation.outbox.models import Message, Preference
from foundation.outbox.recipients import holders
from foundation.outbox.wishes import Wish
from tests.foundation.ground import seat
from workflows.plans.models import Plan

from .test_sending import HOUR, NOON, Line
from .test_spreading import VERB, edit, plan

PEOPLE = ("ada", "dan")
WHO = st.sampled_from(PEOPLE)
SAID = {
    "taken": Outcome(),
    "later": Outcome("忙"),
    "down": Outcome("不通", down=True),
    "no": Outcome("无", final=True),
}
CLOCK = st.integers(0, 23).map(dt.time)
State = Message.State


class Killed(BaseException):
    """The worker dies after a parcel has left, before it wrote that down."""


class Watched(Line):
    """Notes at every parcel what must not be so at that moment; to raise would only be the channel's failure."""

    def __init__(self) -> None:
        super().__init__()
        self.now = NOON
        self.words: dict[str, tuple[str, str]] = {}
        self.wrong: list[str] = []

    def send(self, parcels: list[Parcel]) -> Iterator[Outcome]:
        for one in parcels:
            self.wrong += self.looked_at(one)
        yield from super().send(parcels)

    def looked_at(self, one: Parcel) -> Iterator[str]:
        rows = list(Message.objects.filter(parcel=one.pk, channel="email").select_related("person"))
        if not all(row.planned and row.planned <= self.now for row in rows):
            yield "before its time"
        if one.to.email != f"{rows[0].person.username}@example.gov.cn":
            yield "to somebody else"
        if self.words.setdefault(one.id, (one.to.email, one.text)) != (one.to.email, one.text):
            yield "other words under the same id"
        if rows[0].tries == 1 and not rows[0].person.is_active:
            yield "to a closed account"
        if rows[0].tries == 1 and one.to.chosen("test", "email") is Wish.OFF:
            yield "what was switched off"


class World:
    """Two people of one unit who hear of the same events."""

    def __init__(self) -> None:
        self.atomic, self.line = transaction.atomic(), Watched()
        self.atomic.__enter__()
        kind = registry.Kind("test", "测试", urgent=True)
        to = holders(Plan, Post.LIAISON, Post.DEPUTY, unit="organ")
        informs = {VERB: [registry.Inform(kind, "方案改了。", to, lambda event: True, False)]}
        self.patches = [
            *(mock.patch.object(module, "INFORMS", informs) for module in (registry, spreading)),
            mock.patch.object(registry, "KINDS", {"test": kind}),
            *(
                mock.patch.object(module, "channels", return_value=[self.line])
                for module in (outside, sending)
            ),
        ]
        for patch in self.patches:
            patch.start()
        posts = dict(zip(PEOPLE, (Post.LIAISON, Post.DEPUTY), strict=True))
        self.seats = {name: seat(name, post, "town-a") for name, post in posts.items()}
        for name, one in self.seats.items():
            Preference.objects.create(person=one.person, email=f"{name}@example.gov.cn")
        self.plan = plan(self.seats["ada"].unit)
        self.fresh: list[int] = []  # entries that nobody was told of
        self.told: set[tuple[int, str]] = set()
        self.rests: dict | None = None

    def end(self) -> None:
        """Everything that was to go out has gone, or is told to be undeliverable."""
        self.tell()
        for name in PEOPLE:
            self.account(name, open_=True)
        for _ in range(150):
            if not Message.objects.filter(state=State.WAITING).exists():
                break
            self.later(2)
            self.send([], die=False)
        assert not Message.objects.filter(state=State.WAITING).exists()
        sent = Message.objects.filter(channel="email", state=State.SENT)
        assert {f"anban-{pk}" for pk in sent.values_list("parcel", flat=True)} <= self.line.words.keys()

    def close(self) -> None:
        for patch in self.patches:
            patch.stop()
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    def happens(self, at_once: bool) -> None:
        edit(self.plan, self.line.now)
        self.fresh.append(Entry.objects.latest("pk").pk)
        self.line.now += dt.timedelta(seconds=1)  # two acts, not one
        if at_once:
            self.tell()

    def later(self, hours: int) -> None:
        self.line.now += hours * HOUR

    def tell(self) -> None:
        spreading.spread(self.line.now)
        active = Person.objects.filter(is_active=True, username__in=PEOPLE).values_list("username", flat=True)
        self.told |= {(entry, name) for entry in self.fresh for name in active}
        self.fresh = []

    def send(self, says: list[str], die: bool) -> None:
        self.line.says = [SAID[one] for one in says]
        try:
            with mock.patch.object(sending, "_write", side_effect=Killed if die else sending._write):
                self.rests = sending.send(self.line.now, self.rests).resting
        except Killed:
            return

    def read(self, name: str) -> None:
        services.read(person=self.seats[name].person_id, at=self.line.now)

    def account(self, name: str, open_: bool) -> None:
        Person.objects.filter(username=name).update(is_active=open_)

    def wishes(self, name: str, wish: Wish, start: dt.time, end: dt.time, free: bool) -> None:
        quiet = {"quiet_from": start, "quiet_to": end, "quiet_free": free}
        choices = {"choices": {"test": {"email": wish.value}}}
        services.prefer(person=self.seats[name].person_id, wishes=quiet | choices)

    def check(self) -> None:
        self.nothing_left_that_should_not()
        self.on_the_site_exactly_once()
        self.outside_one_row_for_each_that_is_told_here()

    def nothing_left_that_should_not(self) -> None:
        assert self.line.wrong == []

    def on_the_site_exactly_once(self) -> None:
        rows = list(Message.objects.filter(channel="site").values_list("entry", "person__username"))
        assert len(rows) == len(set(rows))
        assert set(rows) == self.told

    def outside_one_row_for_each_that_is_told_here(self) -> None:
        rows = list(Message.objects.filter(channel="email").values_list("entry", "person__username"))
        assert len(rows) == len(set(rows))
        assert set(rows) <= self.told


def act(name: str, *given: st.SearchStrategy) -> st.SearchStrategy:
    return st.tuples(st.just(name), st.tuples(*given))


SENT = act("send", st.lists(st.sampled_from(sorted(SAID)), max_size=4), st.booleans())
ACTS = st.one_of(
    act("happens", st.booleans()), act("happens", st.just(True)), SENT, SENT, act("tell"), act("read", WHO),
    act("later", st.sampled_from([1, 5, 16])), act("account", WHO, st.sampled_from([False, False, True])),
    act("wishes", WHO, st.sampled_from(list(Wish)), CLOCK, CLOCK, st.booleans()),
)  # fmt: skip


@pytest.mark.django_db
@settings(max_examples=max(12, settings.default.max_examples // 8))
@given(st.lists(ACTS, min_size=10, max_size=25))
def test_whatever_happens_everybody_hears_and_nobody_twice(acts):
    world = World()
    try:
        for name, told in acts:
            getattr(world, name)(*told)
            world.check()
        world.end()
        world.check()
    finally:
        world.close()
