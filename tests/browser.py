"""Debian's Chromium for tests that do what a person does: fixtures `chromium`, `visit` and `open_as`."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, sync_playwright

from tests.cast import identity

CHROMIUM = (
    "--no-sandbox --disable-gpu --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)
LEFT = (
    "htmx:afterRequest,",
    "htmx:sendAbort,",
)  # said of a request that was under way when somebody left the page


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM.split())
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium, live_server):
    """visit("/styleguide/", width=390) -> the page, after its scripts ran. Any error in the console fails."""
    opened = []

    def visit(path: str, width: int = 1440, height: int = 900, **options):
        page = chromium.new_page(viewport={"width": width, "height": height}, **options)
        complaints: list[str] = []
        page.on("console", lambda said: complaints.append(said.text) if _wrong(said) else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(live_server.url + path, wait_until="networkidle")
        opened.append((page, complaints))
        return page

    yield visit
    for page, complaints in opened:
        page.close()
        assert not complaints


def _wrong(said: ConsoleMessage) -> bool:
    return said.type == "error" and not said.text.startswith(LEFT)


@pytest.fixture
def open_as(visit, live_server):
    """open_as(seat, "/tasks/", 390) -> the page as that person sees it."""

    def open_as(seat, path: str, width: int = 1440, **options):
        cookie = identity(Client(), seat).cookies["sessionid"].value
        host = live_server.url.split("/")[2].split(":")[0]
        kept = [{"name": "sessionid", "value": cookie, "domain": host, "path": "/"}]
        return visit(path, width, storage_state={"cookies": kept, "origins": []}, **options)

    return open_as
