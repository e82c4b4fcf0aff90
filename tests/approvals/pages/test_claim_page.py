"""可领取: the box, the act and its page, and what the others see."""

from __future__ import annotations

import pytest
from django.db.models import Q
from django.utils import timezone

from approvals import services
from approvals.deciding import Shown
from approvals.inbox import Inbox
from approvals.models import Approval, Proxy, Signer
from foundation.journal.models import Entry
from foundation.organization.actors import Actor
from foundation.organization.refusals import Refused
from tests.approvals.conftest import UNIT_ROUTE, make_route
from tests.explained import plan_of

from .conftest import decide
from .test_inbox import read

ROUTE = UNIT_ROUTE | {
    "steps": [{"name": "单位审批", "who": [{"post": "deputy"}, {"post": "head"}], "claim": True}],
    "batch": True,
}


@pytest.fixture
def free(cast, told) -> int:
    """An approval that 甲镇's deputy or head may claim."""
    make_route(ROUTE)
    return services.start(
        route="test", subject="test.matter", subject_id=1, title="活动记录 1", brief="", unit=cast.town.unit.pk,
        digest="d1", actor=Actor.of(cast.town.liaison), at=timezone.now(),
    )  # fmt: skip


def boxes(seat) -> dict[str, int]:
    return Inbox(seat, timezone.now()).counts("todo", "claim", "claimed", "batch")


def test_it_lies_in_the_box_of_each_until_one_has_it(free, cast, sign_in):
    deputy, head = cast.town.deputy, cast.town.head
    for seat in (deputy, head):
        assert boxes(seat) == {"todo": 0, "claim": 1, "claimed": 0, "batch": 0}
        assert (read(sign_in(seat)), read(sign_in(seat), "?box=claim")) == ([], ["活动记录 1"])
    decide(free, head, "claim")
    assert boxes(head) == {"todo": 1, "claim": 0, "claimed": 0, "batch": 1}
    assert boxes(deputy) == {"todo": 0, "claim": 0, "claimed": 1, "batch": 0}
    assert read(sign_in(deputy), "?box=claim&only=claimed") == ["活动记录 1"]
    decide(free, head, "release")
    assert boxes(deputy) == boxes(head) == {"todo": 0, "claim": 1, "claimed": 0, "batch": 0}


def test_what_others_hold_is_looked_for_among_what_is_not_decided(cast):
    """A claim stays on its row for ever."""
    deputy = cast.town.deputy
    plan = plan_of(Approval.objects.claimed_before(deputy, timezone.localdate()).values_list("pk"))
    assert "signer_claimed" in plan
    (index,) = (one for one in Signer._meta.indexes if one.name == "signer_claimed")
    assert index.condition == Q(claim="held", state__in=("open", "waiting"))


def test_one_press_claims_it_and_stays_on_the_page(free, cast, sign_in):
    client = sign_in(cast.town.deputy)
    page = client.get(f"/approvals/{free}/").content.decode()
    assert "领取以后由您办理" in page
    assert f'href="/approvals/{free}/claim/"' in page or 'href="claim/"' in page
    assert 'id="decide"' not in page
    assert "这一件进入您的待办" in client.get(f"/approvals/{free}/claim/").content.decode()
    answer = client.post(f"/approvals/{free}/claim/", follow=True)
    assert answer.redirect_chain[-1][0] == f"/approvals/{free}/"
    page = answer.content.decode()
    assert "已领取" in page
    assert 'id="decide"' in page
    assert 'href="release/"' in page


def test_the_others_see_who_has_it_and_cannot_decide(free, cast, sign_in):
    decide(free, cast.town.head, "claim")
    client, name = sign_in(cast.town.deputy), cast.town.head.person.name
    page = client.get(f"/approvals/{free}/").content.decode()
    assert f"已由{name}领取" in page
    assert 'id="decide"' not in page
    answer = client.post(f"/approvals/{free}/", {"text": "同意"})
    assert answer.status_code == 409
    assert f"此件已由 {name} 领取" in answer.content.decode()


def test_what_was_not_claimed_is_not_decided(free, cast, sign_in):
    answer = sign_in(cast.town.deputy).post(f"/approvals/{free}/", {"text": ""})
    assert (answer.status_code, "请先领取" in answer.content.decode()) == (409, True)
    assert Approval.objects.get(pk=free).state == "pending"


def test_a_batch_never_claims(free, cast):
    """It would take work from others for whom nobody had answered the question."""
    key = Signer.objects.get(approval=free, appointment=cast.town.deputy).key
    shown = {free: Shown(key, "d1")}
    actor = Actor.of(cast.town.deputy)
    assert services.agree_to(shown=shown, actor=actor, at=timezone.now()) == {
        free: "此件由几人中的一人办理，请先领取。"
    }
    decide(free, cast.town.deputy, "claim")
    assert services.agree_to(shown=shown, actor=actor, at=timezone.now()) == {}
    assert Approval.objects.get(pk=free).state == "approved"


def test_a_proxy_claims_it_for_the_owner_and_the_journal_says_so(free, cast):
    day, handler = timezone.localdate(), cast.town.handler
    Proxy.objects.create(owner=cast.town.deputy, to=handler, start=day, end=day, made_by=handler)
    assert boxes(handler)["claim"] == 1
    decide(free, handler, "claim")
    assert boxes(handler)["todo"] == boxes(cast.town.deputy)["todo"] == 1
    entry = Entry.objects.get(target="approvals.approval", verb="approvals.approval.claim")
    assert (entry.post, entry.behalf) == (handler, cast.town.deputy)


@pytest.mark.parametrize("held", [False, True])
def test_the_boxes_and_the_act_agree_on_who_may_claim(free, cast, held):
    """For everybody: it is in 可领取 if and only if claiming it goes."""
    if held:
        decide(free, cast.town.head, "claim")
    for seat in cast:
        listed = Approval.objects.claimable_by(seat, timezone.localdate()).filter(pk=free).exists()
        went = True
        try:
            decide(free, seat, "claim")
        except Refused:
            went = False
        assert listed == went, seat
        if went:
            decide(free, seat, "release")


def test_the_trail_says_who_has_it(free, cast, sign_in):
    decide(free, cast.town.head, "claim")
    page = sign_in(cast.town.liaison).get(f"/approvals/{free}/").content.decode()
    assert "已领取" in page
    assert cast.town.deputy.person.name not in page.split("办理过程", 1)[1]


def test_two_claim_it_and_the_second_learns_who_was_first(free, cast):
    decide(free, cast.town.head, "claim")
    with pytest.raises(Refused, match=f"已由 {cast.town.head.person.name} 领取"):
        decide(free, cast.town.deputy, "claim")
