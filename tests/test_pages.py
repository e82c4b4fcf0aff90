"""The site as a whole: no page without a row in tests/matrix.py, and every row holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from django.db import transaction
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.cast import Cast, engage, identity
from tests.house import folders
from tests.matrix import ACTS, EVERYBODY, LEADING, OPEN, PAGES, PUBLIC, Row, person, world


class Standing(NamedTuple):
    cast: Cast
    things: dict[str, int]
    folder: Path


@pytest.fixture(scope="module")
def standing(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Standing]:
    """One world for all pages: making it takes longer than reading a page. A test undoes what it did itself."""
    folder = tmp_path_factory.mktemp("world")
    with django_db_blocker.unblock(), override_settings(**folders(folder)), transaction.atomic():
        cast = engage()
        yield Standing(cast, world(cast), folder)
        transaction.set_rollback(True)


@pytest.fixture
def cast(standing, db, settings) -> Cast:
    for name, folder in folders(standing.folder).items():
        setattr(settings, name, folder)
    return standing.cast


@pytest.fixture
def things(cast, standing) -> dict[str, int]:
    return standing.things


def names(patterns: list[URLPattern | URLResolver]) -> set[str]:
    found: set[str] = set()
    for one in patterns:
        found |= names(one.url_patterns) if isinstance(one, URLResolver) else {one.name}
    return found


FOREIGN = re.compile(rb"""(?:src|href|action|content)=["'](?:https?:)?//""")  # offices sit on closed networks


def status(client: Client, row: Row, things: dict[str, int]) -> int:
    answer = client.get(row.url(things))
    body = b"".join(answer)  # read to its end, a file is closed
    assert not FOREIGN.search(body), f"{row.url(things)} names a foreign host"
    return answer.status_code


def label(row: Row) -> str:
    return "-".join((row.name, *row.takes))


def test_every_page_of_the_site_has_a_row_and_every_row_a_page():
    assert (
        names(get_resolver().url_patterns) == {row.name for row in (*PAGES, *ACTS, *LEADING, *PUBLIC)} | OPEN
    )


@pytest.mark.parametrize("row", [*PAGES, *PUBLIC], ids=label)
def test_a_page_opens_for_whom_it_is_and_for_nobody_else(row, cast, things):
    got = {key: status(identity(Client(), person(cast, key)), row, things) for key in EVERYBODY}
    assert got == {key: row.opens if key in row.may else 403 for key in EVERYBODY}


@pytest.mark.parametrize("row", PUBLIC, ids=label)
def test_what_is_for_everybody_opens_before_signing_in(row, things, client):
    assert status(client, row, things) == 200


@pytest.mark.parametrize("row", LEADING, ids=label)
def test_a_page_for_some_leads_on_and_is_refused_to_all_others(row, cast, things):
    got = {key: status(identity(Client(), person(cast, key)), row, things) for key in EVERYBODY}
    assert {key for key, answer in got.items() if answer != 403} == row.may
    assert set(got.values()) <= {200, 302, 403}


@pytest.mark.once
@pytest.mark.parametrize("row", ACTS, ids=label)
def test_a_link_changes_nothing(row, cast, things):
    assert status(identity(Client(), cast.clerk), row, things) == 405


@pytest.mark.once
@pytest.mark.parametrize("row", [*PAGES, *LEADING, *ACTS], ids=label)
def test_who_is_not_signed_in_is_asked_to(row, things, client):
    answer = client.post(row.url(things)) if row in ACTS else client.get(row.url(things))
    if row.program:
        assert (answer.status_code, answer.json()) == (401, {"error": "请先登录。"})
        return
    assert (answer.status_code, answer.url.split("?")[0]) == (302, reverse("sign_in"))
