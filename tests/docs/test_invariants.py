"""Every test that the pages of invariants name is there."""

import re

import pytest

from tests.house import ROOT, sources

NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")
PAGES = [page for page in sources(".md") if "docs/invariants" in str(page)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_it_is_there(page):
    named = NAMED.findall(page.read_text())
    missing = [
        (path, test) for path, test in named if f"def {test}(" not in (ROOT / path).read_text() and test
    ]
    assert not missing


def test_some_are_named():
    assert {page.stem for page in PAGES if NAMED.search(page.read_text())} >= {"invariants", "flows"}
