"""The rarer acts, each on a page of its own: whom, in which words, what follows, and how it reads afterwards."""

import pytest
from django.utils import timezone

from approvals.models import Approval, RouteVersion, Signer

from .conftest import decide


def page(pk, tail=""):
    return f"/approvals/{pk}/{tail}"


def waiting(pk) -> list[str]:
    rows = Signer.objects.filter(approval=pk, state="open").order_by("key")
    return [row.appointment.person.name for row in rows.select_related("appointment__person")]


def route(**step):
    """The tests' route with its first step changed."""
    version = RouteVersion.objects.get(route__code="test")
    first, *rest = version.definition["steps"]
    version.definition = version.definition | {"steps": [first | step, *rest]}
    version.save()


@pytest.fixture
def deputy(sign_in, cast):
    return sign_in(cast.town.deputy)


def test_the_menu_offers_what_the_step_allows(send, deputy):
    html = deputy.get(page(send())).content.decode()
    for words in ("转办", "委派", "前加签", "后加签", "不同意"):
        assert words in html
    assert "弃权" not in html
    route(allow=["transfer"])
    html = deputy.get(page(send(2))).content.decode()
    assert "转办" in html
    assert "委派" not in html


def test_the_page_says_what_follows_and_whom_one_can_choose(send, deputy, cast):
    html = deputy.get(page(send(), "transfer/")).content.decode()
    assert "由对方代替您办理这一步，您不再办理。" in html
    assert str(cast.town.head) in html
    assert str(cast.town.liaison) not in html  # who submitted it never signs


def test_a_transfer_moves_it_and_says_to_whom(send, deputy, cast):
    pk = send()
    html = deputy.post(page(pk, "transfer/"), {"people": cast.town.head.pk, "opinion": "请您定"}, follow=True)
    assert "已转办“活动记录 1”。下一步：周晓岚 分管负责人审批。" in html.content.decode()
    assert waiting(pk) == ["周晓岚"]
    assert "转办给周晓岚" in deputy.get(page(pk)).content.decode()


def test_an_adviser_tells_and_the_owner_decides(send, deputy, sign_in, cast):
    pk, head = send(), sign_in(cast.town.head)
    deputy.post(page(pk, "delegate/"), {"people": cast.town.head.pk, "opinion": "人数对吗"})
    html = head.get(page(pk)).content.decode()
    assert "提交意见" in html
    assert "委派，提出意见：人数对吗" in html
    assert head.post(page(pk), {"text": ""}).status_code == 422
    head.post(page(pk), {"text": "人数属实"})
    assert waiting(pk) == ["何振邦"]
    assert "人数属实" in deputy.get(page(pk)).content.decode()


def test_signers_are_added_before_and_taken_out_again(send, deputy, cast):
    pk = send()
    deputy.post(page(pk, "add_before/"), {"people": [cast.clerk.pk, cast.office_head.pk]})
    assert len(waiting(pk)) == 2
    deputy.post(page(pk, "remove/"), {"people": [cast.clerk.pk]})
    assert waiting(pk) == [cast.office_head.person.name]


def test_signers_added_after_follow_the_yes(send, deputy, cast):
    pk = send()
    deputy.post(page(pk, "add_after/"), {"people": [cast.office_head.pk]})
    assert waiting(pk) == ["何振邦"]
    deputy.post(page(pk), {"signer": 1})
    assert waiting(pk) == [cast.office_head.person.name]


def test_nobody_chosen_is_said_and_what_was_typed_stays(send, deputy):
    answer = deputy.post(page(send(), "add_before/"), {"opinion": "请一并把关"})
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "请选择人员。" in html
    assert "请一并把关" in html


def test_a_decision_is_taken_back_until_somebody_acted_on_it(send, deputy, cast):
    pk = send()
    deputy.post(page(pk), {"signer": 1})
    assert "取回" in deputy.get(page(pk)).content.decode()
    deputy.post(page(pk, "take_back/"), {})
    assert waiting(pk) == ["何振邦"]
    assert Signer.objects.get(approval=pk, key=1).decided_at is None
    deputy.post(page(pk), {"signer": 1})
    decide(pk, cast.town.head)
    assert deputy.post(page(pk, "take_back/"), {}).status_code == 409


def test_a_vote_is_abstained_from(send, deputy, cast):
    send(9)
    route(mode="vote", votes={"count": 1}, who=[{"post": "deputy"}, {"post": "head"}])
    pk = send()
    assert "弃权" in deputy.get(page(pk)).content.decode()
    deputy.post(page(pk, "abstain/"), {"opinion": ""})
    assert Signer.objects.get(approval=pk, key=1).state == "abstained"
    assert waiting(pk) == ["周晓岚"]


def test_the_initiator_urges_once_a_day(send, sign_in, cast):
    pk, liaison = send(), sign_in(cast.town.liaison)
    html = liaison.post(page(pk, "urge/"), {}, follow=True).content.decode()
    assert "已催办“活动记录 1”" in html
    assert Signer.objects.get(approval=pk, key=1).urged == timezone.localdate()
    again = liaison.post(page(pk, "urge/"), {})
    assert again.status_code == 409
    assert "每人每天只能催办一次" in again.content.decode()


def test_what_is_copied_is_read_and_leaves_the_box(send, deputy, sign_in, cast):
    send(9)
    route(copy=[{"post": "office_clerk", "of": "office"}])
    pk, clerk = send(), sign_in(cast.clerk)
    deputy.post(page(pk), {"signer": 1})
    assert "活动记录 1" in clerk.get("/inbox/?box=to_read").content.decode()
    assert "这一件只供阅知" in clerk.get(page(pk)).content.decode()
    clerk.post(page(pk, "read/"), follow=True)
    assert "活动记录 1" not in clerk.get("/inbox/?box=to_read").content.decode()
    assert "活动记录 1" in clerk.get("/inbox/?box=read").content.decode()


def test_a_withdrawal_that_has_to_be_asked_for_is_answered(send, deputy, sign_in, cast):
    send(9)
    version = RouteVersion.objects.get(route__code="test")
    version.definition |= {"withdraw_consent": {"post": "office_head", "of": "office"}}
    version.save()
    pk, liaison, office = send(), sign_in(cast.town.liaison), sign_in(cast.office_head)
    deputy.post(page(pk), {"signer": 1})
    assert "撤回须经同意" in liaison.get(page(pk, "withdraw/")).content.decode()
    liaison.post(page(pk, "withdraw/"), {"opinion": "单位写错了"})
    html = office.get(page(pk)).content.decode()
    assert "同意撤回" in html
    assert "发起人请求撤回：单位写错了" in html
    office.post(page(pk), {"text": "可以"})
    assert Approval.objects.get(pk=pk).state == "withdrawn"


@pytest.mark.parametrize(
    "do", ["transfer", "delegate", "add_before", "take_back", "urge", "remove", "abstain"]
)
def test_who_may_not_is_led_back_to_the_matter(send, sign_in, cast, do):
    pk = send()
    answer = sign_in(cast.auditor).get(page(pk, f"{do}/"))
    assert (answer.status_code, answer.url) == (302, page(pk))
