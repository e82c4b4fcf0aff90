"""PDF for reading, for the archive and for exchange: what each says of itself, read by another library."""

from functools import cache
from io import BytesIO

import pikepdf
import pytest

from documents.layout import READING, Enclosed, Finish, Variant, parse, render_notice
from tests.documents.papers import META, RARE, notice

DATA = Enclosed("content.json", '{"标题": "通知"}'.encode())
FINISHES = {
    "reading": READING,
    "archive": Finish(Variant.ARCHIVE, (DATA,)),
    "exchange": Finish(Variant.EXCHANGE, (DATA,)),
}
every = pytest.mark.parametrize("name", FINISHES)
TAIL = f"\n附件\n名单\n\n姓名\t{RARE}\n一\t二\n三\t四\n"


@cache
def content(name: str) -> bytes:
    return render_notice(parse(notice(1, tail=TAIL)), META, finish=FINISHES[name])


@cache
def opened(name: str) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(content(name)))


def fonts(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    return [font for page in pdf.pages for font in page.Resources.Font.values()]


@every
def test_qpdf_finds_no_fault(name):
    assert opened(name).check_pdf_syntax() == []


@every
def test_every_font_is_embedded_as_a_subset_and_gives_its_text_back(name):
    found = fonts(opened(name))
    assert len(found) > 4
    for font in found:
        assert str(font.BaseFont)[7] == "+"
        descriptor = font.DescendantFonts[0].FontDescriptor
        assert {"/FontFile2", "/FontFile3"} & set(descriptor.keys())
        assert b"beginbf" in font.ToUnicode.read_bytes()


@every
def test_it_is_tagged_and_names_its_language(name):
    root = opened(name).Root
    assert (bool(root.MarkInfo.Marked), str(root.Lang), "/K" in root.StructTreeRoot) == (True, "zh-CN", True)


@pytest.mark.parametrize(("name", "part"), [("archive", "2"), ("exchange", "3")])
def test_what_is_kept_says_its_level_and_what_its_colours_are(name, part):
    pdf = opened(name)
    with pdf.open_metadata() as xmp:
        assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"]) == (part, "U")
        assert xmp["dc:title"] == "关于做好有关工作的通知"
    (intent,) = pdf.Root.OutputIntents
    assert (intent.S, b"sRGB" in intent.DestOutputProfile.read_bytes()) == ("/GTS_PDFA1", True)
    assert not pdf.is_encrypted


def test_data_is_enclosed_for_exchange_alone():
    found = opened("exchange")
    assert found.attachments["content.json"].get_file().read_bytes() == DATA.content
    assert {str(one.AFRelationship) for one in found.Root.AF} == {"/Source"}
    assert not opened("archive").attachments


def test_the_same_input_gives_the_same_bytes():
    again = render_notice(parse(notice(1, tail=TAIL)), META, finish=FINISHES["exchange"])
    assert again == content("exchange")
