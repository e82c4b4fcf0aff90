"""The bell in Chromium: it asks once a minute while somebody looks, and leads to the list; the pages under axe."""

from __future__ import annotations

import pytest
from django.utils import timezone

from approvals.routing.defaults import ensure_routes
from foundation.outbox.models import Message
from foundation.outbox.spreading import spread
from tests.cast import engage
from tests.shell.axe import violations
from tests.workflows.tasks.conftest import make, plan  # noqa: F401 - fixtures

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cast(transactional_db):
    ensure_routes()
    return engage()


def test_the_bell_rings_by_itself_and_asks_nothing_while_nobody_looks(make, cast, open_as):  # noqa: F811
    page = open_as(cast.town.liaison, "/messages/")
    assert not violations(page)
    page.clock.install()
    page.reload(wait_until="networkidle")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    make()
    spread(timezone.now())
    page.evaluate(
        "Object.defineProperty(document, 'hidden', {get: () => window.away, configurable: true}); window.away = true"
    )
    page.clock.run_for(180_000)
    assert asked == []
    page.evaluate("window.away = false; document.dispatchEvent(new Event('visibilitychange'))")
    page.locator("#bell b").wait_for()
    assert page.locator("#bell").get_attribute("aria-label") == "消息 1 条未读"
    assert len(asked) == 1
    page.click("#bell")
    page.click("text=有一件新任务，请签收。")
    page.wait_for_url("**/tasks/*/")
    assert Message.objects.get().read_at


def test_the_pages_fit_a_phone_and_hold_nobody_back(make, cast, open_as):  # noqa: F811
    make()
    spread(timezone.now())
    for seat, path in (
        (cast.town.liaison, "/messages/"),
        (cast.town.liaison, "/messages/settings/"),
        (cast.clerk, "/administration/undelivered/"),
    ):
        page = open_as(seat, path, 360)
        assert not violations(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
