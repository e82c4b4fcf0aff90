"""Each entry tells each person once, whoever writes at the same time and whoever is killed."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.test.utils import CaptureQueriesContext

from foundation.journal.models import Entry
from foundation.journal.moves import create, record
from foundation.organization.actors import SYSTEM, Actor
from foundation.organization.models import Appointment, Person, Unit
from foundation.organization.posts import Post
from foundation.outbox import registry, spreading
from foundation.outbox.models import Cursor, Message
from foundation.outbox.recipients import holders, in_office
from foundation.outbox.spreading import spread
from tests.foundation.ground import AT, ada, bob
from workflows.plans.models import Plan

on_postgres = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
HOUR = dt.timedelta(hours=1)
VERB = "plans.plan.edit"


@pytest.fixture
def informs(monkeypatch):
    """informs(daily=True): from now on the holders of 联络员 of a plan's organ hear of `edit`."""

    def told(to=None, **kw) -> None:
        kind = registry.Kind("test", "测试", **kw)
        to = to or holders(Plan, Post.LIAISON, unit="organ")
        informs = {VERB: [registry.Inform(kind, "方案改了。", to, lambda event: True, False)]}
        monkeypatch.setattr(registry, "INFORMS", informs)
        monkeypatch.setattr(spreading, "INFORMS", informs)

    told()
    return told


def plan(unit: Unit) -> int:
    (pk,) = create(Plan, {"title": "方案", "text": "", "organ": unit}, actor=SYSTEM, at=AT)
    return pk


def edit(pk: int, at: dt.datetime = AT, actor: Actor = SYSTEM) -> None:
    record(Plan, pk, "edit", actor=actor, at=at).all_or_refuse()


def told() -> list[tuple[str, int]]:
    """Who was told, of which plan."""
    rows = Message.objects.order_by("pk").values_list("person__username", "entry__target_id")
    return list(rows)


@pytest.mark.django_db
class TestOneWriter:
    @pytest.fixture(autouse=True)
    def _world(self, informs):
        self.ada = ada()
        self.pk = plan(self.ada.unit)

    def test_an_entry_tells_whom_its_verb_names_and_a_second_look_nobody(self):
        edit(self.pk)
        assert [spread(AT), spread(AT)] == [1, 0]
        assert told() == [("ada", self.pk)]

    def test_other_verbs_and_other_units_tell_nobody(self):
        bob()
        assert spread(AT) == 0

    def test_nobody_hears_of_what_they_did_themselves(self):
        edit(self.pk, actor=Actor.of(self.ada))
        assert spread(AT) == 0

    def test_a_closed_account_hears_nothing(self):
        edit(self.pk)
        Person.objects.update(is_active=False)
        assert spread(AT) == 0

    def test_who_holds_the_post_on_the_day_of_the_event_is_told_not_whoever_does_now(self):
        Appointment.objects.update(end=AT.date())
        late = Person.objects.create(username="late")
        Appointment.objects.create(
            person=late, unit=self.ada.unit, post=Post.LIAISON, start=AT.date() + dt.timedelta(1)
        )
        edit(self.pk)
        assert (spread(AT + 48 * HOUR), told()) == (1, [("ada", self.pk)])

    def test_of_an_appointment_that_is_over_the_successor_is_told(self, informs):
        informs(lambda events: in_office((one, self.ada.pk) for one in events))
        Appointment.objects.update(end=AT.date() - dt.timedelta(1))
        late = Person.objects.create(username="late")
        Appointment.objects.create(person=late, unit=self.ada.unit, post=Post.LIAISON, start=AT.date())
        edit(self.pk)
        assert (spread(AT), told()) == (1, [("late", self.pk)])

    def test_a_daily_kind_tells_once_a_day_and_matter(self, informs):
        informs(daily=True)
        other = plan(self.ada.unit)
        edit(self.pk), edit(self.pk, AT + HOUR), edit(other, AT + HOUR)
        assert spread(AT) == 2  # in one look
        edit(self.pk, AT + 2 * HOUR), edit(self.pk, AT + 24 * HOUR)
        assert spread(AT) == 1  # and in the next
        assert told() == [("ada", self.pk), ("ada", other), ("ada", self.pk)]

    def test_two_entries_of_one_act_tell_once(self):
        edit(self.pk), edit(self.pk)
        assert spread(AT) == 1

    def test_messages_stand_in_the_order_of_what_happened(self, monkeypatch):
        """Whatever the order of the verbs: a list is read by it."""
        kind, to = registry.Kind("test", "测试"), holders(Plan, Post.LIAISON, unit="organ")
        same = [registry.Inform(kind, "改了。", to, lambda event: True, False)]
        monkeypatch.setattr(spreading, "INFORMS", {VERB: same, "plans.plan.create": same})
        spread(AT)
        Message.objects.all().delete()
        first = plan(self.ada.unit)
        edit(first, AT + HOUR)
        second = plan(self.ada.unit)
        assert spread(AT) == 3
        verbs = Message.objects.order_by("pk").values_list("entry__verb", "entry__target_id")
        assert list(verbs) == [("plans.plan.create", first), (VERB, first), ("plans.plan.create", second)]

    def test_the_database_refuses_a_second_row(self):
        edit(self.pk)
        spread(AT)
        row = Message.objects.values("entry_id", "person_id", "seat_id", "channel", "kind").get()
        with pytest.raises(IntegrityError), transaction.atomic():
            Message.objects.create(**row)

    def test_what_breaks_half_way_is_told_by_the_next(self, monkeypatch):
        """The cursor moves with the messages, or not at all."""
        edit(self.pk)
        with monkeypatch.context() as broken:
            broken.setattr(spreading.FRESH, "insert", lambda rows: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                spread(AT)
        assert (spread(AT), told()) == (1, [("ada", self.pk)])

    def test_a_chunk_is_a_fixed_number_of_statements(self, monkeypatch):
        counts = []
        (
            spread(AT),
            spread(AT),
        )  # on PostgreSQL ids that other tests used up are a gap, closed by a second look
        for many in (1, 40):
            for _ in range(many):
                edit(plan(self.ada.unit))
            with CaptureQueriesContext(connection) as caught:
                assert spread(AT) == many
            counts.append(len(caught))
        assert counts[0] == counts[1] <= 12
        monkeypatch.setattr(spreading, "CHUNK", 7)
        for _ in range(20):
            edit(plan(self.ada.unit))
        assert spread(AT) == 20


@on_postgres
@pytest.mark.django_db(transaction=True)
class TestSeveralWriters:
    """PostgreSQL gives ids when rows are written, and shows rows when their transactions commit."""

    @pytest.fixture(autouse=True)
    def _world(self, informs):
        self.unit = ada().unit
        self.slow, self.quick = plan(self.unit), plan(self.unit)
        spread(AT), spread(AT)  # ids below were used up by other tests: a gap that nobody fills

    def hold(self, commit: bool):
        """A writer that has its id and commits, or gives up, when it is told to. Returns how to tell it."""
        written, go = threading.Event(), threading.Event()

        def write() -> None:
            try:
                with transaction.atomic():
                    edit(self.slow)
                    written.set()
                    go.wait(20)
                    transaction.set_rollback(not commit)
            finally:
                connection.close()

        thread = threading.Thread(target=write)
        thread.start()
        assert written.wait(20)

        def let() -> None:
            go.set()
            thread.join()

        return let

    def test_who_commits_late_is_told_of_late_and_once(self):
        let = self.hold(commit=True)
        edit(self.quick)
        assert [spread(AT), spread(AT)] == [1, 0]
        assert Cursor.objects.get().gaps  # somebody may still come
        let()
        assert [spread(AT), spread(AT)] == [1, 0]
        assert told() == [("ada", self.quick), ("ada", self.slow)]
        assert Cursor.objects.get().gaps == []

    def test_nobody_is_waited_for_who_gave_up(self):
        let = self.hold(commit=False)
        edit(self.quick)
        spread(AT)
        let()
        assert spread(AT) == 0
        assert Cursor.objects.get().gaps == []

    def test_a_writer_that_ends_between_two_looks_of_one_spread_is_found(self, monkeypatch):
        """It commits after the ids were read, and before it is asked who writes: then nobody does."""
        from foundation.outbox import horizon

        let, asked = self.hold(commit=True), horizon.writers
        edit(self.quick)
        monkeypatch.setattr(horizon, "writers", lambda: let() or asked())
        assert spread(AT) == 1
        monkeypatch.setattr(horizon, "writers", asked)
        assert spread(AT) == 1
        assert len(told()) == 2

    def test_ids_that_nobody_used_are_forgotten_after_one_more_look(self):
        with transaction.atomic():
            edit(self.slow)
            transaction.set_rollback(True)
        edit(self.quick)
        assert [spread(AT), spread(AT)] == [1, 0]
        assert Cursor.objects.get().gaps == []
        assert Entry.objects.latest("pk").pk == Cursor.objects.get().upto
