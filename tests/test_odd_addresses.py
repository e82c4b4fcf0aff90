"""Addresses and forms that nobody's page makes: whatever stands in them, no page falls over."""

import base64
import json

import pytest
from django.urls import reverse

from workflows.tasks.ledger.filters import NAMES

ODD = ["%00", "1" * 5000, "9" * 23, "99999", "-1", "%F0%9F%98%80", "%25_%27", "²", "%D9%A3"]
LISTS = {
    "inbox": ["q", "box", "only"],
    "tasks": [*NAMES, "after", "before"],
    "search": ["q"],
    "units": ["q", "kind", "page"],
    "people": ["q", "unit", "state", "page"],
    "address_book": ["q", "page"],
    "archive": ["q", "kind", "year", "unit", "before", "after"],
    "drafts": ["q", "only", "kind", "before", "after"],
    "drafts_to_seal": ["before", "after"],
    "document_batches": ["before", "after"],
    "document_batch_new": ["source"],
    "archive_items": ["q", "term", "year", "unit", "before", "after"],
    "archive_arrange": ["year"],
    "archive_search": ["q", "kind", "year", "unit", "only", "before", "after"],
    "archive_packages": ["before", "after"],
    "board": ["plan", "range", "light", "page", "by", "screen", "paused", "at"],
    "analysis": ["plan", "range", "by", "of", "order", "page"],
    "years": ["plan", "with", "span", "by", "of", "page"],
    "changes": ["plan", "since", "only", "page"],
    "slips": ["q", "only", "colour", "task", "before", "after"],
    "supervision_ahead": ["on", "page"],
    "extensions": ["q", "only", "before", "after"],
    "plans": ["page"],
    "cases": ["q", "only", "before", "after"],
    "register_counts": ["start", "end"],
    "register:media": ["q", "only", "unit", "start", "end", "before", "after"],
    "case_clocks": ["q", "only", "who", "unit", "before", "after"],
    "recommendations": ["q", "only", "plan", "unit", "kind", "after", "before"],
    "publications": ["q", "only", "after", "before"],
    "calendar": ["year"],
    "verification": ["code"],
    "seals": ["page"],
    "seal_uses": ["q", "seal", "year", "before", "after"],
    "seal_uses_export": ["q", "seal", "year"],
}
CURSORS = [
    ["2026-01-01", "9999-12-31T23:59:59-12:00", 1],
    ["0001-01-01", "0001-01-01T00:00:00+14:00", 1],
    ["9999-12-31T23:59:59-12:00", 1],
    ["2026-01-01T00:00:00", 1e400],
    [float("inf")] * 3,
    [1, 2],
]
FORMS = [
    ("tasks_batch", {"do": "urge", "task": "9" * 26}),
    ("tasks_batch", {"do": "urge", "task": "1" * 5000}),
    ("tasks_export", {"query": "unit=" + "9" * 1900 + "&q=%00&after=x"}),
    ("tasks_columns", {"column": "\0", "query": "%"}),
    ("slips_circular", {"plan": "1" * 5000}),
    ("switch_identity", {"appointment": "1" * 5000}),
    ("calendar_seed", {"year": "1" * 5000}),
]


def address(page: str) -> str:
    """Of a page, with what it is about behind a colon."""
    name, *about = page.split(":")
    return reverse(name, args=about)


@pytest.fixture
def clerk(cast, client):
    client.force_login(cast.clerk.person)
    return client


@pytest.mark.parametrize("page", LISTS)
def test_a_list_takes_any_query(clerk, page):
    for name in LISTS[page]:
        for value in ODD:
            assert clerk.get(f"{address(page)}?{name}={value}").status_code == 200


@pytest.mark.parametrize("cursor", CURSORS, ids=str)
@pytest.mark.parametrize("page", ["inbox", "case_clocks", "register:media"])
def test_a_list_takes_any_cursor(clerk, page, cursor):
    text = base64.urlsafe_b64encode(json.dumps(cursor).encode()).decode()
    for side in ("before", "after"):
        assert clerk.get(address(page), {side: text}).status_code == 200


@pytest.mark.parametrize(("page", "form"), FORMS, ids=lambda one: str(one)[:30])
def test_a_form_takes_any_number(clerk, page, form):
    assert clerk.post(reverse(page), form).status_code == 302


def test_an_address_with_foreign_digits_is_not_found(clerk):
    assert clerk.post("/plans/٣/items/٣/check/").status_code == 404


def test_an_address_that_only_takes_forms_says_so_to_who_opens_it(clerk):
    answer = clerk.get(reverse("tasks_batch"))
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "刚才的操作没有执行" in answer.content.decode()
