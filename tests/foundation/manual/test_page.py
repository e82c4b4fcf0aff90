"""The manual inside the product: pages, pictures, and the way to them from everywhere."""

import re

import pytest
from django.contrib.staticfiles.finders import find
from django.test import Client

from foundation.manual.pages import pages
from tests.cast import identity
from tests.shell.axe import violations

NAMES = sorted(pages())


def read(client, path="/manual/"):
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def help_on(client, path) -> str:
    return re.search(r'href="([^"]*)"[^>]*><svg[^>]*>.{0,200}?</svg>帮助</a>', read(client, path))[1]


@pytest.mark.parametrize("name", NAMES)
def test_every_page_opens_with_its_pictures_and_links(client, db, name):
    html = read(client, pages()[name].url)
    article = html[html.index("<article") : html.index("</article>")]
    assert "&lt;" not in article
    for picture in re.findall(r'<img src="/static/([^"]+)"', article):
        assert find(picture), picture
        assert f'<p class="picture"><a href="/static/{picture}"><img' in article
    for link in re.findall(r'href="(/manual/[^"]*)"', article):
        assert client.get(link).status_code == 200
    assert ".md" not in article


@pytest.mark.parametrize(
    ("path", "leads"),
    [
        ("/inbox/", "inbox"), ("/proxies/", "proxies"), ("/tasks/", "ledger"), ("/search/", "find"), ("/board/", "board"),
        ("/administration/routes/", "routes"), ("/", "workbench"), ("/plans/", "plans"), ("/archive/", "archive"),
    ],
)  # fmt: skip
def test_a_page_leads_to_what_the_manual_says_about_it(cast, path, leads):
    assert help_on(identity(Client(), cast.clerk), path) == f"/manual/{leads}/"


def test_who_can_not_sign_in_is_led_to_how_it_goes(client, db):
    assert help_on(client, "/sign-in/") == "/manual/sign-in/"
    assert help_on(client, "/manual/") == "/manual/"


def test_a_page_that_is_not_there_is_not_found(client, db):
    for name in ("nothing", "index", "..%2Fsettings"):
        assert client.get(f"/manual/{name}/").status_code == (200 if name == "index" else 404)


def test_pages_lead_on_in_the_order_of_the_index(client, db):
    first, second, *_ = [name for name in pages() if name != "index"]
    assert f'href="/manual/{second}/">下一页' in read(client, f"/manual/{first}/")
    assert f'href="/manual/{first}/">上一页' in read(client, f"/manual/{second}/")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing_serious_and_nothing_scrolls_sideways(visit, width):
    for path in ("/manual/", "/manual/inbox/", "/manual/pass-on/", "/manual/approve/"):
        page = visit(path, width)
        assert violations(page) == {}
        assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
