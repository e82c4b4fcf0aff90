"""Two processes at the same moment, pair after pair: one effect, one polite sentence, nothing stuck, nothing lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from approvals import services
from approvals.models import Approval, Proxy, Signer
from foundation.jobs.models import Job
from foundation.journal.models import Entry
from foundation.journal.verify import first_bad
from foundation.organization.actors import Actor
from foundation.organization.models import Appointment, Unit
from tests.pairs import pairs
from tests.partner import TOLD

from .conftest import AT, appoint, make_route

pytestmark = pytest.mark.django_db(transaction=True)
ENDED = "此件审批已结束，不能再办理。"


def route(**step: Any) -> dict[str, Any]:
    return {"name": "路线", "batch": True, "steps": [{"name": "审批", **step}]}


def posts(*codes: str) -> list[dict[str, str]]:
    return [{"post": code} for code in codes]


ALL = route(mode="all", who=posts("deputy", "head"))
VOTE = route(mode="vote", who=posts("handler", "deputy", "head"), votes={"count": 2})
STEPS = route(who=posts("deputy"))
STEPS["steps"].append({"name": "二审", "who": posts("head")})


@pytest.fixture
def hall(transactional_db):
    """hall(ALL) opens the next approval on that route; hall.seats are the people of the unit."""
    unit = Unit.objects.create(code="jia", name="甲镇人民政府", short_name="甲镇", kind="town")
    seats = {post: appoint(unit, post, post) for post in ("liaison", "handler", "deputy", "head")}
    made: dict[int, str] = {}

    def opened(definition: dict = ALL) -> int:
        code = made.setdefault(id(definition), f"r{len(made)}")
        if not Approval.objects.filter(version__route__code=code).exists():
            make_route(definition, code)
        opened.count += 1
        return services.start(
            route=code, subject="test.matter", subject_id=opened.count, title="月报", brief="", unit=unit.pk,
            digest="d", actor=Actor.of(seats["liaison"]), at=AT,
        )  # fmt: skip

    opened.seats, opened.count = seats, 0
    return opened


def act(approval: int, seat: Appointment, do: str = "agree", **kw: Any) -> dict[str, Any]:
    given = {"opinion": "请核实"} if do != "agree" else {}
    return {"act": "decide", "seat": seat.pk, "kw": {"approval_id": approval, "do": do, **given, **kw}}


def by(seat: Appointment) -> str:
    return f"此件已由 {seat.person.name} 于 {timezone.localtime(AT):%H:%M} 办理。"


TWICE = f"您已于 {timezone.localtime(AT):%H:%M} 办理过此件。"


def told() -> list[tuple[int, str]]:
    """What was written down to be told of approvals that ended."""
    return sorted((job.args["approval"], job.args["result"]) for job in Job.objects.filter(name=TOLD))


def whole(*results: str) -> None:
    """Every approval that ended was told once, the others wait for somebody; the journal holds."""
    assert told() == sorted(Approval.objects.exclude(state="pending").values_list("pk", "state"))
    assert {result for _, result in told()} <= set(results)
    waiting = Signer.objects.filter(state="open").order_by().values_list("approval", flat=True).distinct()
    assert sorted(waiting) == sorted(Approval.objects.filter(state="pending").values_list("pk", flat=True))
    assert first_bad()[1] is None


def test_the_last_two_votes_of_all_count_and_end_it_once(hall, together):
    for _ in pairs(together):
        pk = hall()
        assert together(act(pk, hall.seats["deputy"]), act(pk, hall.seats["head"])) == ["", ""]
    whole("approved")
    assert len(told()) == together.count


def test_the_last_two_votes_of_a_ballot_settle_it_once(hall, together):
    """Two of three are enough: the second to come is told who settled it."""
    for _ in pairs(together):
        pk = hall(VOTE)
        services.decide(approval_id=pk, actor=Actor.of(hall.seats["handler"]), at=AT, do="agree")
        said = together(act(pk, hall.seats["deputy"]), act(pk, hall.seats["head"]))
        assert said in (["", by(hall.seats["deputy"])], [by(hall.seats["head"]), ""])
    whole("approved")
    assert len(told()) == together.count


def test_a_yes_against_a_return_ends_returned(hall, together):
    head = hall.seats["head"]
    for _ in pairs(together):
        pk = hall()
        said = together(act(pk, hall.seats["deputy"]), act(pk, head, "return"))
        assert said in (["", ""], [by(head), ""])
    whole("returned")
    assert len(told()) == together.count


def test_a_yes_against_a_return_of_the_same_place_leaves_one_of_them(hall, together):
    """The owner agrees while the proxy returns: one of them speaks for the place."""
    deputy, proxy = hall.seats["deputy"], hall.seats["handler"]
    Proxy.objects.create(owner=deputy, to=proxy, start=AT.date(), end=AT.date(), made_by=deputy)
    for _ in pairs(together):
        pk = hall()
        said = together(act(pk, deputy, signer=1), act(pk, proxy, "return", signer=1))
        assert said in (["", by(deputy)], [by(proxy), ""])
    whole("returned")


def test_a_decision_against_a_withdrawal_leaves_one_of_them(hall, together):
    deputy = hall.seats["deputy"]
    for _ in pairs(together):
        pk = hall()
        back = {"act": "withdraw", "seat": hall.seats["liaison"].pk, "kw": {"approval_id": pk}}
        assert together(act(pk, deputy), back) in (["", by(deputy)], [ENDED, ""])
    whole("withdrawn")


def test_two_proxies_decide_once(hall, together):
    deputy, first = hall.seats["deputy"], hall.seats["handler"]
    second = appoint(deputy.unit, "handler", "handler2")
    for one in (first, second):
        Proxy.objects.create(owner=deputy, to=one, start=AT.date(), end=AT.date(), made_by=deputy)
    for _ in pairs(together):
        pk = hall()
        assert together(act(pk, first), act(pk, second)) in (["", by(first)], [by(second), ""])
    whole()
    assert Entry.objects.filter(verb="approvals.approval.sign").count() == together.count


def test_the_same_form_sent_twice_counts_once(hall, together):
    deputy = hall.seats["deputy"]
    for _ in pairs(together):
        pk = hall()
        assert sorted(together(*[act(pk, deputy, signer=1)] * 2)) == ["", TWICE]
    whole()
    assert Entry.objects.filter(verb="approvals.approval.sign").count() == together.count


def test_a_batch_against_a_single_yes_counts_once(hall, together):
    """What the single yes took is refused in the batch, or the other way round; the rest of the batch is done."""
    deputy = hall.seats["deputy"]
    for _ in pairs(together):
        pks = [hall() for _ in range(3)]
        batch = {"act": "batch", "seat": deputy.pk, "kw": {"approvals": pks}}
        said = together(batch, act(pks[1], deputy, signer=1))
        assert said[0] == ""
        assert [*together.refused, *filter(None, said)] == [TWICE]
        assert Signer.objects.filter(approval__in=pks, key=1, state="agreed").count() == 3
    whole()
    assert Entry.objects.filter(verb="approvals.approval.sign").count() == 3 * together.count


def test_two_batches_in_opposite_order_never_lock_each_other_out(hall, together):
    deputy, head = hall.seats["deputy"], hall.seats["head"]
    for _ in pairs(together):
        pks = [hall() for _ in range(4)]
        one = {"act": "batch", "seat": deputy.pk, "kw": {"approvals": pks}}
        other = {"act": "batch", "seat": head.pk, "kw": {"approvals": pks[::-1], "signer": 2}}
        assert together(one, other) == ["", ""]
        assert together.refused == []
    whole("approved")
    assert len(told()) == 4 * together.count


def test_taking_back_against_the_next_decision_leaves_one_of_them(hall, together):
    deputy, head = hall.seats["deputy"], hall.seats["head"]
    for _ in pairs(together):
        pk = hall(STEPS)
        services.decide(approval_id=pk, actor=Actor.of(deputy), at=AT, do="agree")
        said = together(act(pk, deputy, "take_back"), act(pk, head, signer=2))
        assert said in (["", "此件还没有到您这一步，请等前面的人办理。"], [ENDED, ""])
    whole("approved")


def test_a_transfer_against_a_decision_leaves_one_of_them(hall, together):
    deputy, other = hall.seats["deputy"], hall.seats["handler"]
    for _ in pairs(together):
        pk = hall()
        passed = act(pk, deputy, "transfer", people=[other.pk], signer=1)
        assert sorted(map(bool, together(passed, act(pk, deputy, signer=1)))) == [False, True]
        assert Signer.objects.filter(approval=pk, key=1, state__in=("agreed", "passed")).count() == 1
    whole()
