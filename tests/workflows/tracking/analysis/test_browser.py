"""The charts of 分析 in Chromium: drawn from the table beside them, within its width, nothing for axe to find."""

import os
from pathlib import Path

import pytest

from tests.shell.axe import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PICTURES = os.environ.get("ANBAN_TEST_PICTURES")
DRAWN = """() => Array.from(document.querySelectorAll('figure.chart:not([hidden]) canvas')).map((canvas) => {
  const dots = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
  return new Set(new Uint32Array(dots.buffer)).size;
})"""


@pytest.mark.parametrize("width", [1440, 390])
def test_every_chart_is_drawn_beside_its_table(played, cast, open_as, width):
    page = open_as(cast.clerk, "/analysis/", width)
    assert len(page.evaluate(DRAWN)) == 3
    assert min(page.evaluate(DRAWN)) > 10  # colours: bars, words and the white between them
    assert page.locator("section:has(figure.chart:visible) table").count() == 3
    assert violations(page) == {}
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    if PICTURES:
        page.screenshot(path=str(Path(PICTURES) / f"analysis-{width}.png"), full_page=True)


def test_without_javascript_the_tables_say_it_all(played, cast, open_as):
    page = open_as(cast.clerk, "/analysis/", java_script_enabled=False)
    assert page.locator("figure.chart:visible").count() == 0
    assert page.get_by_role("row", name="甲镇 3 100% 1/1 0% 0/1").is_visible()
