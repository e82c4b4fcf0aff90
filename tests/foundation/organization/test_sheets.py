"""Spreadsheets as other systems export them, and what they hold out of sight."""

import io

import pytest
from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from foundation.organization.refusals import Refused
from foundation.organization.sheets import read_sheet

LINES = [["平台", "标题"], ["英德发布", "甲"], ["悦英德", "乙"], ["报纸", "丙"]]


def book(change=lambda sheet: None, lines=LINES) -> bytes:
    made = Workbook()
    for line in lines:
        made.active.append(line)
    change(made.active)
    made.save(out := io.BytesIO())
    return out.getvalue()


def read(content, most=100):
    return read_sheet(content, most=most)


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_a_text_table_is_read_whatever_parts_it(delimiter, encoding):
    text = "\n".join(delimiter.join(line) for line in LINES)
    found = read(text.encode(encoding))
    assert (found.head, found.rows[0], found.notes) == (LINES[0], (2, LINES[1]), [])


def test_a_title_above_and_totals_below_are_left_out_and_told():
    lines = [["媒体发布台账（6月）"], [], *LINES, ["合计", "3"]]
    found = read(book(lines=lines))
    assert found.head == LINES[0]
    assert [number for number, _ in found.rows] == [4, 5, 6]
    assert found.notes == ["第 3 行是列名，上面的没有读。", "合计行（第 7 行）没有读入。"]


def test_hidden_rows_are_left_out_and_told():
    def hide(sheet):
        sheet.row_dimensions[3].hidden = True

    found = read(book(hide))
    assert [number for number, _ in found.rows] == [2, 4]
    assert found.notes == ["隐藏的行（第 3 行）没有读入。要导入它们，请先在表格里取消隐藏或筛选。"]


def test_formulas_merged_cells_hidden_columns_and_other_sheets_are_told():
    def change(sheet):
        sheet["B2"] = "=1+1"
        sheet.merge_cells("A3:A4")
        sheet.column_dimensions[get_column_letter(2)].hidden = True
        sheet.parent.create_sheet("说明")

    found = read(book(change))
    assert found.rows == [(2, ["英德发布", ""]), (3, ["悦英德", "乙"]), (4, ["", "丙"])]
    assert [note[:5] for note in found.notes] == [
        "隐藏的列（", "有 1 处", "公式 B2", "合并的单元", "只读了工作",
    ]  # fmt: skip


def test_a_hidden_first_sheet_is_not_the_one_that_is_read():
    def hide(sheet):
        sheet.parent.create_sheet("看得见的").append(["平台", "标题"])
        sheet.parent["看得见的"].append(["报纸", "丁"])
        sheet.sheet_state = "hidden"

    assert read(book(hide)).rows == [(2, ["报纸", "丁"])]


def test_days_keep_their_hour_and_names_that_stand_twice_their_place():
    import datetime as dt

    lines = [["时间", "时间", None, "标题"], [dt.datetime(2026, 6, 1, 9, 30), dt.date(2026, 6, 1), 7.0, "甲"]]
    found = read(book(lines=lines))
    assert found.head == ["时间", "时间（2）", "第 3 列", "标题"]
    assert found.rows == [(2, ["2026-06-01 09:30", "2026-06-01", "7", "甲"])]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "空的"),
        ("平台,标题\n".encode(), "没有内容"),
        (b"PK\x03\x04broken", "打不开"),
        ("平台,标题\n".encode() + b"a,b\n" * 101, "最多导入 100 行"),
        (b"\n\n,,\n", "没有找到列名"),
    ],
)
def test_what_is_no_table_is_said_so(content, says):
    with pytest.raises(Refused, match=says):
        read(content)
