"""Two first pages as pictures, small and grey: what numbers don't say. `GOLDENS=make pytest …` draws them anew."""

import os
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageStat

from documents.layout import parse, render_notice
from tests.documents.papers import META, notice

HERE = Path(__file__).with_name("goldens")
DPI = 36
PAGES = {
    "notice": replace(META, kind="请示", signer="张某", urgency="特急"),
    "letter": replace(META, kind="函"),
}


@pytest.mark.parametrize("name", PAGES)
def test_the_first_page_looks_as_it_did(name):
    page = pypdfium2.PdfDocument(render_notice(parse(notice(3)), PAGES[name]))[0]
    drawn = page.render(scale=DPI / 72).to_pil().convert("L")
    if os.environ.get("GOLDENS") == "make":
        drawn.save(HERE / f"{name}.png", optimize=True)
    golden = Image.open(HERE / f"{name}.png")
    assert drawn.size == golden.size
    small = [image.resize((60, 85), Image.Resampling.BOX) for image in (drawn, golden)]
    difference = ImageChops.difference(*small)
    assert ImageStat.Stat(difference).mean[0] < 1
    assert difference.getextrema()[1] < 40  # of 255, in the worst of 5,100 fields
