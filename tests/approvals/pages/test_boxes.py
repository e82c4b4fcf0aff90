"""待阅 · 已办 · 已阅: what one was told of, however much that is; read by an index no further than it is shown."""

import re
from html import unescape

import pytest
from django.utils import timezone

from approvals.inbox import TOLD, Inbox, _told
from approvals.models import Proxy, Signer
from foundation.organization.keyset import NEWEST, PK
from tests.explained import plan_of

from .conftest import decide
from .test_inbox import read, titles

GATHERING = ("TEMP B-TREE", "HashAggregate", "Sort")


@pytest.mark.parametrize("box", TOLD)
@pytest.mark.parametrize("order", [NEWEST, (PK,)], ids=["on", "back"])
def test_a_page_walks_the_index_of_its_box(cast, box, order):
    plan = plan_of(_told(box, cast.town.deputy.pk, order, [7], 21, None))
    assert f"signer_{box}" in plan
    assert not [word for word in GATHERING if word in plan], plan


def test_what_was_decided_twice_is_there_once(send, sign_in, cast):
    """For oneself, and for the next who asks one to stand in."""
    day, deputy, head = timezone.localdate(), cast.town.deputy, cast.town.head
    Proxy.objects.create(owner=head, to=deputy, start=day, end=day, made_by=head)
    pk = send(1)
    decide(pk, deputy)
    decide(pk, deputy)
    assert Signer.objects.filter(decided_by=deputy, approval=pk).count() == 2
    assert read(sign_in(deputy), "?box=done") == ["活动记录 1"]
    assert Inbox(deputy, timezone.now()).counts("done") == {"done": 1}


def test_pages_of_it_go_on_and_back(send, sign_in, cast, monkeypatch):
    monkeypatch.setattr("approvals.inbox.SIZE", 2)
    client, query, seen = sign_in(cast.town.deputy), "?box=done", []
    for number in range(5):
        decide(send(number), cast.town.deputy)
    while query:
        html = client.get(f"/inbox/{query}").content.decode()
        seen.append(titles(html))
        query = _beside(html, "next")
    assert seen == [["活动记录 4", "活动记录 3"], ["活动记录 2", "活动记录 1"], ["活动记录 0"]]
    assert read(client, _beside(html, "prev")) == seen[1]


def test_words_narrow_it(send, sign_in, cast):
    for number in range(2):
        decide(send(number), cast.town.deputy)
    client = sign_in(cast.town.deputy)
    assert read(client, "?box=done&q=记录 1") == ["活动记录 1"]
    assert read(client, "?box=done&q=别的") == []


def _beside(html: str, rel: str) -> str:
    found = re.search(rf'href="([^"]*)" rel="{rel}"', html)
    return unescape(found[1]) if found else ""
