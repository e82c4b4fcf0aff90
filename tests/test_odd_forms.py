"""Every form of the site, filled as no page of ours fills it: none of them falls over."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import urljoin

import pytest
from django.db import transaction
from django.test import Client

from tests.cast import Cast, identity
from tests.matrix import LEADING, PAGES, Row, issued, person, world
from workflows.plans.deliverables import Deliverable

TOO_LONG, TOO_LARGE = "1" * 5000, "9" * 23  # more digits than Python reads, than a database holds
NO_TEXT = "\ud800\0\x01"
FILLERS = ["clerk", "administrator", "town.liaison", "town.deputy", "town.head"]
UTF_7 = "multipart/form-data; boundary=x; charset=utf-7"  # the encoding that carries half a surrogate pair


class Forms(HTMLParser):
    """[(action, {name: value})] of the forms that are sent by POST; buttons are fields too. `chosen`: the names of
    those that nobody types freely into."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.chosen: set[str] = set()
        self.inside = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = given.get("method") == "post"
            if self.inside:
                self.found.append((given.get("action", ""), {}))
        elif self.inside and tag in ("input", "select", "textarea", "button") and given.get("name"):
            self.found[-1][1].setdefault(given["name"], given.get("value", ""))
            if tag in ("select", "button") or given.get("type", "text") != "text":
                self.chosen.add(given["name"])

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "form"


def pages(cast: Cast) -> list[tuple[str, str]]:
    """(who, address): all of the matrix, and a task with everything that a unit can be asked for."""
    things = world(cast)
    case = issued(things["plan"], cast, *Deliverable.values, order=2)
    case.receive()
    things["work"] = case.pk
    work = frozenset({"town.liaison"})
    acts = [Row("task_act", work, ("work", code)) for code in ("hand_over", "waiver", "reassign")]
    rows = [*PAGES, *LEADING, Row("task", work, ("work",)), *acts]
    return [(who, row.url(things)) for row in rows for who in FILLERS if who in row.may]


def one_of_a_kind(names: set[str]) -> set[str]:
    """The fields of one row of a table stand for those of all."""
    return set({re.sub(r"\d+", "", name): name for name in sorted(names)}.values())


def read(client: Client, url: str) -> str:
    page = client.get(url)
    body = b"".join(page)  # read to its end, a file is closed
    return body.decode() if page.get("Content-Type", "").startswith("text/html") else ""


def send(client: Client, url: str, fields: dict[str, str]) -> None:
    """An exception in a view is one here; what it did is undone."""
    part = '--x\r\nContent-Disposition: form-data; name="{}"\r\n\r\n'
    parts = [
        part.format(name).encode() + value.encode("utf-7", "surrogatepass") + b"\r\n"
        for name, value in fields.items()
    ]
    undo = transaction.savepoint()
    session = client.cookies["sessionid"].value
    client.post(url, b"".join(parts) + b"--x--\r\n", content_type=UTF_7)
    client.cookies["sessionid"] = session
    transaction.savepoint_rollback(undo)


@pytest.mark.django_db
def test_a_form_takes_anything_in_any_field(cast):
    seen = set()
    for who, url in pages(cast):
        client = identity(Client(), person(cast, who))
        forms = Forms(read(client, url))
        for action, fields in forms.found:
            address = urljoin(url, action)
            if (sign := (address, *fields)) in seen:
                continue
            seen.add(sign)
            send(client, address, dict.fromkeys(fields, NO_TEXT))
            chosen = forms.chosen.intersection(fields)
            send(client, address, fields | dict.fromkeys(chosen, TOO_LONG))
            for name in one_of_a_kind(chosen):
                send(client, address, fields | {name: TOO_LARGE})
    assert len(seen) > 30
