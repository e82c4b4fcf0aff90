"""Page and API: one act after the other on two alike, and nothing tells them apart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from approvals.models import Approval, RouteVersion, Signer
from approvals.offers import OFFERS
from foundation.journal.models import Entry
from tests.approvals.pages.conftest import decide

PLACES = ("deputy", "head", "liaison", "handler")
COLUMNS = ("key", "step", "round", "appointment", "state", "reason", "link", "anchor", "claim", "opinion", "decided_by", "digest")  # fmt: skip


@dataclass(frozen=True)
class Case:
    """`step`: what is changed of the route's first step; `before`: what was done; `page` and `body` say the same.
    Words in them name people of 甲镇."""

    who: str = "deputy"
    step: dict[str, Any] = field(default_factory=dict)
    before: tuple[tuple[str, str, dict[str, Any]], ...] = ()
    page: dict[str, Any] = field(default_factory=dict)
    body: dict[str, Any] = field(default_factory=dict)
    tail: str | None = None  # of the page's address, where it is not the act

    def same(self, **both: Any) -> Case:
        return Case(self.who, self.step, self.before, both, both, self.tail)


ANY = {"who": [{"post": "deputy"}, {"post": "head"}], "claim": True}
VOTE = {"mode": "vote", "votes": {"count": 1}, "who": [{"post": "deputy"}, {"post": "head"}]}
COPY = {"copy": [{"post": "handler"}]}
AGREED = (("deputy", "agree", {}),)
CASES = {
    "claim": Case(step=ANY),
    "disagree": Case().same(opinion="不属实"),
    "abstain": Case(step=VOTE).same(opinion="不了解"),
    "transfer": Case(page={"people": "head", "opinion": "请定"}, body={"people": ["head"], "opinion": "请定"}),
    "delegate": Case(page={"people": "handler", "opinion": "对吗"}, body={"people": ["handler"], "opinion": "对吗"}),
    "opine": Case("handler", before=(("deputy", "delegate", {"people": ["handler"]}),)).same(opinion="属实"),
    "add_before": Case().same(people=["head", "handler"]),
    "add_after": Case().same(people=["handler"]),
    "remove": Case(before=(("deputy", "add_before", {"people": ["head", "handler"]}),)).same(people=["head"]),
    "release": Case(step=ANY, before=(("deputy", "claim", {}),)),
    "take_back": Case(before=AGREED),
    "urge": Case("liaison"),
    "withdraw": Case("liaison").same(opinion="写错了"),
    "agree": Case(page={"text": "同意。\r\n已核"}, body={"opinion": "同意。\r\n已核"}, tail=""),
    "read": Case("handler", step=COPY, before=AGREED),
    "return": Case(
        page={"to": "initiator", "part_1": "on", "reason_1": "unclear", "text_1": "第 3 张"},
        body={"remarks": [{"part": "photos", "reason": "unclear", "text": "第 3 张"}]},
    ),
}  # fmt: skip


@pytest.fixture
def pair(send, cast) -> Callable[[str], tuple[int, int]]:
    """Two approvals in which the act is open."""

    def pair(do: str) -> tuple[int, int]:
        case = CASES[do]
        send(9)
        version = RouteVersion.objects.get(route__code="test")
        first, *rest = version.definition["steps"]
        version.definition |= {"steps": [first | case.step, *rest]}
        version.save()
        found = send(1, title="活动记录"), send(2, title="活动记录")
        for pk in found:
            for who, done, more in case.before:
                decide(pk, getattr(cast.town, who), done, **named(cast, more))
        return found

    return pair


def named(cast, given: dict[str, Any]) -> dict[str, Any]:
    people = given.get("people", [])
    if isinstance(people, str):
        return given | {"people": getattr(cast.town, people).pk}
    return given | {"people": [getattr(cast.town, one).pk for one in people]} if people else given


def outcome(pk: int) -> dict[str, Any]:
    """All that is kept of an approval but its number and the hour."""
    last = Entry.objects.filter(target="approvals.approval", target_id=pk).order_by("seq")
    return {
        "state": Approval.objects.values("state", "step", "corrections").get(pk=pk),
        "rows": list(Signer.objects.filter(approval=pk).order_by("key").values(*COLUMNS)),
        "journal": list(last.values("verb", "data", "actor")),
    }


def test_there_is_a_case_for_every_act():
    assert set(CASES) == {"agree", "return", "read", *OFFERS}


@pytest.mark.parametrize("do", CASES)
def test_they_come_to_the_same(do, pair, program, cast, told):
    case, (first, second) = CASES[do], pair(do)
    mine = program(getattr(cast.town, case.who))
    tail = f"{do}/" if case.tail is None else case.tail
    assert do in mine.get(f"approvals/{second}/")[1]["may"]
    answer = mine.client.post(f"/approvals/{first}/{tail}", named(cast, case.page))
    status, said = mine.post(f"approvals/{second}/{do}/", named(cast, case.body))
    assert (answer.status_code, status) == (302, 200)
    assert outcome(first) == outcome(second)
    assert said["state"] == Approval.objects.get(pk=second).state
    open_rows = Signer.objects.filter(approval=second, state="open").order_by("key")
    assert [one["person"] for one in said["waiting"]] == [row.appointment.person.name for row in open_rows]
    assert [one.remarks for one in told[:1]] == [one.remarks for one in told[1:]]


@pytest.mark.parametrize("do", CASES)
def test_a_second_time_is_refused_alike(do, pair, program, cast):
    """Or goes through alike: whom one reads about again, or adds to the step."""
    case, (first, second) = CASES[do], pair(do)
    mine = program(getattr(cast.town, case.who))
    tail = f"{do}/" if case.tail is None else case.tail
    for _ in range(2):
        answer = mine.client.post(f"/approvals/{first}/{tail}", named(cast, case.page))
        status, said = mine.post(f"approvals/{second}/{do}/", named(cast, case.body))
    assert outcome(first) == outcome(second)
    if status == 200:
        assert answer.status_code == 302
    elif do == "read":  # its page leads back to the approval with the sentence
        assert (answer.status_code, status) == (302, 409)
    else:
        assert (answer.status_code, said["refused"] in answer.content.decode()) == (status, True)


@pytest.mark.parametrize(
    ("do", "page", "body"),
    [
        ("disagree", {}, {}),
        ("disagree", {"opinion": "长" * 501}, {"opinion": "长" * 501}),
        ("transfer", {}, {}),
        ("transfer", {"people": "9" * 18}, {"people": [int("9" * 18)]}),
        ("add_before", {"people": ["99998", "99999"]}, {"people": [99998, 99999]}),
        ("return", {"to": "initiator"}, {}),
        ("return", {"to": "previous", "opinion": "x"}, {"to": "previous", "opinion": "x"}),
        ("return", {"to": "7", "opinion": "x"}, {"to": 7, "opinion": "x"}),
        ("remove", {"people": ["1"]}, {"people": [1]}),
    ],
)  # fmt: skip
def test_what_is_lacking_is_said_in_the_same_words(do, page, body, send, program, cast):
    pk, deputy = send(1), program(cast.town.deputy)
    answer = deputy.client.post(f"/approvals/{pk}/{do}/", page)
    status, said = deputy.post(f"approvals/{pk}/{do}/", body)
    assert (answer.status_code, status) == (422, 422)
    assert said["refused"] in answer.content.decode()
    assert said["state"] == "pending"
