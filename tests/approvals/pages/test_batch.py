"""批量同意: one route at a time, agree only, a result for each."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from approvals.models import Approval, RouteVersion, Signer
from foundation.journal.verify import first_bad

from .conftest import decide

URL = "/inbox/batch/"


@pytest.fixture
def sent(send):
    """sent(3) -> three approvals of a route that may be agreed to in a batch."""

    def several(count: int) -> list[int]:
        first = send(1)
        version = RouteVersion.objects.get(route__code="test")
        version.definition |= {"batch": True}
        version.save()
        return [first, *(send(number) for number in range(2, count + 1))]

    return several


@pytest.fixture
def deputy(sign_in, cast):
    return sign_in(cast.town.deputy)


def review(client, pks: list[int]) -> list[str]:
    """What the review page would send for these."""
    html = client.post(URL, {"route": "test", "item": pks}).content.decode()
    return re.findall(r'name="shown" value="([^"]+)"', html)


def agree(client, shown: list[str], **more) -> str:
    return client.post(URL, {"route": "test", "confirm": "1", "shown": shown} | more).content.decode()


def steps(pks: list[int]) -> list[int]:
    return list(Approval.objects.filter(pk__in=pks).order_by("pk").values_list("step", flat=True))


def test_a_route_that_does_not_allow_it_offers_nothing(send, deputy):
    send()
    assert "批量同意" not in deputy.get("/inbox/").content.decode()
    assert "没有可以批量同意的待办" in deputy.get(URL).content.decode()


def test_all_that_were_ticked_go_on_and_the_others_stay(sent, deputy):
    pks = sent(3)
    assert "批量同意" in deputy.get("/inbox/").content.decode()
    html = agree(deputy, review(deputy, pks[:2]), text="同意报送。")
    assert "已同意 2 件" in html
    assert steps(pks) == [2, 2, 1]
    assert set(Signer.objects.filter(state="agreed").values_list("opinion", flat=True)) == {"同意报送。"}
    assert first_bad()[1] is None


def test_nothing_is_agreed_to_before_the_titles_were_confirmed(sent, deputy):
    pks = sent(2)
    html = deputy.post(URL, {"route": "test", "item": pks}).content.decode()
    assert "同意以下 2 件" in html
    assert "活动记录 2" in html
    assert steps(pks) == [1, 1]


def test_one_that_somebody_decided_meanwhile_is_told_and_holds_up_nothing(sent, deputy, cast):
    pks = sent(3)
    shown = review(deputy, pks)
    decide(pks[1], cast.town.deputy, "return", opinion="请补照片")
    html = agree(deputy, shown)
    assert "已同意 2 件，未办 1 件" in html
    assert "办理过此件。" in html
    assert steps(pks) == [2, 1, 2]


def test_one_whose_content_is_not_what_was_shown_is_left(sent, deputy):
    (pk,) = sent(1)
    (shown,) = review(deputy, [pk])
    html = agree(deputy, [shown.replace("d1", "d0")])
    assert "内容有变化" in html
    assert steps([pk]) == [1]


def test_what_the_route_forbids_meanwhile_is_left(sent, deputy):
    (pk,) = sent(1)
    shown = review(deputy, [pk])
    RouteVersion.objects.update(
        definition=RouteVersion.objects.get(route__code="test").definition | {"batch": False}
    )
    assert "不能批量同意" in agree(deputy, shown)
    assert steps([pk]) == [1]


def test_somebody_elses_are_refused(sent, sign_in, deputy, cast):
    (pk,) = sent(1)
    shown = review(deputy, [pk])
    for stranger in (cast.other.deputy, cast.auditor, cast.town.liaison):
        assert "已同意 0 件，未办 1 件" in agree(sign_in(stranger), shown)
    assert steps([pk]) == [1]


@pytest.mark.parametrize("shown", ["", "x", "1:2", "9" * 40 + ":1:d", "999:1:d1"])
def test_a_form_that_was_tampered_with_does_nothing(sent, deputy, shown):
    (pk,) = sent(1)
    assert "已同意 0 件" in agree(deputy, [shown])
    assert steps([pk]) == [1]


def test_nothing_ticked_is_said(sent, deputy):
    sent(2)
    answer = deputy.post(URL, {"route": "test"})
    assert answer.status_code == 422
    assert "请勾选要同意的事项。" in answer.content.decode()


def test_ten_times_the_rows_take_the_same_queries(sent, send, deputy):
    counts = []
    for numbers in (range(2, 4), range(4, 24)):
        sent(1) if not counts else None
        for number in numbers:
            send(number)
        with CaptureQueriesContext(connection) as caught:
            assert "活动记录 3" in deputy.get(URL).content.decode()
        counts.append(len(caught))
    assert counts[0] == counts[1]


def test_the_way_back_from_the_review_keeps_the_ticks(sent, deputy):
    pks = sent(3)
    html = deputy.post(URL, {"route": "test", "item": pks[:2]}).content.decode()
    (again,) = set(re.findall(r'href="(\?route=test[^"]*)"', html))
    shown = deputy.get(URL + again.replace("&amp;", "&")).content.decode()
    assert re.findall(r'name="item" value="(\d+)"[^>]* checked', shown) == [str(pk) for pk in pks[:2]]
