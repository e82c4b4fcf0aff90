"""The approval page: one decision, once, under the right post, and what is said afterwards."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from approvals import services
from approvals.models import Approval, Proxy, QuickOpinions, Route, Signer
from foundation.organization.actors import Actor

from ..conftest import UNIT_ROUTE, appoint
from .conftest import decide


def page(pk, tail=""):
    return f"/approvals/{pk}/{tail}"


def test_it_shows_the_matter_the_trail_and_who_comes_next(send, sign_in, cast):
    html = sign_in(cast.town.deputy).get(page(send())).content.decode()
    for words in (
        "活动记录 1",
        "检查农机 34 台",
        "第 1/2 步 分管负责人审批",
        "何振邦",
        "周晓岚",
        "以“甲镇分管负责人”身份",
    ):
        assert words in html


def test_what_follows_from_a_yes_is_said_before_it(send, sign_in, cast):
    pk = send()
    assert (
        "同意以后：下一步 周晓岚 主要负责人审批" in sign_in(cast.town.deputy).get(page(pk)).content.decode()
    )
    decide(pk, cast.town.deputy)
    assert "同意以后：单位审批到此通过" in sign_in(cast.town.head).get(page(pk)).content.decode()


def test_agreeing_names_the_next_person_and_offers_the_next_matter(send, sign_in, cast):
    first, second = send(1), send(2)
    client = sign_in(cast.town.deputy)
    html = client.post(page(first), {"signer": 1}, follow=True).content.decode()
    assert "已同意“活动记录 1”。下一步：周晓岚 主要负责人审批。" in html
    assert f'href="/approvals/{second}/">办下一件' in html


def test_the_last_yes_says_that_it_is_over(send, sign_in, cast, told):
    pk = send()
    decide(pk, cast.town.deputy)
    html = sign_in(cast.town.head).post(page(pk), {"signer": 2}, follow=True).content.decode()
    assert "审批已结束。待办已全部办完。" in html
    assert told[0].result == "approved"


def test_an_opinion_is_the_usual_sentence_and_ones_own_words(send, sign_in, cast):
    pk = send()
    sign_in(cast.town.deputy).post(page(pk), {"signer": 1, "quick": "同意报送。", "text": "请继续跟踪。"})
    assert Signer.objects.get(approval=pk, key=1).opinion == "同意报送。请继续跟踪。"


def test_a_form_sent_twice_decides_once_and_says_who_did(send, sign_in, cast):
    pk, client = send(), sign_in(cast.town.deputy)
    client.post(page(pk), {"signer": 1})
    again = client.post(page(pk), {"signer": 1, "text": "写了很久的意见"})
    assert again.status_code == 409
    html = again.content.decode()
    assert re.search(r"您已于 \d\d:\d\d 办理过此件。", html)
    assert "写了很久的意见" in html
    assert f'href="{page(pk)}">看最新情况' in html
    assert Approval.objects.get(pk=pk).step == 2


def test_a_stale_page_never_decides_the_next_step(send, sign_in, cast):
    """One person is deputy and, by proxy, the head: the form of step 1 may not answer step 2."""
    pk, deputy = send(), cast.town.deputy
    today = timezone.localdate()
    Proxy.objects.create(owner=cast.town.head, to=deputy, start=today, end=today, made_by=cast.town.head)
    client = sign_in(deputy)
    client.post(page(pk), {"signer": 1})
    assert client.post(page(pk), {"signer": 1}).status_code == 409
    assert Approval.objects.get(pk=pk).state == "pending"


def test_a_changed_content_can_not_be_decided(send, sign_in, cast, told):
    pk, client = send(), sign_in(cast.town.deputy)
    told.digest = "another"
    assert "送审以后内容有改动" in client.get(page(pk)).content.decode()
    assert client.post(page(pk), {"signer": 1}).status_code == 409
    assert Approval.objects.get(pk=pk).step == 1


def test_an_opinion_too_long_is_kept_and_explained(send, sign_in, cast):
    pk = send()
    answer = sign_in(cast.town.deputy).post(page(pk), {"signer": 1, "text": "长" * 501})
    assert answer.status_code == 422
    assert "长" * 501 in answer.content.decode()


def test_a_proxy_sees_for_whom_and_the_trail_says_so(send, sign_in, cast):
    pk, handler, today = send(), cast.town.handler, timezone.localdate()
    Proxy.objects.create(owner=cast.town.deputy, to=handler, start=today, end=today, made_by=cast.town.deputy)
    client = sign_in(handler)
    assert "代 何振邦" in client.get(page(pk)).content.decode()
    client.post(page(pk), {"signer": 1})
    assert "（代 何振邦）" in client.get(page(pk)).content.decode()


def test_the_drafter_is_told_why_a_proxy_does_not_help(send, sign_in, cast):
    pk, today = send(), timezone.localdate()
    Proxy.objects.create(
        owner=cast.town.deputy, to=cast.town.liaison, start=today, end=today, made_by=cast.town.deputy
    )
    html = sign_in(cast.town.liaison).get(page(pk)).content.decode()
    assert "本人提交或起草的事项" in html
    assert 'form="decide"' not in html


def test_another_post_of_mine_is_offered(send, sign_in, cast):
    from tests.approvals.conftest import appoint

    pk, day = send(), timezone.localdate() - dt.timedelta(days=1)
    extra = appoint(cast.office, "auditor", "江喆")
    extra.person = cast.town.deputy.person
    extra.start = day
    extra.save()
    client = sign_in(extra)
    html = client.get(page(pk)).content.decode()
    assert "换成“甲镇分管负责人”办理" in html
    client.post(page(pk, "switch/"), {"appointment": cast.town.deputy.pk})
    assert 'form="decide"' in client.get(page(pk)).content.decode()


@pytest.mark.parametrize("tail", ["return/", "disagree/", "withdraw/"])
def test_who_may_not_act_is_led_back_to_the_page(send, sign_in, cast, tail):
    pk = send()
    answer = sign_in(cast.auditor).get(page(pk, tail))
    assert (answer.status_code, answer.url) == (302, page(pk))


def test_disagreeing_needs_a_word_and_ends_it(send, sign_in, cast, told):
    pk, client = send(), sign_in(cast.town.deputy)
    assert client.post(page(pk, "disagree/"), {"signer": 1}).status_code == 422
    client.post(page(pk, "disagree/"), {"signer": 1, "opinion": "不属实"})
    assert (told[0].result, told[0].opinion) == ("rejected", "不属实")


def test_the_initiator_withdraws_until_somebody_decided(send, sign_in, cast, told):
    first, second, client = send(1), send(2), sign_in(cast.town.liaison)
    html = client.post(page(first, "withdraw/"), {"opinion": "漏了照片"}, follow=True).content.decode()
    assert "已撤回“活动记录 1”" in html
    decide(second, cast.town.deputy)
    assert client.post(page(second, "withdraw/"), {}).status_code == 409
    assert [one.result for one in told] == ["withdrawn"]


def test_own_opinions_are_offered_and_the_defaults_come_back(send, sign_in, cast):
    client, pk = sign_in(cast.town.deputy), send()
    client.post("/approvals/opinions/", {"lines": "同意上报。\n\n同意上报。\n请抓紧。"})
    assert QuickOpinions.of(cast.town.deputy) == ["同意上报。", "请抓紧。"]
    assert "请抓紧。" in client.get(page(pk)).content.decode()
    client.post("/approvals/opinions/", {"lines": ""})
    assert QuickOpinions.of(cast.town.deputy) == list(QuickOpinions.DEFAULTS)


def test_too_many_opinions_are_kept_on_the_page(sign_in, cast):
    answer = sign_in(cast.town.deputy).post(
        "/approvals/opinions/", {"lines": "\n".join("甲乙丙丁戊己庚辛壬")}
    )
    assert answer.status_code == 422
    assert "壬" in answer.content.decode()


def test_one_of_several_is_told_that_anybody_may_and_who(send, sign_in, cast, told):
    """或签 stands in the bar: nobody waits for the other."""
    second = appoint(cast.town.unit, "deputy", "万里")
    pk = send()
    html = sign_in(cast.town.deputy).get(page(pk)).content.decode()
    assert "任一人同意即可，万里也可以办理" in html.partition('class="action-bar"')[2]
    assert "任一人同意即可，何振邦也可以办理" in sign_in(second).get(page(pk)).content.decode()


def test_who_is_alone_or_has_to_agree_too_reads_nothing_of_it(send, sign_in, cast, told):
    assert "任一人" not in sign_in(cast.town.deputy).get(page(send(1))).content.decode()
    appoint(cast.town.unit, "deputy", "万里")
    both = UNIT_ROUTE | {"steps": [UNIT_ROUTE["steps"][0] | {"mode": "all"}]}
    Route.objects.get(code="test").versions.create(number=2, definition=both)
    html = sign_in(cast.town.deputy).get(page(send(2))).content.decode()
    assert "以“甲镇分管负责人”身份" in html
    assert "任一人" not in html


def test_a_decision_of_another_day_is_told_with_its_day(send, sign_in, cast):
    pk = send(at=timezone.now() - dt.timedelta(days=3))
    services.decide(
        approval_id=pk, actor=Actor.of(cast.town.deputy), at=timezone.now() - dt.timedelta(days=2), do="agree"
    )
    html = sign_in(cast.town.deputy).post(page(pk), {"signer": 1}).content.decode()
    assert re.search(r"您已于 .*\d+月\d+日 \d\d:\d\d 办理过此件。", html)
