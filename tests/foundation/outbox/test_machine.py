"""Random events, wishes, hours, failures and deaths: on the site exactly once, outside at least once under one id."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from unittest import mock

from django.db import transaction
from django.test import TestCase
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

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
    """Holds at every parcel what must be so at that moment."""

    def __init__(self) -> None:
        super().__init__()
        self.now = NOON
        self.words: dict[str, tuple[str, str]] = {}

    def send(self, parcels: list[Parcel]) -> Iterator[Outcome]:
        for one in parcels:
            rows = list(Message.objects.filter(parcel=one.pk, channel="email").select_related("person"))
            assert all(row.planned and row.planned <= self.now for row in rows)
            assert one.to.email == f"{rows[0].person.username}@example.gov.cn"
            assert self.words.setdefault(one.id, (one.to.email, one.text)) == (one.to.email, one.text)
            if rows[0].tries == 1:
                assert rows[0].person.is_active
                assert one.to.chosen("test", "email") is not Wish.OFF
        yield from super().send(parcels)


class OutboxMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
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

    def teardown(self) -> None:
        """At the end everything that was to go out has gone, or is told to be undeliverable."""
        try:
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
        finally:
            for patch in self.patches:
                patch.stop()
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)

    @rule()
    def happens(self) -> None:
        edit(self.plan, self.line.now)
        self.fresh.append(Entry.objects.latest("pk").pk)
        self.line.now += dt.timedelta(seconds=1)  # two acts, not one

    @rule(hours=st.integers(1, 16))
    def later(self, hours: int) -> None:
        self.line.now += hours * HOUR

    @rule()
    def tell(self) -> None:
        spreading.spread(self.line.now)
        active = Person.objects.filter(is_active=True, username__in=PEOPLE).values_list("username", flat=True)
        self.told |= {(entry, name) for entry in self.fresh for name in active}
        self.fresh = []

    @rule(says=st.lists(st.sampled_from(sorted(SAID)), max_size=4), die=st.booleans())
    def send(self, says: list[str], die: bool) -> None:
        self.line.says = [SAID[one] for one in says]
        try:
            with mock.patch.object(sending, "_write", side_effect=Killed if die else sending._write):
                self.rests = sending.send(self.line.now, self.rests).resting
        except Killed:
            return

    @rule(name=WHO)
    def read(self, name: str) -> None:
        services.read(person=self.seats[name].person_id, at=self.line.now)

    @rule(name=WHO, open_=st.booleans())
    def account(self, name: str, open_: bool) -> None:
        Person.objects.filter(username=name).update(is_active=open_)

    @rule(name=WHO, wish=st.sampled_from(list(Wish)), start=CLOCK, end=CLOCK, free=st.booleans())
    def wishes(self, name: str, wish: Wish, start: dt.time, end: dt.time, free: bool) -> None:
        quiet = {"quiet_from": start, "quiet_to": end, "quiet_free": free}
        choices = {"choices": {"test": {"email": wish.value}}}
        services.prefer(person=self.seats[name].person_id, wishes=quiet | choices)

    @invariant()
    def on_the_site_exactly_once(self) -> None:
        rows = list(Message.objects.filter(channel="site").values_list("entry", "person__username"))
        assert len(rows) == len(set(rows))
        assert set(rows) == self.told

    @invariant()
    def outside_one_row_for_each_that_is_told_here(self) -> None:
        rows = list(Message.objects.filter(channel="email").values_list("entry", "person__username"))
        assert len(rows) == len(set(rows))
        assert set(rows) <= self.told


class TestOutbox(TestCase):
    def test_whatever_happens_everybody_hears_and_nobody_twice(self):
        OutboxMachine.TestCase.settings = settings(
            max_examples=max(10, settings.default.max_examples // 10), stateful_step_count=16, deadline=None,
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        OutboxMachine.TestCase("runTest").runTest()
