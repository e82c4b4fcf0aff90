"""OFD: what GB/T 33190-2016 names is there, in its order, and the pages are those of the PDF."""

from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from fontTools.ttLib import TTFont
from PIL import Image

from documents.formats.ofd import render_ofd
from documents.glyphs import MM, drawn_pages, items_of, read_pages
from documents.layout import parse, render_notice
from tests.documents.formats.ofds import NAMESPACE, Ofd, children
from tests.documents.papers import META, RARE, notice

WIDE = "\t".join(f"第{n}栏的名称比较长" for n in range(12))
TAIL = f"\n附件\n名单\n\n{WIDE}\n{WIDE}\n{WIDE}\n"


@cache
def pdf() -> bytes:
    """Two pages of text, one that lies, a seal, a watermark, rare characters."""
    text = notice(1, tail=TAIL).replace("切实提高认识", f"切实提高认识{RARE}")
    with TemporaryDirectory() as folder:
        seal = Path(folder) / "seal.png"
        ink = Image.new("RGBA", (300, 300), (230, 0, 18, 128))
        ink.putpixel((150, 150), (0, 0, 0, 0))
        ink.save(seal)
        return render_notice(parse(text), replace(META, seal=str(seal)), draft=True)


@cache
def ofd() -> Ofd:
    return Ofd(render_ofd(pdf()))


@cache
def drawn() -> list:
    return list(drawn_pages(BytesIO(pdf())))


def test_the_package_leads_from_its_root_to_every_page():
    root, document = ofd().trees["OFD.xml"], ofd().trees["Doc_0/Document.xml"]
    assert (ofd().names[0], root.tag, root.attrib) == (
        "OFD.xml", f"{NAMESPACE}OFD", {"Version": "1.0", "DocType": "OFD"},
    )  # fmt: skip
    assert children(root[0]) == ["DocInfo", "DocRoot"]
    assert children(root[0][0]) == ["DocID", "Title", "Author", "CreationDate", "Creator"]
    assert children(document) == ["CommonData", "Pages"]
    assert children(document[0]) == ["MaxUnitID", "PageArea", "PublicRes", "DocumentRes"]
    assert len(ofd().pages) == len(drawn())


def test_everything_is_in_the_namespace_of_the_standard():
    tags = {element.tag for tree in ofd().trees.values() for element in tree.iter()}
    assert not [tag for tag in tags if not tag.startswith(NAMESPACE)]


def test_every_number_is_given_once_and_none_is_above_the_highest():
    ids = [int(e.get("ID")) for tree in ofd().trees.values() for e in tree.iter() if e.get("ID")]
    assert len(ids) == len(set(ids))
    assert max(ids) == int(ofd().all("MaxUnitID")[0].text)


def test_what_is_referred_to_is_there():
    fonts = {e.get("ID") for e in ofd().all("Font")}
    media = {e.get("ID") for e in ofd().all("MultiMedia")}
    assert {e.get("Font") for e in ofd().all("TextObject")} <= fonts
    assert {e.get("ResourceID") for e in ofd().all("ImageObject")} == media != set()
    held = [f"Doc_0/Res/{e.text}" for e in (*ofd().all("FontFile"), *ofd().all("MediaFile"))]
    assert {name for name in ofd().names if "/Res/" in name} == set(held)


@pytest.mark.parametrize(
    ("name", "order"),
    [
        ("TextObject", ["FillColor", "TextCode"]),
        ("PathObject", ["FillColor", "StrokeColor", "AbbreviatedData"]),
        ("Page", ["Area", "Content"]),
    ],
)
def test_parts_stand_in_the_order_of_the_schema(name, order):
    found = [children(e) for e in ofd().all(name) if e.get("BaseLoc") is None]
    assert found
    for one in found:
        assert one == [part for part in order if part in one]


def test_each_page_has_its_own_size_in_millimetres():
    sizes = [page.find(f"{NAMESPACE}Area/{NAMESPACE}PhysicalBox").text for page in ofd().pages]
    assert set(sizes) == {"0 0 210 297", "0 0 297 210"}


def test_the_text_is_that_of_the_pdf_character_for_character():
    chars = [
        "".join(item.get_text() for item in items_of(page) if hasattr(item, "get_text")) for page in drawn()
    ]
    assert ofd().texts() == chars
    assert RARE in ofd().texts()[0]


def test_every_upright_character_stands_where_the_pdf_has_it(tmp_path):
    (tmp_path / "x.pdf").write_bytes(pdf())
    expected = [
        (g.text, g.left, g.baseline, g.size * MM)
        for g in read_pages(tmp_path / "x.pdf")[0].glyphs
        if g.turned == 0
    ]
    found = [place for place in _places(ofd().pages[0]) if place[0].strip()]
    assert len(found) == len(expected) > 200
    for here, there in zip(found, expected, strict=True):
        assert here[0] == there[0]
        assert here[1:] == pytest.approx(there[1:], abs=0.02)


def _places(page):
    """(character, left, baseline, size) of all that is not turned."""
    for item in page.iter(f"{NAMESPACE}TextObject"):
        left, top, _, _ = map(float, item.get("Boundary").split())
        a, b, _, _, e, f = map(float, item.get("CTM", "1 0 0 1 0 0").split())
        if b:
            continue
        code = item.find(f"{NAMESPACE}TextCode")
        x = float(code.get("X")) * a + left + e
        y = float(code.get("Y")) + top + f
        for char, step in zip(code.text, [*_steps(code.get("DeltaX", "")), 0], strict=True):
            yield char, x, y, float(item.get("Size"))
            x += step * a


def _steps(text):
    words = iter(text.split())
    for word in words:
        if word == "g":
            count, value = int(next(words)), float(next(words))
            yield from [value] * count
        else:
            yield float(word)


def test_each_font_draws_what_is_set_in_it_and_little_else():
    used: dict[str, set[str]] = {}
    for item in ofd().all("TextObject"):
        used.setdefault(item.get("Font"), set()).update(item.find(f"{NAMESPACE}TextCode").text)
    for font in ofd().all("Font"):
        program = ofd().files[f"Doc_0/Res/{font[0].text}"]
        covered = {chr(code) for code in TTFont(BytesIO(program)).getBestCmap()}
        assert used[font.get("ID")] <= covered
        assert len(covered) <= len(used[font.get("ID")]) + 2
        assert len(program) < 100_000


def test_the_seal_keeps_its_transparency_and_its_place():
    (name,) = [name for name in ofd().names if name.endswith(".png")]
    with Image.open(BytesIO(ofd().files[name])) as picture:
        assert (picture.mode, picture.size, picture.getpixel((0, 0))[3]) == ("RGBA", (300, 300), 128)
    (seal,) = ofd().all("ImageObject")
    assert [float(part) for part in seal.get("Boundary").split()][2:] == pytest.approx([42, 42], abs=0.01)


def test_the_same_pdf_gives_the_same_bytes():
    assert render_ofd(pdf()) == render_ofd(pdf())
