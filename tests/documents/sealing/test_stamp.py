"""核验码 on paper: at the foot of the last page, out of the way of everything else."""

from dataclasses import replace

import pytest

from documents.layout import geometry as g
from documents.layout import lay_out, parse, render_notice
from documents.layout.paging import Page
from documents.layout.stamp import stamped
from documents.sealing import codes
from documents.sealing.printed import printed_code
from tests.documents.papers import META, measured, notice, texts

CODE = "K7QM2F9PXR"
MARKED = replace(META, mark=codes.shown(CODE), mark_url=f"https://anban.example.gov.cn/v/{CODE}/")


def test_without_a_code_the_pages_are_the_same():
    parsed = parse(notice())
    assert lay_out(parsed, replace(META, mark_url="https://example.org")) == lay_out(parsed, META)


def test_only_the_last_page_bears_it_and_no_strip_moves():
    parsed = parse(notice(9))
    plain, marked = lay_out(parsed, META), lay_out(parsed, MARKED)
    assert plain[:-1] == marked[:-1]
    assert (plain[-1].strips, plain[-1].extras) == (
        marked[-1].strips,
        marked[-1].extras[: len(plain[-1].extras)],
    )


@pytest.mark.parametrize(("pages", "side"), [(1, "left"), (2, "right")])
def test_it_stands_at_the_inner_edge(pages, side):
    html = stamped([Page(())] * pages, MARKED)[-1].extras
    assert f"{side}:0" in html
    assert html.count(f"{side}:") == 2


def test_it_stands_between_the_type_area_and_the_lower_rule_of_a_letter():
    assert g.CODE_TOP > g.HEIGHT
    assert g.CODE_TOP + g.CODE_SIZE < g.LETTER_FOOT - g.DOUBLE


def test_without_an_address_there_is_no_picture():
    (page,) = stamped([Page(())], replace(MARKED, mark_url=""))
    assert "<img" not in page.extras
    assert "left:0.000mm" in page.extras


def test_a_measured_page_has_its_lines_and_its_number_as_before_and_the_code_is_read():
    parsed = parse(notice())
    plain, marked = render_notice(parsed, META), render_notice(parsed, MARKED)
    before, after = measured(plain)["pages"][-1], measured(marked)["pages"][-1]
    assert [line for line in texts(after) if "核验码" not in line] == texts(before)
    assert after["page_number"] == before["page_number"]
    assert (printed_code(marked), printed_code(plain)) == (CODE, "")
