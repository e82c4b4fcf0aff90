"""OFD opened by a reader that is not ours: ofd.js in Chromium."""

from base64 import b64encode
from io import BytesIO

import pytest
from django.conf import settings
from PIL import Image

from documents.formats.ofd import render_ofd
from documents.layout import parse, render_notice
from tests.documents.formats.ofds import Ofd
from tests.documents.papers import META, notice

pytestmark = pytest.mark.browser
READER = settings.BASE_DIR / "node_modules/ofd.js/lib/ofd.umd.min.js"
OPEN = """data => new Promise((done, failed) => ofd.parseOfdDocument({
    ofd: new File([Uint8Array.from(atob(data), c => c.charCodeAt(0))], "a.ofd"),
    success: found => { document.body.append(...ofd.renderOfd(794, found[0])); done(found[0].pages.length) },
    fail: failed}))"""
LOADS = """data => new FontFace("x", Uint8Array.from(atob(data), c => c.charCodeAt(0))).load().then(f => f.status)"""


@pytest.fixture
def page(chromium):
    if not READER.is_file():
        pytest.skip("ofd.js 0.2.6 is not installed: run script/assets")
    page = chromium.new_page(viewport={"width": 794, "height": 1123})
    page.add_script_tag(path=READER)
    yield page
    page.close()


@pytest.fixture(scope="module")
def content():
    return render_ofd(render_notice(parse(notice(3)), META))


def encoded(content: bytes) -> str:
    return b64encode(content).decode()


def test_it_finds_every_page_and_all_text(page, content):
    ours = Ofd(content)
    assert page.evaluate(OPEN, encoded(content)) == len(ours.pages)
    shown = "".join(page.evaluate("document.body.innerText").split())
    assert shown == "".join("".join(ours.texts()).split())


def test_it_draws_the_red_head_the_rule_and_black_text(page, content):
    page.evaluate(OPEN, encoded(content))
    with Image.open(BytesIO(page.screenshot())) as picture:
        shot = picture.convert("RGB")
    mm = 794 / 210
    head, rule, text = (
        shot.crop((int(28 * mm), int(top * mm), int(184 * mm), int(bottom * mm)))
        for top, bottom in ((70, 90), (105, 118), (160, 255))
    )
    assert (230, 0, 18) in {color for _, color in head.getcolors(100_000)}
    widest = max(sum(rule.getpixel((x, y))[1] < 120 for x in range(rule.width)) for y in range(rule.height))
    assert widest > rule.width * 0.95
    assert min(text.convert("L").getextrema()) < 60


def test_chromium_takes_the_embedded_fonts(page, content):
    page.goto("about:blank")
    fonts = [one for name, one in Ofd(content).files.items() if name.endswith(("otf", "ttf"))]
    assert [page.evaluate(LOADS, encoded(font)) for font in fonts] == ["loaded"] * len(fonts)
