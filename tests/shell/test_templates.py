"""Rules for every template of the product, whichever room it lies in."""

import re

import pytest
from django.template.loader import get_template

from tests.house import name, sources

TEMPLATES = [path for path in sources(".html") if "templates" in path.parts and "tests" not in path.parts]
STYLE = re.compile(r"<[^>]*\sstyle\s*=")
INLINE_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>|<[^>]*\son\w+\s*=|javascript:", re.IGNORECASE)
ELSEWHERE = re.compile(r"""(?:src|href|action)\s*=\s*["'](?:https?:)?//""")


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_template_compiles_and_keeps_the_security_policy(path):
    text = path.read_text()
    get_template("/".join(path.parts[path.parts.index("templates") + 1 :]))
    assert not STYLE.search(text)
    assert not INLINE_SCRIPT.search(text)
    assert not ELSEWHERE.search(text)


def test_the_search_finds_what_it_looks_for():
    assert STYLE.search('<p class="a" style="x">')
    assert INLINE_SCRIPT.search("<script>x</script>")
    assert INLINE_SCRIPT.search('<a onclick="x">')
    assert not INLINE_SCRIPT.search('<script src="/static/js/app.js" defer></script>')
    assert ELSEWHERE.search('<img src="//cdn.example">')


def test_styles_and_scripts_stay_below_the_browser_floor():
    """Chromium 90: none of what came later."""
    later = re.compile(
        r"oklch\(|color-mix\(|:has\(|@layer|light-dark\(|@container|\beval\(|\bstructuredClone\b|\.at\("
    )
    ours = [path for path in sources(".css", ".js") if "static" in path.parts]
    assert ours
    assert not [name(path) for path in ours if later.search(path.read_text())]
