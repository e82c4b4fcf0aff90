"""DOCX: the editable version, read back with python-docx."""

from dataclasses import replace
from functools import cache
from io import BytesIO

import pytest
from docx import Document as opened
from docx.oxml.ns import qn

from documents.formats.plain import render_text
from documents.formats.word import render_docx
from documents.layout import Annex, Column, Table, UndrawableText, parse
from tests.documents.papers import META, RARE, notice
from tests.documents.sealing.seals import ring

WIDE = "\t".join(f"第{n}栏的名称比较长" for n in range(12))
TAIL = f"\n附件1\n统计表\n\n项目\t数量\n检查\t3\n整改\t2\n\n附件2\n名单\n\n{WIDE}\n{WIDE}\n{WIDE}\n"


@cache
def book(tail: str = "", **meta):
    return opened(BytesIO(render_docx(parse(notice(1, tail=tail)), replace(META, **meta))))


def words(found) -> str:
    return "".join("".join(text.text or "" for text in found.element.body.iter(qn("w:t"))).split())


def named(found, text: str):
    return next(p for p in found.paragraphs if p.text.startswith(text))


def face(paragraph) -> str:
    return paragraph.runs[0]._element.rPr.rFonts.get(qn("w:eastAsia"))


@pytest.mark.parametrize("meta", [{}, {"kind": "请示", "signer": "张三"}, {"kind": "函"}, {"kind": "纪要"}])
def test_its_words_are_those_of_the_paper_in_their_order(meta):
    text = render_text(parse(notice(1, tail=TAIL)), replace(META, **meta)).decode()
    assert words(book(TAIL, **meta)) == "".join(text.split())


def test_each_part_has_the_face_of_the_standard_by_its_name_in_word():
    found = book()
    faces = [face(named(found, text)) for text in ("关于", "各镇", "一、", "英德市安全生产委员会办公室文件")]
    assert faces == ["方正小标宋简体", "仿宋_GB2312", "黑体", "方正小标宋简体"]


def test_a_page_holds_22_lines_of_28_characters():
    found = book()
    section = found.sections[0]
    grid = section._sectPr.find(qn("w:docGrid"))
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("lines", "579")
    room = section.page_height - section.top_margin - section.bottom_margin
    assert 22 * 579 <= room / 635 < 22 * 579 + 40
    width = section.page_width - section.left_margin - section.right_margin
    assert 28 * 316 <= width / 635 < 28 * 316 + 40


def test_page_numbers_stand_outside():
    found = book()
    section = found.sections[0]
    sides = [footer.paragraphs[0].alignment.name for footer in (section.footer, section.even_page_footer)]
    assert (sides, found.settings.odd_and_even_pages_header_footer) == (["RIGHT", "LEFT"], True)
    assert "PAGE" in "".join(e.text for e in section.footer._element.iter(qn("w:instrText")))


def test_a_wide_annex_lies_and_what_follows_stands():
    shapes = [section.orientation.name for section in book(TAIL).sections]
    assert shapes[:3] == ["PORTRAIT", "LANDSCAPE", "PORTRAIT"]


def test_an_annex_begins_a_page():
    assert named(book(TAIL), "附件1").paragraph_format.page_break_before


def test_a_tables_head_is_repeated_and_no_row_divided():
    table = book(TAIL).tables[0]
    rows = [row._tr.trPr for row in table.rows]
    assert [row.find(qn("w:tblHeader")) is not None for row in rows] == [True, False, False]
    assert all(row.find(qn("w:cantSplit")) is not None for row in rows)
    assert [cell.text for cell in table.rows[1].cells] == ["检查", "3"]


def test_columns_in_groups_stand_under_their_name():
    columns = (Column("单位"), Column("户", group="检查"), Column("次", group="检查"))
    table = Table(columns=columns, rows=(("甲镇", "1", "2"),), totals=("合计", "1", "2"))
    text = replace(parse(notice(1)), annexes=(Annex("附件", "表", (table,)),))
    found = opened(BytesIO(render_docx(text, META))).tables[0]
    assert [[cell.text for cell in row.cells] for row in found.rows] == [
        ["单位", "检查", "检查"],
        ["单位", "户", "次"],
        ["甲镇", "1", "2"],
        ["合计", "1", "2"],
    ]


def test_a_joint_paper_names_every_office():
    found = book(joint_organs=("英德市应急管理局",))
    assert [cell.text for cell in found.tables[0].rows[0].cells] == [
        "英德市安全生产委员会办公室\n英德市应急管理局",
        "文件",
    ]


def test_an_editable_file_bears_no_seal(tmp_path):
    (tmp_path / "seal.png").write_bytes(ring())
    found = opened(BytesIO(render_docx(parse(notice(1)), replace(META, seal=str(tmp_path / "seal.png")))))
    assert not [part for part in found.part.package.iter_parts() if "/media/" in str(part.partname)]


def test_what_is_not_signed_has_no_place_for_a_seal(tmp_path):
    (tmp_path / "seal.png").write_bytes(ring())
    plain, sealed = (book(kind="纪要", seal=seal) for seal in ("", str(tmp_path / "seal.png")))
    assert plain.element.body.xml == sealed.element.body.xml


def test_what_no_face_draws_is_refused():
    with pytest.raises(UndrawableText):
        render_docx(parse("关于👍的通知\n\n正文。"), META)


def test_the_same_text_gives_the_same_bytes():
    assert render_docx(parse(notice(1, tail=RARE)), META) == render_docx(parse(notice(1, tail=RARE)), META)
