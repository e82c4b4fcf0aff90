"""`kill -9` beside the commit, and two who spread at once while others decide: everybody is told, and once."""

from __future__ import annotations

from collections import Counter

import pytest

from foundation.outbox.models import Message
from foundation.outbox.spreading import spread
from tests.approvals.conftest import AT, appoint, start, told, town  # noqa: F401 - fixtures
from tests.pairs import Partner, pairs

LATER = "2026-06-01T10:00:00+08:00"

pytestmark = pytest.mark.django_db(transaction=True)


def heard() -> list[str]:
    return list(Message.objects.order_by("pk").values_list("person__name", flat=True))


def spreading(town, hang: str = "") -> dict:  # noqa: F811
    return {"act": "spread", "seat": town.liaison.pk, "kw": {}} | ({"hang": hang} if hang else {})


@pytest.mark.parametrize("hang", ["before", "after"])
def test_a_killed_spreader_loses_nobody_and_doubles_nobody(hang, start, town):  # noqa: F811
    start()
    Partner().die(spreading(town, hang))
    spread(AT)
    assert heard() == ["分"]


def test_while_some_decide_and_two_spread_everybody_hears_once(start, town, together):  # noqa: F811
    expected: Counter = Counter()
    for _ in pairs(together):
        pk = start(together.count + 1)
        expected["分"] += 1
        if together.count % 2:
            assert together(spreading(town), spreading(town)) == ["", ""]
            continue
        act = {"act": "decide", "seat": town.deputy.pk, "at": LATER, "kw": {"approval_id": pk, "do": "agree"}}
        assert together(act, spreading(town)) == ["", ""]
        expected["主"] += 1
    spread(AT)
    spread(AT)
    assert Counter(heard()) == expected
