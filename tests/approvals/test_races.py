"""Two people at the same moment, with real threads: one effect, one polite sentence, nothing stuck."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from approvals import services
from approvals.deciding import Shown
from approvals.models import Approval, Proxy, RouteVersion, Signer
from approvals.subjects import SUBJECTS, Matter, Subject, register
from foundation.journal.models import Entry
from foundation.journal.verify import first_bad
from foundation.organization.actors import Actor
from foundation.organization.models import Unit
from foundation.organization.refusals import Refused

from .conftest import AT, appoint, make_route

pytestmark = pytest.mark.django_db(transaction=True)
PAIRS = 30
LONGEST = 60  # seconds until a pair counts as stuck
ALL = {
    "name": "会签",
    "steps": [{"name": "会签", "mode": "all", "who": [{"post": "deputy"}, {"post": "head"}]}],
}
STEPS = {
    "name": "逐级",
    "steps": [{"name": "一审", "who": [{"post": "deputy"}]}, {"name": "二审", "who": [{"post": "head"}]}],
}


@pytest.fixture
def heard():
    told: list = []
    register("test.matter", Subject(told.extend, lambda pk: Matter("", {}, ""), lambda pk: "d"))
    yield told
    del SUBJECTS["test.matter"]


@pytest.fixture
def hall(heard):
    """hall(n) opens approval n: deputy and head both have to agree."""
    unit = Unit.objects.create(code="jia", name="甲镇人民政府", short_name="甲镇", kind="town")
    seats = {post: appoint(unit, post, post) for post in ("liaison", "handler", "deputy", "head")}
    make_route(ALL)

    def opened(number: int, route: str = "test") -> int:
        return services.start(
            route=route, subject="test.matter", subject_id=number, title="月报", brief="", unit=unit.pk,
            digest="d", actor=Actor.of(seats["liaison"]), at=AT,
        )  # fmt: skip

    opened.seats = seats
    return opened


def together(*acts: Callable[[], object]) -> list[str]:
    """What became of acts that began at the same moment: "" for done, else the sentence."""
    barrier, said = threading.Barrier(len(acts)), [""] * len(acts)

    def run(number: int) -> None:
        barrier.wait()
        try:
            acts[number]()
        except Refused as refusal:
            said[number] = str(refusal)
        except Exception as error:
            said[number] = f"broken: {error!r}"
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(n,), daemon=True) for n in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LONGEST)
        assert not thread.is_alive(), "stuck"
    return said


def act(approval: int, seat, do: str = "agree", **kw) -> Callable[[], object]:
    given = {"opinion": "请核实"} if do != "agree" else {}
    return lambda: services.decide(approval_id=approval, actor=Actor.of(seat), at=AT, do=do, **given, **kw)


def whole(heard: list, ended: int) -> None:
    """Every approval ended and was told once, no row is left open, the journal holds."""
    assert Approval.objects.filter(state="pending").count() == PAIRS - ended
    assert sorted(one.approval for one in heard) == sorted(
        Approval.objects.exclude(state="pending").values_list("pk", flat=True)
    )
    assert not Signer.objects.filter(approval__in=[one.approval for one in heard], state="open").exists()
    assert first_bad()[1] is None


def test_the_last_two_votes_both_count_and_end_it_once(hall, heard):
    for number in range(PAIRS):
        pk = hall(number)
        assert together(act(pk, hall.seats["deputy"]), act(pk, hall.seats["head"])) == ["", ""]
    whole(heard, PAIRS)
    assert {one.result for one in heard} == {"approved"}


def test_a_yes_against_a_return_ends_returned(hall, heard):
    for number in range(PAIRS):
        pk = hall(number)
        said = together(act(pk, hall.seats["deputy"]), act(pk, hall.seats["head"], "return"))
        assert said[1] == ""
        assert said[0] in ("", "此件已由 head 于 09:30 办理。")
    whole(heard, PAIRS)
    assert {one.result for one in heard} == {"returned"}


def test_the_same_post_twice_counts_once(hall, heard):
    for number in range(PAIRS):
        pk = hall(number)
        said = together(*[act(pk, hall.seats["deputy"], signer=1)] * 2)
        assert sorted(said) == ["", "此件已由 deputy 于 09:30 办理。"]
    whole(heard, 0)
    assert Entry.objects.filter(verb="approvals.approval.sign").count() == PAIRS


def test_a_decision_against_a_withdrawal_leaves_one_of_them(hall, heard):
    for number in range(PAIRS):
        pk = hall(number)
        back = lambda pk=pk: services.withdraw(  # noqa: E731
            approval_id=pk, actor=Actor.of(hall.seats["liaison"]), at=AT
        )
        said = together(act(pk, hall.seats["deputy"]), back)
        assert said in (["", "此件已由 deputy 于 09:30 办理。"], ["此件审批已结束，不能再办理。", ""])
    whole(heard, len(heard))


def test_a_proxy_and_the_one_they_stand_for_decide_once(hall, heard):
    deputy, proxy = hall.seats["deputy"], hall.seats["handler"]
    Proxy.objects.create(owner=deputy, to=proxy, start=AT.date(), end=AT.date(), made_by=deputy)
    for number in range(PAIRS):
        pk = hall(number)
        said = together(act(pk, deputy, signer=1), act(pk, proxy, signer=1))
        assert sorted(map(bool, said)) == [False, True]
        assert max(said) in ("此件已由 deputy 于 09:30 办理。", "此件已由 handler 于 09:30 办理。")
    whole(heard, 0)


def test_two_proxies_decide_once(hall, heard):
    deputy, first = hall.seats["deputy"], hall.seats["handler"]
    second = appoint(deputy.unit, "handler", "handler2")
    for one in (first, second):
        Proxy.objects.create(owner=deputy, to=one, start=AT.date(), end=AT.date(), made_by=deputy)
    for number in range(PAIRS):
        pk = hall(number)
        said = together(act(pk, first), act(pk, second))
        assert sorted(map(bool, said)) == [False, True]
        assert max(said).startswith("此件已由 handler")
    whole(heard, 0)


def test_a_batch_against_a_single_yes_counts_once(hall, heard):
    first, deputy = hall(0), hall.seats["deputy"]
    version = RouteVersion.objects.get(route__code="test")
    version.definition |= {"batch": True}
    version.save()
    pks = [first, *map(hall, range(1, PAIRS))]
    refused: dict[int, str] = {}
    shown = {pk: Shown(1, "d") for pk in pks}

    def batch() -> None:
        refused.update(services.agree_to(shown=shown, actor=Actor.of(deputy), at=AT))

    said = together(batch, *(act(pk, deputy, signer=1) for pk in pks[:3]))
    assert said[0] == ""
    late = [sentence for sentence in (*refused.values(), *said[1:]) if sentence]
    assert set(late) == {"此件已由 deputy 于 09:30 办理。"}
    assert len(late) == 3
    assert Signer.objects.filter(key=1, state="agreed").count() == PAIRS
    whole(heard, 0)


def test_taking_back_against_the_next_decision_leaves_one_of_them(hall, heard):
    make_route(STEPS, "steps")
    deputy, head = hall.seats["deputy"], hall.seats["head"]
    for number in range(PAIRS):
        pk = hall(number, "steps")
        act(pk, deputy)()
        said = together(act(pk, deputy, "take_back"), act(pk, head, signer=2))
        assert sorted(map(bool, said)) == [False, True]
    assert first_bad()[1] is None
    assert not Signer.objects.filter(state="agreed", step=2).exclude(approval__state="approved").exists()


def test_a_transfer_against_a_decision_leaves_one_of_them(hall, heard):
    deputy, other = hall.seats["deputy"], hall.seats["handler"]
    for number in range(PAIRS):
        pk = hall(number)
        said = together(act(pk, deputy, "transfer", people=[other.pk], signer=1), act(pk, deputy, signer=1))
        assert sorted(map(bool, said)) == [False, True]
        decided = Signer.objects.filter(approval=pk, key=1, state__in=("agreed", "passed"))
        assert decided.count() == 1
    whole(heard, 0)
