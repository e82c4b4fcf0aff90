"""Bodies that no program of sound mind sends, and what the house itself answers: JSON with a sentence, always."""

from __future__ import annotations

import json
from itertools import product

import pytest
from django.test import Client

from approvals.models import Approval, Signer
from foundation.organization.models import Person

JSON = "application/json"
KEYS = ("signer", "digest", "opinion", "to", "people", "remarks", "only")
TEXTS = ["\0\x01\x1b", "\ud800", "\u202e\ufeff", "𠮷👍", "'; --", "x" * 5000]
VALUES = [
    None, True, [], {}, [None], [[]], {"a": 1}, 0, -1, 1.5, 1e300, 9 * 10**22, 2**63, 10**4000, *TEXTS,
    [10**30], [1.0], [{}], [{"part": "sheet"}], [{"part": "\ud800", "reason": "x"}], [{"part": "sheet", "text": "\0"}],
]  # fmt: skip
BODIES = [
    b"", b"\xff\xfe", b"{", b"nul", b"null", b"[]", b"[1]", b'"x"', b"1", b"NaN", b'{"signer": NaN}', b'{"signer": -Infinity}',
    b'{"signer": 1e400}', b'{"signer": ' + b"9" * 5000 + b"}", b'{"x": 1}', b'{"\\ud800": 1}', b'{"opinion": "\\ud800"}', b'{"opinion": "\xed\xa0\x80"}',
    b"[" * 100_000, b'{"opinion": ' * 50_000, b'{"people": ' + b"[" * 400 + b"]" * 400 + b"}", b'\xef\xbb\xbf{"x": 1}',
]  # fmt: skip
SOUND = {b"", b'{"opinion": "\\ud800"}'}  # nothing, or nothing that is text


def send_raw(client: Client, path: str, body: bytes, kind: str = JSON) -> tuple[int, dict]:
    answer = client.post(f"/api/{path}", body, content_type=kind)
    assert (answer["Content-Type"], answer["Cache-Control"]) == (JSON, "no-store")
    return answer.status_code, answer.json()


@pytest.fixture
def deputy(sign_in, cast) -> Client:
    return sign_in(cast.town.deputy)


@pytest.mark.parametrize("path", ["approvals/{}/disagree/", "inbox/agree/"])
def test_what_is_no_body_is_said(path, send, deputy):
    pk = send(1)
    for body in BODIES:
        status, said = send_raw(deputy, path.format(pk), body)
        assert status == (422 if body in SOUND and "disagree" in path else 400), body
        assert (said.get("refused") or said["error"]).endswith("。"), body


ONCE = pytest.mark.once


@pytest.mark.parametrize(
    "do", ["return", pytest.param("agree", marks=ONCE), pytest.param("add_before", marks=ONCE)]
)
def test_any_value_under_any_key_is_answered(do, send, deputy):
    """None of them decides: a row that is not the deputy's is named in every one."""
    pk = send(1)
    for key, value in product(KEYS, VALUES):
        body = {"opinion": "x", "signer": 77} | {key: value}
        if key == "signer" and value is None:
            continue
        status, said = send_raw(deputy, f"approvals/{pk}/{do}/", json.dumps(body).encode())
        assert status in (400, 409, 422), (key, value)
        assert "ok" in said or said["error"].endswith("。"), (key, value)
    assert Approval.objects.get(pk=pk).state == "pending"
    assert not Signer.objects.exclude(decided_at=None).exists()


def test_any_value_is_answered_in_a_batch(send, deputy):
    pk = str(send(1))
    for value in VALUES:
        ones = [value, {"signer": value, "digest": "d1"}, {"signer": 1, "digest": value}]
        for given in (value, *({pk: one} for one in ones)):
            status, _ = send_raw(deputy, "inbox/agree/", json.dumps({"approvals": given}).encode())
            assert status in (200, 400), given
    assert not Signer.objects.exclude(decided_at=None).exists()


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
)
def test_only_json_is_taken(kind, send, deputy):
    status, said = send_raw(deputy, f"approvals/{send(1)}/agree/", b"signer=1", kind)
    assert (status, JSON in said["error"]) == (415, True)


def test_pages_take_no_json(send, deputy):
    pk = send(1)
    deputy.post(f"/approvals/{pk}/disagree/", {"opinion": "不属实"}, content_type=JSON)
    assert Approval.objects.get(pk=pk).state == "pending"


def test_what_is_too_large_is_said(send, deputy, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    status, said = send_raw(
        deputy, f"approvals/{send(1)}/agree/", json.dumps({"opinion": "x" * 200}).encode()
    )
    assert (status, "太大" in said["error"]) == (400, True)
    settings.FORM_LIMIT_BYTES = 100
    assert send_raw(deputy, "approvals/1/agree/", b"x" * 200)[0] == 413


@pytest.mark.parametrize("path", ["/api/", "/api/nothing/", "/api/approvals/x/", "/api/approvals/999/"])
def test_an_address_that_is_not_there_says_so_in_json(path, deputy):
    answer = deputy.get(path)
    assert (answer.status_code, answer["Content-Type"], list(answer.json())) == (404, JSON, ["error"])


@pytest.mark.parametrize("path", ["/api/inbox/", "/api/nothing/", "/api/approvals/1/agree/"])
def test_who_is_not_signed_in_is_told(path, client, db):
    for answer in (client.get(path), client.post(path, {}, content_type=JSON)):
        assert (answer.status_code, answer.json()) == (401, {"error": "请先登录。"})


def test_another_method_is_told_which_are_taken(deputy):
    for answer, allowed in (
        (deputy.put("/api/inbox/"), "GET, HEAD"),
        (deputy.get("/api/inbox/agree/"), "POST"),
    ):
        assert (answer.status_code, answer["Allow"], list(answer.json())) == (405, allowed, ["error"])


def test_a_password_that_was_handed_out_is_changed_on_the_page_first(deputy, cast):
    Person.objects.filter(pk=cast.town.deputy.person_id).update(must_change_password=True)
    answer = deputy.get("/api/inbox/")
    assert (answer.status_code, "一次性密码" in answer.json()["error"]) == (403, True)


def test_our_own_fault_is_said_without_its_reasons(deputy, monkeypatch):
    monkeypatch.setattr("approvals.api.reading.working_calendar", lambda *years: 1 / 0)
    deputy.raise_request_exception = False
    answer = deputy.get("/api/inbox/")
    assert answer.status_code == 500
    assert "联系系统管理员" in answer.json()["error"]
