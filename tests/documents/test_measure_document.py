"""measure_document: by its schema, in agreement with another reader, and honest about missing glyphs."""

import json
from io import StringIO

import pdfplumber
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from jsonschema import validate
from weasyprint import HTML

from documents.layout import parse, render_notice
from tests.documents.papers import META, measured, notice

MM = 25.4 / 72


@pytest.fixture
def pdf(tmp_path):
    path = tmp_path / "x.pdf"
    path.write_bytes(render_notice(parse(notice(9)), META))
    return path


def output(path, **options):
    out = StringIO()
    call_command("measure_document", path, stdout=out, **options)
    return out.getvalue()


def test_the_output_is_as_its_schema_says(pdf):
    schema = json.loads((settings.BASE_DIR / "docs/schemas/measure_document.json").read_text())
    validate(json.loads(output(pdf, json=True)), schema)


def test_another_reader_finds_the_same_edges(pdf):
    ours = measured(pdf.read_bytes())["pages"]
    with pdfplumber.open(pdf) as book:
        for page, mine in zip(book.pages[:-1], ours, strict=False):
            chars = [char for char in page.chars if char["bottom"] * MM < 264 and char["text"].strip()]
            assert min(char["x0"] for char in chars) * MM == pytest.approx(mine["margins"]["left"], abs=0.02)
            assert 210 - max(char["x1"] for char in chars) * MM == pytest.approx(
                mine["margins"]["right"], abs=0.02
            )


def test_a_person_at_the_terminal_gets_a_line_a_page(pdf):
    assert output(pdf).count("第") == len(measured(pdf.read_bytes())["pages"])


def test_a_missing_glyph_is_reported():
    content = HTML(string="<p style='font-family:Nothing'>字\U000f1234</p>").write_pdf()
    assert measured(content)["missing_glyphs"] == ["\U000f1234"]


def test_a_file_that_is_not_there_is_said_to_be_missing(tmp_path):
    with pytest.raises(CommandError, match=r"none\.pdf 打不开：没有这个文件") as refused:
        output(tmp_path / "none.pdf", json=True)
    assert refused.value.returncode == 2


def test_what_is_no_pdf_is_refused(tmp_path):
    (tmp_path / "x.pdf").write_text("not")
    with pytest.raises(CommandError, match="不是可读的 PDF") as refused:
        output(tmp_path / "x.pdf", json=True)
    assert refused.value.returncode == 2
