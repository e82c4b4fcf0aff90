"""The API on the pages' own subject; every answer is held to its schema."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from foundation.organization.schemas import fault
from tests.approvals.pages.conftest import send as send
from tests.approvals.pages.conftest import sign_in as sign_in
from tests.approvals.pages.conftest import told as told

SCHEMAS = {
    "api_inbox": "api_inbox",
    "api_approval": "api_approval",
    "api_decide": "api_decided",
    "api_agree": "api_agreed",
}


class Program:
    """A client that speaks JSON: .get(path) and .post(path, body) -> (status, answer)."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def get(self, path: str, **headers: str) -> tuple[int, Any]:
        return self._read(self.client.get(f"/api/{path}", headers=headers))

    def post(self, path: str, body: Any = None, **headers: str) -> tuple[int, Any]:
        url, kind = f"/api/{path}", "application/json"
        return self._read(self.client.post(url, {} if body is None else body, kind, headers=headers))

    def _read(self, answer: Any) -> tuple[int, Any]:
        values = answer.json()
        if set(values) != {"error"}:
            assert fault(values, SCHEMAS[answer.resolver_match.url_name], "answer") == ""
        return answer.status_code, values


@pytest.fixture
def program(sign_in):
    """program(seat) -> a Program signed in under that post."""
    return lambda seat: Program(sign_in(seat))
