"""The page as it lies in the PDF, measured back in millimetres (GB/T 9704-2012)."""

from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from documents.layout import Column, Table, UndrawableText, lay_out, parse, render_notice
from documents.layout.tables import set_table
from tests.documents.papers import CLOSING, META, RARE, measured, measured_notice, notice, texts

TABLE_ROWS = "\n".join(
    f"{n}\t集中宣讲第{n}项\t{RARE[n % 4]}洸镇\t{n * 3}\t按要求开展并报送总结和照片" for n in range(1, 60)
)
ANNEX = f"\n附件\n任务分解表\n\n序号\t任务\t责任单位\t数量\t要求\n{TABLE_ROWS}\n"


@pytest.fixture(scope="module")
def long():
    return measured_notice(40)["pages"]


def horizontal(page, color="#000000"):
    return [r for r in page["rules"] if r["direction"] == "horizontal" and r["color"] == color]


def test_a_full_page_has_22_lines_of_28_characters(long):
    for page in long[1:-3]:
        assert len(page["lines"]) in (21, 22)  # 21 where a heading would have been the last
        assert page["characters_per_line"] == 28
        assert page["pitch"] == pytest.approx(225 / 22, abs=0.01)


def test_the_type_area_is_156_wide_and_its_right_edge_even(long):
    for page in long[:-1]:
        assert page["margins"]["left"] == pytest.approx(28, abs=0.01)
        assert page["right_edge"] == pytest.approx(184, abs=0.05)
        assert page["right_edge_spread"] <= 0.1
        assert page["margins"]["right"] >= 25.97


def test_the_office_name_starts_35_below_the_type_area_in_red(long):
    name = long[0]["lines"][0]
    assert name["text"] == "英德市安全生产委员会办公室文件"
    assert name["color"] == "#e60012"
    assert name["top"] + 0.03 * name["size"] * 25.4 / 72 == pytest.approx(72, abs=0.1)
    assert name["left"] >= 27.99
    assert name["right"] <= 184.01


def test_the_red_rule_lies_4_below_the_number(long):
    number = long[0]["lines"][1]
    (rule,) = horizontal(long[0], "#e60012")
    assert number["text"] == "英安办〔2026〕12号"
    assert rule["top"] - (number["top"] + 16 * 25.4 / 72) == pytest.approx(4, abs=0.05)
    assert (rule["left"], rule["right"]) == (28.0, 184.0)


def test_page_numbers_stand_outside_one_character_in(long):
    for page in long:
        number = page["page_number"]
        assert number["text"] == f"— {page['number']} —"
        side, at = ("right", 184 - 4.94) if page["number"] % 2 else ("left", 28 + 4.94)
        assert number[side] == pytest.approx(at, abs=0.02)
        assert number["side"] == side


@pytest.mark.parametrize("paragraphs", range(1, 14))
def test_the_imprint_ends_an_even_last_page(paragraphs):
    pages = measured_notice(paragraphs)["pages"]
    rules = horizontal(pages[-1])
    assert len(pages) % 2 == 0
    assert [rule["thickness"] for rule in rules] == [0.35, 0.25, 0.35]
    assert rules[-1]["bottom"] == pytest.approx(262, abs=0.01)
    assert texts(pages[-1])[-2].startswith("抄送：清远市安全生产委员会办公室")
    assert texts(pages[-1])[-1].endswith("2026年6月12日印发")


@pytest.mark.parametrize("paragraphs", range(1, 14))
def test_signature_and_date_never_stand_alone_on_a_page(paragraphs):
    page = next(p for p in measured_notice(paragraphs)["pages"] if "2026年6月12日" in texts(p))
    assert texts(page).index("2026年6月12日") >= 3


def test_a_heading_is_never_the_last_line_of_a_page():
    for paragraphs in range(10, 40, 3):
        pages = lay_out(parse(notice(paragraphs)).with_meta(META), META)
        assert not any(page.strips and 'class="l hei ' in page.strips[-1].html for page in pages)
        assert sum('class="l hei ' in strip.html for page in pages for strip in page.strips) == -(
            -paragraphs // 3
        )


def test_an_unsealed_date_begins_two_characters_right_of_the_office():
    lines = [line for page in measured_notice(1)["pages"] for line in page["lines"]]
    office, date = [line for line in lines if line["text"] in CLOSING.split()]
    assert 184 - office["right"] == pytest.approx(2 * 156 / 28, abs=0.15)
    assert date["left"] - office["left"] == pytest.approx(2 * 156 / 28, abs=0.3)


def test_rare_characters_have_real_glyphs_in_every_face():
    text = f"关于{RARE}的通知\n\n{RARE}：\n一、{RARE}\n（一）{RARE}\n{RARE}。\n附件：{RARE}\n\n{RARE}\n2026年6月12日"
    found = measured(render_notice(parse(text), replace(META, organ=RARE, signer=RARE)))
    assert found["missing_glyphs"] == []
    assert sum(line["text"].count("𠅤") for page in found["pages"] for line in page["lines"]) == 8


def test_a_character_without_glyph_is_refused_by_name():
    with pytest.raises(UndrawableText, match=r"U\+1F44D"):
        render_notice(parse("关于👍的通知\n\n正文。"), META)


def test_a_draft_says_so():
    pages = PdfReader(BytesIO(render_notice(parse(notice(8)), META, draft=True))).pages
    assert len(pages) > 1
    assert all("草稿" in page.extract_text() for page in pages)


def test_the_same_document_gives_the_same_bytes():
    assert render_notice(parse(notice()), META) == render_notice(parse(notice()), META)


def test_a_long_row_is_divided_between_pages_however_narrow_the_column_that_makes_it_so():
    columns = (Column("单位", width=12), Column("事项"))
    strips = set_table(Table(columns=columns, rows=(("镇" * 40, "报"),)), width=156, room=225)
    assert len(strips) > 12


def test_a_table_repeats_its_head_on_every_page():
    pages = measured_notice(1, ANNEX)["pages"]
    heads = [page for page in pages if any(text.startswith("序号") for text in texts(page))]
    rows = [page for page in pages if any("集中宣讲" in text for text in texts(page))]
    assert len(heads) == len(rows) > 1
    numbers = [int(text.split()[0]) for page in pages for text in texts(page) if "集中宣讲" in text]
    assert numbers == list(range(1, 60))


def test_a_lying_annex_has_its_number_where_the_upright_page_has_it():
    text = parse(notice(1, tail=ANNEX))
    table = replace(text.annexes[0].blocks[0], landscape=True)
    pages = measured(
        render_notice(replace(text, annexes=(replace(text.annexes[0], blocks=(table,)),)), META)
    )["pages"]
    lying = [page for page in pages if page["size"]["width"] == 297]
    assert isinstance(table, Table)
    assert len(lying) > 1
    for page in lying:
        upright = pages[0]["page_number"]
        assert page["page_number"]["top"] == upright["top"]
        assert page["page_number"]["side"] == ("right" if page["number"] % 2 else "left")


def test_an_upward_paper_names_who_signed_it():
    page = measured(render_notice(parse(notice(1)), replace(META, kind="请示", signer="张喆")))["pages"][0]
    line = page["lines"][1]
    assert line["text"] == "英安办〔2026〕12号 签发人：张喆"
    assert (line["left"], line["right"]) == (
        pytest.approx(28 + 5.57, abs=0.01),
        pytest.approx(184 - 5.57, abs=0.01),
    )


def test_a_document_of_twenty_pages_is_set():
    pages = measured_notice(100)["pages"]
    assert len(pages) >= 20
    assert all(page["margins"]["bottom"] >= 35 for page in pages if page["margins"])


def test_addressees_stay_above_a_text_that_is_on_the_next_page_without_them_too():
    organs = ("英德市应急管理局", "英德市公安局")
    meta = replace(META, kind="请示", joint_organs=organs, signer="张三", joint_signers=("李四", "王五"))
    document = parse("关于联合开展检查的请示\n\n县政府：\n妥否，请批示。\n").with_meta(meta)
    first, second = lay_out(document, meta)
    assert "主送" not in second.extras
    assert "县政府" in "".join(strip.html for strip in (*first.strips, *second.strips))
