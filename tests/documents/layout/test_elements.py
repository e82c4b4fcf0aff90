"""Elements of a document, each beside each kind, as pages before any engine sees them."""

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.layout import geometry as g
from documents.layout import lay_out, parse
from documents.layout.kinds import KINDS
from documents.layout.tables import TooWide
from tests.documents.papers import META, SENTENCE, notice

ELEMENTS = {
    "number": {"number": 12, "code": "英安办"},
    "no_number": {"number": None},
    "urgency": {"urgency": "特急"},
    "signer": {"signer": "张某"},
    "signers": {"signer": "张某", "joint_signers": ("李某某", "王某", "赵某")},
    "joint": {"joint_organs": ("英德市应急管理局", "英德市公安局交通警察大队")},
    "cc": {"cc": tuple(f"英德市第{n}局" for n in range(60))},
    "to": {"to": tuple(f"英德市第{n}镇" for n in range(40))},
    "no_office": {"organ": "", "printed_by": ""},
    "no_date": {"issued_on": None},
}
TEXTS = {
    "plain": notice(4),
    "title_only": "关于某事的通知",
    "bare": "关于某事的通知\n\n" + SENTENCE * 3,
    "attached": notice(
        1, tail="\n附件\n统计表\n\n序号\t单位\n" + "\n".join(f"{n}\t第{n}镇" for n in range(60))
    ),
    "attendance": "会议纪要\n\n" + SENTENCE * 9 + "\n出席：甲局甲某\n请假：乙某\n列席：丙某",
}


def words(pages):
    """All that is printed, without blanks."""
    html = "".join(page.extras + "".join(strip.html for strip in page.strips) for page in pages)
    return re.sub(r"<[^>]*>|\s", "", html)


@pytest.mark.parametrize("element", ELEMENTS)
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_takes_every_element_on_every_text(kind, element):
    for text in TEXTS.values():
        meta = replace(META, kind=kind, **ELEMENTS[element])
        document = parse(text).with_meta(meta)
        pages = lay_out(document, meta)
        first = g.HEIGHT if pages[0].numbered else g.LETTER_FOOT
        assert pages[0].used <= first + 0.01
        assert all(page.used <= (g.WIDTH if page.landscape else g.HEIGHT) + 0.01 for page in pages[1:])
        printed = words(pages)
        assert document.title in printed
        if meta.organ and KINDS[kind].imprint == "ruled":
            assert len(pages) % 2 == 0
        for name in meta.cc:
            assert name in printed
        if document.blocks and document.to:
            assert "各镇街、各有关部门" in words(pages[:1])


def test_a_date_still_open_has_its_place_below_the_office():
    document = parse("标题\n\n正文。\n\n英德市安委办\n2026年6月  日")
    assert (document.signed_by, document.dated, document.open_date) == (
        ("英德市安委办",),
        None,
        "2026年6月　　日",
    )
    assert parse("标题\n\n正文。\n\n安委办\n    年  月  日").open_date == "　　年　　月　　日"
    assert "英德市安委办2026年6月日" in words(lay_out(document, META))


@pytest.mark.parametrize(
    "day", ["二〇二六年六月十二日", "二○二六年六月十二日", "2026 年 6 月 12 日", "２０２６年６月１２日"]
)
def test_a_date_in_other_figures_is_read(day):
    assert parse(f"标题\n\n正文。\n\n英德市安委办\n{day}").dated == date(2026, 6, 12)


def test_offices_on_one_line_or_parted_from_the_date_sign_too():
    assert parse("标题\n\n正文。\n\n甲局　　乙局\n2026年6月12日").signed_by == ("甲局", "乙局")
    assert parse("标题\n\n正文。\n特此通知\n甲局\n\n2026年6月12日").signed_by == ("甲局",)


def test_lists_of_who_attended_follow_the_text_with_black_labels():
    document = parse(TEXTS["attendance"])
    assert document.attendance == (("出席", "甲局甲某"), ("请假", "乙某"), ("列席", "丙某"))
    assert '<span class="hei ' in lay_out(document, replace(META, kind="纪要"))[1].strips[-1].html


def test_a_sentence_that_ends_with_a_colon_is_no_addressee():
    assert parse("纪要\n\n6月12日召开会议。现纪要如下：\n正文。").to == ""
    assert parse("通知\n\n现将有关事项通知如下：\n正文。").to == ""


def test_a_line_that_begins_with_a_tab_is_a_paragraph():
    assert [block.text for block in parse("标题\n\n\t第一段。\n\t第二段。").blocks] == [
        "第一段。",
        "第二段。",
    ]


def test_the_last_row_of_a_table_may_be_its_totals():
    (table,) = parse("标题\n\n单位\t数量\n甲\t1\n乙\t2\n合计\t3").blocks
    assert (table.totals, table.columns[1].align) == (("合计", "3"), "center")


def test_controls_and_marks_of_direction_are_not_printed():
    assert parse("标\x07题\n\n正\u202e文\ufe0f。\x1b").blocks[0].text == "正文。"


def test_a_table_of_more_columns_than_paper_can_hold_is_refused_with_advice():
    row = "\t".join("数" for _ in range(40))
    with pytest.raises(TooWide, match="拆成两张表"):
        lay_out(parse(f"标题\n\n正文。\n\n附件\n宽表\n\n{row}\n{row}"), META)
    with pytest.raises(TooWide, match=r"^附件2“宽表”的表格有40栏"):
        lay_out(parse(f"标题\n\n正文。\n\n附件1\n甲\n\n正文。\n附件2\n宽表\n\n{row}\n{row}"), META)
    row = "\t".join("数" for _ in range(18))
    with pytest.raises(TooWide, match="移到附件"):
        lay_out(parse(f"标题\n\n{row}\n{row}"), META)


def test_a_wide_table_lies_with_the_line_that_says_who_filled_it_in():
    rows = "\n".join("\t".join(f"第{n}项" for n in range(14)) for _ in range(5))
    pages = lay_out(parse(f"标题\n\n正文。\n\n附件\n宽表\n\n填报单位（盖章）：\n{rows}"), META)
    assert pages[1].landscape
    assert "填报单位" in words(pages[1:2])


def test_a_table_of_a_thousand_rows_loses_none():
    rows = "\n".join(f"{n}\t第{n}镇\t说明" for n in range(1000))
    pages = lay_out(parse(f"标题\n\n正文。\n\n附件\n表\n\n序号\t单位\t说明\n{rows}"), META)
    found = re.findall(r"第(\d+)镇", words(pages))
    assert found == [str(n) for n in range(1000)]


@settings(max_examples=5, deadline=None)
@given(st.integers(1, 1500))
def test_a_text_of_one_to_two_hundred_pages_is_whole(paragraphs):
    document = parse(notice(paragraphs))
    pages = lay_out(document.with_meta(META), META)
    assert words(pages).count("安全生产法") == 3 * paragraphs
    for page in pages[1:-3]:
        assert len(page.strips) in (21, 22)
        assert not page.strips[-1].keep


@settings(max_examples=60, deadline=None)
@given(st.text("关于安全生产月活动的通知工作开展隐患排查“”《》，2026", min_size=1, max_size=60))
def test_a_title_of_one_to_sixty_characters_is_whole_and_inside(title):
    document = replace(parse("x\n\n正文。"), title=title)
    (page, *_) = lay_out(document, META)
    lines = re.findall(r'<p class="title">(.*?)</p>', "".join(strip.html for strip in page.strips))
    assert "".join(lines) == title
    assert all(len(line) <= 28 for line in lines)


def test_names_beyond_one_page_begin_the_imprint_on_the_page_before():
    meta = replace(META, cc=tuple(f"英德市第{n}局第二办公室" for n in range(100)))
    pages = lay_out(parse(notice(1)).with_meta(meta), meta)
    assert len(pages) % 2 == 0
    assert all(name in words(pages) for name in meta.cc)
    assert words(pages[-1:]).endswith("2026年6月12日印发")


@pytest.mark.parametrize("paragraphs", range(1, 14))
def test_the_closing_is_never_on_a_page_without_text_even_under_the_names_of_annexes(paragraphs):
    text = notice(paragraphs).replace("\n\n英德市", "\n附件：1.表一\n2.表二\n\n英德市")
    pages = lay_out(parse(text).with_meta(META), META)
    page = next(page for page in pages if "附件：" in words([page]))
    assert "推进。" in words([page])
    assert "2026年6月12日" in words([page])
