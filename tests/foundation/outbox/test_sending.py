"""Out of the house: at least once, under one id; late or failed is seen, and may be sent again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise

import pytest
from django.utils import timezone

from foundation.organization.actors import SYSTEM, Actor
from foundation.organization.models import Person
from foundation.organization.refusals import Refused
from foundation.outbox import outside, registry, sending, services, spreading
from foundation.outbox.channels import Outcome, Parcel
from foundation.outbox.delivery import by_channel
from foundation.outbox.models import Message, Preference
from foundation.outbox.recipients import holders
from foundation.outbox.sending import send
from foundation.outbox.spreading import spread
from foundation.outbox.wishes import Wish
from tests.foundation.ground import act, ada, bob, root
from workflows.plans.models import Plan

from .test_spreading import VERB, edit, plan

pytestmark = pytest.mark.django_db
ZONE = timezone.get_default_timezone()
NOON = dt.datetime(2026, 6, 1, 12, tzinfo=ZONE)  # a Monday
SECOND, HOUR, DAY = dt.timedelta(seconds=1), dt.timedelta(hours=1), dt.timedelta(days=1)
State = Message.State


class Line:
    """A channel that the test answers for: `says` what it makes of the next parcels, then it takes all."""

    code, name = "email", "邮件"

    def __init__(self) -> None:
        self.sent: list[Parcel] = []
        self.says: list[Outcome | Exception] = []

    def configured(self) -> bool:
        return True

    def address(self, contact) -> str:
        return contact.email

    def wish(self, urgent: bool) -> Wish:
        return Wish.NOW if urgent else Wish.DIGEST

    def send(self, parcels) -> Iterator[Outcome]:
        for one in parcels:
            said = self.says.pop(0) if self.says else Outcome()
            if isinstance(said, Exception):
                raise said
            self.sent.append(one)
            yield said


@pytest.fixture
def line(monkeypatch) -> Line:
    line = Line()
    for module in (outside, sending):
        monkeypatch.setattr(module, "channels", lambda: [line])
    return line


@pytest.fixture
def world(line, monkeypatch, settings):
    """world(3): so many plans of ada's unit were changed at NOON, and she was told; the kind is urgent."""
    settings.PUBLIC_URL, settings.OFFICE_NAME = "https://anban.example", "市安委办"
    me = ada()
    Preference.objects.create(person=me.person, email="ada@example.gov.cn")

    def made(count: int = 1, *, urgent: bool = True, at: dt.datetime = NOON) -> None:
        kind = registry.Kind("test", "测试", urgent)
        informs = {
            VERB: [registry.Inform(kind, "方案改了。", holders(Plan, "liaison", unit="organ"), bool, False)]
        }
        monkeypatch.setattr(registry, "INFORMS", informs)
        monkeypatch.setattr(registry, "KINDS", {"test": kind})
        monkeypatch.setattr(spreading, "INFORMS", informs)
        for _ in range(count):
            edit(plan(me.unit), at)
        assert spread(at) == count

    made.me = me
    return made


def states() -> list[str]:
    return list(Message.objects.exclude(channel="site").order_by("pk").values_list("state", flat=True))


def outbox() -> Message:
    return Message.objects.exclude(channel="site").get()


def test_an_urgent_one_goes_out_at_once_with_its_kind_and_link_alone(world, line):
    world()
    assert send(NOON).told == {"sent": 1}
    (parcel,) = line.sent
    assert (parcel.text, parcel.to.email) == ("方案改了。", "ada@example.gov.cn")
    assert parcel.url == f"https://anban.example/messages/{outbox().pk}/"
    assert "方案" not in parcel.url + parcel.title
    assert send(NOON + HOUR).told == {}


def test_the_others_go_out_together_at_nine(world, line):
    world(3, urgent=False)
    assert send(NOON + HOUR).told == {}
    assert send(NOON + DAY - 3 * HOUR).told == {"sent": 3}
    (parcel,) = line.sent
    assert (parcel.text, parcel.url) == ("您有 3 条消息：测试 3。", "https://anban.example/messages/")


def test_in_the_rest_it_waits(world, line):
    world(at=NOON + 10 * HOUR)
    assert send(NOON + 11 * HOUR).told == {}
    assert send(NOON + 20 * HOUR).told == {"sent": 1}


def test_what_was_read_here_is_not_told_outside(world, line):
    world(2, urgent=False)
    services.read(person=world.me.person_id, at=NOON, message=Message.objects.earliest("pk").pk)
    assert send(NOON + DAY).told == {"sent": 1}
    assert states() == [State.SKIPPED, State.SENT]


def test_what_was_switched_off_meanwhile_is_not_told(world, line):
    world(2, urgent=False)
    Preference.objects.update(choices={"test": {"email": "off"}})
    assert send(NOON + DAY).told == {}
    assert (states(), line.sent) == ([State.SKIPPED] * 2, [])


def test_whose_account_was_closed_meanwhile_is_told_nothing(world, line):
    world()
    Person.objects.update(is_active=False)
    assert send(NOON).told == {}
    assert (states(), line.sent) == ([State.SKIPPED], [])


def test_a_person_chooses_by_kind(world, line):
    Preference.objects.update(choices={"test": {"email": "off"}})
    world()
    assert states() == []
    Preference.objects.update(choices={"test": {"email": "digest"}})
    world()
    assert outbox().digest


def test_who_has_no_address_and_where_no_channel_is_open_is_told_here_alone(world, line, monkeypatch):
    Preference.objects.all().delete()
    world()
    monkeypatch.setattr(outside, "channels", list)
    world()
    assert (states(), Message.objects.count()) == ([], 2)


def test_pauses_grow_until_it_is_given_up(world, line):
    world()
    tried, at = [], NOON
    line.says = [Outcome("没有接收。")] * sending.TRIES
    while states() == [State.WAITING]:
        at = outbox().due
        tried.append(at)
        send(at)
    pauses = [(b - a).total_seconds() for a, b in pairwise(tried)]
    assert pauses[:4] == [10, 20, 40, 80]
    assert pauses == sorted(pauses)
    assert max(pauses) == 3600
    assert (len(tried), outbox().state, outbox().error) == (sending.TRIES, State.FAILED, "没有接收。")
    assert {one.id for one in line.sent} == {f"anban-{outbox().pk}"}


def test_what_is_final_is_given_up_at_once(world, line):
    world()
    line.says = [Outcome("没有这个人。", final=True)]
    assert send(NOON).told == {"failed": 1}


def test_a_channel_that_is_down_rests_longer_and_longer_and_costs_the_others_no_try(world, line):
    world(5)
    line.says = [Outcome("连不上。", down=True)] * 50
    done, rests, at = send(NOON), [], NOON
    assert (len(line.sent), done.told) == (2, {"waiting": 5})
    assert sorted(Message.objects.exclude(channel="site").values_list("tries", flat=True)) == [0, 0, 0, 1, 1]
    assert set(Message.objects.exclude(channel="site").values_list("error", flat=True)) == {"连不上。"}
    for _ in range(8):
        until = dt.datetime.fromisoformat(done.resting["email"][0])
        rests.append((until - at).total_seconds())
        assert send(until - SECOND, done.resting).resting == done.resting  # not asked before
        at = until
        done = send(at, done.resting)
    assert rests == sorted(rests)
    assert max(rests) == 600
    line.says = []
    done = send(at + 2 * HOUR, done.resting)
    assert (done.told, done.resting) == ({"sent": 5}, {})


def test_a_broken_channel_is_its_own_failure_without_its_words(world, line):
    world()
    line.says = [RuntimeError("https://x/?key=geheim")]
    send(NOON)
    assert outbox().state == State.WAITING
    assert "geheim" not in outbox().error


def test_whoever_is_killed_after_sending_sends_again_under_the_same_id_and_words(world, line, monkeypatch):
    """Told twice, and what came meanwhile in a message of its own: a receiver that drops the repeat loses nothing."""
    world(2, urgent=False)
    with monkeypatch.context() as killed:
        killed.setattr(sending, "_write", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            send(NOON + DAY)
    world(1, urgent=False)
    Message.objects.filter(parcel=None).exclude(channel="site").update(
        planned=outboxes()[0].planned, due=NOON
    )
    assert send(NOON + DAY + sending.LOST).told == {"sent": 3}
    first, *again = [(one.id, one.text) for one in line.sent]
    assert again.count(first) == 1
    assert len(again) == 2


def outboxes() -> list[Message]:
    return list(Message.objects.exclude(channel="site").order_by("pk"))


def test_a_claim_is_nobody_elses_while_it_lasts(world, line):
    world()
    assert len(sending._claim("email", NOON)) == 1
    assert sending._claim("email", NOON + SECOND) == []


def test_it_takes_as_many_statements_for_a_hundred_as_for_two(world, line, django_assert_max_num_queries):
    world(100, urgent=False)
    with django_assert_max_num_queries(14):
        assert send(NOON + DAY).told == {"sent": 100}


def test_an_administrator_has_what_failed_sent_again_and_nobody_else(world, line):
    world(2, urgent=False)
    line.says = [Outcome("没有这个人。", final=True)]
    send(NOON + DAY)
    (told,) = by_channel(NOON + DAY)
    assert (told["failed"], told["waiting"], told["late"]) == (2, 0, 0)
    for stranger in (act(bob()), Actor(person=1), SYSTEM):
        with pytest.raises(Refused):
            services.send_again(messages=None, actor=stranger, at=NOON)
    one = outboxes()[1].pk  # they were told together, so they are again
    assert services.send_again(messages=[one], actor=act(root()), at=NOON + DAY) == 2
    assert send(NOON + DAY).told == {"sent": 2}
    assert len({one.id for one in line.sent}) == 1


def test_what_waits_long_after_its_time_is_late(world, line):
    world()
    assert by_channel(NOON + HOUR)[0]["late"] == 1
    assert by_channel(NOON + SECOND)[0]["late"] == 0
