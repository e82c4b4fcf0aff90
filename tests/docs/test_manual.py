"""docs/manual: the index lists every page, every picture is there and small, every page of the product is covered."""

import re
from collections import Counter

from django.urls import get_resolver

from foundation.manual.pages import COVERS, LISTED
from tests.house import ROOT
from tests.test_pages import names

MANUAL = ROOT / "docs/manual"
IMAGE = re.compile(r"!\[([^\]]*)\]\(images/([\w-]+\.png)\)")
ITSELF = {"manual", "manual_page"}
PROGRAMS = "api_"  # addresses that people never open; docs/api.md tells of them, and a test holds it to that
LONGEST = 45  # lines of a page
MOST, HEAVIEST = 28, 150_000

TEXTS = {path.stem: path.read_text("utf-8") for path in sorted(MANUAL.glob("*.md"))}
PICTURES = {path.name: path.stat().st_size for path in (MANUAL / "images").glob("*")}


def test_the_index_lists_every_page_once_and_no_other():
    assert sorted(LISTED.findall(TEXTS["index"])) == sorted(TEXTS.keys() - {"index"})


def test_every_page_of_the_product_is_covered_by_one_page():
    covered = Counter(
        name for text in TEXTS.values() if (told := COVERS.match(text)) for name in told[1].split()
    )
    assert {name for name, times in covered.items() if times > 1} == set()
    pages = {name for name in names(get_resolver().url_patterns) if not name.startswith(PROGRAMS)}
    assert set(covered) == pages - ITSELF


def test_every_page_says_what_it_is_about_and_is_short():
    for name, text in TEXTS.items():
        lines = text.splitlines()
        assert len(re.findall(r"^# .+$", text, re.MULTILINE)) == 1, name
        assert name == "index" or COVERS.match(text), name
        assert len(lines) <= LONGEST, name


def test_every_picture_is_there_described_and_used():
    shown = [image for text in TEXTS.values() for image in IMAGE.findall(text)]
    assert {file for _, file in shown} == set(PICTURES)
    assert all(alt for alt, _ in shown)


def test_the_pictures_are_few_and_small():
    assert len(PICTURES) <= MOST
    assert {name for name, size in PICTURES.items() if size > HEAVIEST} == set()
