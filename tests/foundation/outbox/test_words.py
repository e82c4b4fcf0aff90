"""What leaves the house names a kind of thing, never the thing: no title, no name, no number, no place to put one."""

from __future__ import annotations

import datetime as dt

import pytest

from foundation.journal.models import Entry
from foundation.organization.models import Person
from foundation.outbox import registry
from foundation.outbox.models import Message
from foundation.outbox.sending import _packed
from foundation.outbox.wishes import Contact

SAID = [(verb, one) for verb, informs in registry.INFORMS.items() for one in informs]
SECRET = "泰强公司甲某一案"


@pytest.mark.parametrize(
    ("verb", "inform"), SAID, ids=lambda one: one if isinstance(one, str) else one.kind.code
)
def test_a_sentence_is_fixed_and_has_no_place_for_anything(verb, inform):
    assert inform.says.endswith("。")
    assert not set("{}%<>《》“”〔〕0123456789") & set(inform.says + inform.kind.name)
    assert len(inform.says.encode()) <= 512  # a card of 企业微信
    assert registry.KINDS[inform.kind.code] is inform.kind


@pytest.mark.parametrize(
    ("verb", "inform"), SAID, ids=lambda one: one if isinstance(one, str) else one.kind.code
)
def test_nothing_of_an_entry_gets_into_a_parcel(verb, inform, settings):
    """Its data, its words and its target are full of what is nobody's business outside."""
    settings.PUBLIC_URL, settings.OFFICE_NAME = "https://anban.example", "市安委办"
    entry = Entry(
        pk=5, verb=verb, target=verb.rpartition(".")[0], target_id=7, at=dt.datetime.now(dt.UTC), to=SECRET[:16],
        data=dict.fromkeys(("title", "name", "reason", "colour", "says", "unit", "error"), SECRET), words={"reason": SECRET},
    )  # fmt: skip
    person = Person(pk=3, name=SECRET, username="anna")
    row = Message(pk=9, entry=entry, person=person, kind=inform.kind.code, parcel=9)
    alone = _packed([row], Contact())
    several = _packed(
        [row, Message(pk=10, entry=entry, person=person, kind=inform.kind.code, parcel=9)], Contact()
    )
    fixed = {one.says for _, one in SAID} | {f"{inform.kind.name}。"}
    assert alone.text in fixed
    assert several.text == f"您有 2 条消息：{inform.kind.name} 2。"
    assert (alone.url, several.url) == (
        "https://anban.example/messages/9/",
        "https://anban.example/messages/",
    )
    assert alone.title == several.title == "市安委办"
