"""POST: what goes, what is refused, under which post, and what it costs."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from approvals.models import Approval, RouteVersion, Signer
from approvals.offers import OFFERS
from tests.approvals.pages.conftest import decide
from tests.cast import identity

from .conftest import Program


def test_an_act_says_where_it_stands_and_who_has_it(send, program, cast):
    status, said = program(cast.town.deputy).post(
        f"approvals/{send(1)}/agree/", {"signer": 1, "digest": "d1"}
    )
    assert (status, said["ok"], said["state"]) == (200, True, "pending")
    assert [(one["step"], one["person"]) for one in said["waiting"]] == [(2, "周晓岚")]


def test_the_last_yes_ends_it(send, program, cast, told):
    pk = send(1)
    decide(pk, cast.town.deputy)
    status, said = program(cast.town.head).post(f"approvals/{pk}/agree/")
    assert (status, said) == (200, {"ok": True, "state": "approved", "waiting": []})
    assert [one.result for one in told] == ["approved"]


def test_what_is_not_what_was_read_is_refused(send, program, cast):
    pk, deputy = send(1), program(cast.town.deputy)
    status, said = deputy.post(f"approvals/{pk}/agree/", {"digest": "d0"})
    assert (status, said) == (
        409,
        {"ok": False, "refused": "内容有变化，请看过以后再办理。", "state": "pending"},
    )
    assert deputy.post(f"approvals/{pk}/agree/", {"digest": "d1"})[0] == 200


def test_what_was_changed_since_it_was_sent_is_refused(send, program, cast, told):
    pk, told.digest = send(1), "d2"
    deputy = program(cast.town.deputy)
    assert deputy.get(f"approvals/{pk}/")[1]["may"] == []
    assert "内容有改动" in deputy.post(f"approvals/{pk}/agree/")[1]["refused"]
    assert program(cast.town.liaison).post(f"approvals/{pk}/withdraw/")[0] == 200


def test_a_step_that_was_not_read_is_not_decided(send, program, cast):
    pk, deputy = send(1), program(cast.town.deputy)
    decide(pk, cast.town.deputy, "transfer", people=[cast.town.head.pk])
    status, said = deputy.post(f"approvals/{pk}/agree/", {"signer": 1})
    assert status == 409
    assert "办理过此件" in said["refused"]


def test_what_is_no_text_is_taken_out_of_an_opinion(send, program, cast):
    pk = send(1)
    program(cast.town.deputy).post(f"approvals/{pk}/agree/", {"opinion": "属实\ud800\0"})
    assert Signer.objects.get(approval=pk, key=1).opinion == "属实"


def test_a_post_in_the_header_is_taken_where_it_is_ones_own(send, program, cast):
    send(1)
    twice = program(cast.twice)
    assert twice.get("inbox/")[1]["post"] == cast.twice.pk
    post = str(cast.twice_office.pk)
    assert twice.get("inbox/", **{"X-Anban-Post": post})[1]["post"] == cast.twice_office.pk
    assert twice.get("inbox/")[1]["post"] == cast.twice.pk  # the session keeps its own


def test_an_act_stands_under_the_post_of_the_header(send, program, cast):
    pk = send(1)
    decide(pk, cast.town.deputy, "transfer", people=[cast.twice_office.pk])
    twice = program(cast.twice)
    assert twice.post(f"approvals/{pk}/agree/")[0] == 409
    assert twice.post(f"approvals/{pk}/agree/", **{"X-Anban-Post": str(cast.twice_office.pk)})[0] == 200
    assert Signer.objects.filter(approval=pk, decided_by=cast.twice_office, state="agreed").exists()


@pytest.mark.parametrize("post", ["0", "x", "9" * 30, "", "²"])
def test_another_post_is_refused_and_ones_own_are_named(post, program, cast):
    status, said = program(cast.twice).get("inbox/", **{"X-Anban-Post": post})
    assert status == 403
    assert str(cast.twice_office.pk) in said["error"]


def test_somebody_elses_post_is_refused(program, cast):
    assert program(cast.twice).get("inbox/", **{"X-Anban-Post": str(cast.clerk.pk)})[0] == 403


def test_a_stranger_gets_what_the_page_gives(send, program, cast):
    for pk in (send(1), 999):
        for seat in cast:
            mine = program(seat)
            page = mine.client.get(f"/approvals/{pk}/").status_code
            assert mine.get(f"approvals/{pk}/")[0] == page
            if page != 200:
                acts = {mine.post(f"approvals/{pk}/{do}/")[0] for do in ("agree", "return", "read", *OFFERS)}
                assert acts == {page}
    assert not Signer.objects.exclude(decided_at=None).exists()


def test_a_reader_who_is_no_signer_decides_nothing(send, program, cast):
    pk = send(1)
    for seat in (cast.auditor, cast.clerk, cast.town.liaison):
        for do in ("agree", "return", "disagree", "transfer"):
            body = {"opinion": "x"} | ({"people": [cast.town.head.pk]} if do == "transfer" else {})
            assert program(seat).post(f"approvals/{pk}/{do}/", body)[0] in (409, 422)
    assert not Signer.objects.exclude(decided_at=None).exists()


@pytest.mark.parametrize("do", ["resubmit", "tick", "void", "x"])
def test_what_no_person_does_is_not_there(do, send, program, cast):
    assert program(cast.town.deputy).post(f"approvals/{send(1)}/{do}/")[0] == 404


@pytest.mark.parametrize(
    ("do", "body"),
    [("agree", {"to": 1}), ("agree", {"people": [1]}), ("disagree", {"only": True}), ("return", {"people": [1]}), ("return", {"only": True}), ("read", {"opinion": "x"})],
)  # fmt: skip
def test_what_an_act_has_no_use_for_is_said(do, body, send, program, cast):
    status, said = program(cast.town.deputy).post(f"approvals/{send(1)}/{do}/", {"signer": 1} | body)
    assert status == 400
    assert "signer、digest" in said["error"]
    assert "part_" not in said["error"]


@pytest.mark.parametrize("to", ["previous", 1])
def test_it_goes_back_one_step_by_word_and_by_number(to, send, program, cast):
    pk = send(1)
    decide(pk, cast.town.deputy)
    status, said = program(cast.town.head).post(f"approvals/{pk}/return/", {"to": to, "opinion": "请核实"})
    assert (status, [one["person"] for one in said["waiting"]]) == (200, ["何振邦"])


def test_a_part_that_is_not_there_is_said(send, program, cast):
    body = {"opinion": "x", "remarks": [{"part": "sheet:9"}]}
    status, said = program(cast.town.deputy).post(f"approvals/{send(1)}/return/", body)
    assert (status, "可以退回的：sheet、photos" in said["error"]) == (400, True)


def test_without_the_token_nothing_is_done(send, cast):
    pk, client = send(1), identity(Client(enforce_csrf_checks=True), cast.town.deputy)
    status, said = Program(client).post(f"approvals/{pk}/agree/")
    assert (status, "X-CSRFToken" in said["error"]) == (403, True)
    token = client.get("/password/").cookies["csrftoken"].value
    assert Program(client).post(f"approvals/{pk}/agree/", **{"X-CSRFToken": token})[0] == 200


@pytest.fixture
def batch(send):
    """batch(3) -> three that may be agreed to together."""

    def several(count: int) -> list[int]:
        pks = [send(number) for number in range(count)]
        version = RouteVersion.objects.get(route__code="test")
        version.definition |= {"batch": True}
        version.save()
        return pks

    return several


def shown(pks: list[int], digest: str = "d1") -> dict[str, dict[str, object]]:
    return {str(pk): {"signer": 1, "digest": digest} for pk in pks}


def test_together_each_gets_its_answer(batch, program, cast):
    good, late, other = batch(3)
    decide(late, cast.town.deputy, "return", opinion="请补照片")
    body = {"approvals": shown([good, late]) | shown([other], "d0") | shown([999]), "opinion": "同意报送。"}
    status, said = program(cast.town.deputy).post("inbox/agree/", body)
    told = said["approvals"]
    assert (status, told[str(good)]) == (200, {"ok": True})
    assert "办理过此件" in told[str(late)]["refused"]
    assert "内容有变化" in told[str(other)]["refused"]
    assert "已不存在" in told["999"]["refused"]
    assert Signer.objects.get(approval=good, key=1).opinion == "同意报送。"


def test_a_route_that_is_not_for_batches_is_refused(send, program, cast):
    pk = send(1)
    said = program(cast.town.deputy).post("inbox/agree/", {"approvals": shown([pk])})[1]
    assert "不能批量同意" in said["approvals"][str(pk)]["refused"]


def test_of_somebody_elses_nothing_is_agreed_to(batch, program, cast):
    pks = batch(2)
    for seat in (cast.other.deputy, cast.auditor, cast.town.liaison):
        said = program(seat).post("inbox/agree/", {"approvals": shown(pks)})[1]["approvals"]
        assert not any(one["ok"] for one in said.values())
    assert set(Approval.objects.values_list("step", flat=True)) == {1}


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"1": {"signer": 1}},
        {"x": {"signer": 1, "digest": "d"}},
        {"0": {"signer": 1, "digest": "d"}},
        {"1": None},
    ],
)
def test_what_was_not_shown_is_not_agreed_to(given, program, cast):
    assert program(cast.town.deputy).post("inbox/agree/", {"approvals": given})[0] == 400


def queries(mine: Program, path: str, body: dict) -> int:
    with CaptureQueriesContext(connection) as caught:
        assert mine.post(path, body)[0] == 200
    return len(caught)


def test_ten_times_as_many_together_take_the_same_queries(batch, program, cast):
    pks, deputy = batch(22), program(cast.town.deputy)
    counts = [queries(deputy, "inbox/agree/", {"approvals": shown(some)}) for some in (pks[:2], pks[2:])]
    assert counts[0] == counts[1]


def test_a_decision_costs_the_same_among_ten_times_as_many(send, program, cast):
    deputy, counts = program(cast.town.deputy), []
    for numbers in (range(2), range(2, 20)):
        pks = [send(number) for number in numbers]
        counts.append(queries(deputy, f"approvals/{pks[0]}/agree/", {"signer": 1}))
    assert counts[0] == counts[1]
