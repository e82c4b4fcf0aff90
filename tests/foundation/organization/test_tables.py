"""Spreadsheets as people send them."""

import io
import zipfile

import pytest
from openpyxl import Workbook, load_workbook

from foundation.organization.refusals import Refused
from foundation.organization.tables import MAX_BYTES, MAX_ROWS, read_table, write_table

COLUMNS = ("编码", "名称")
TEXT = "编码,名称\na,浛洸镇\n\n b ,沙口镇\n"
ROWS = [(2, {"编码": "a", "名称": "浛洸镇"}), (4, {"编码": "b", "名称": "沙口镇"})]


def read(content):
    return [(row.number, row.cells) for row in read_table(content, COLUMNS, COLUMNS)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_it_reads_a_csv_in_the_encodings_of_the_office(encoding):
    assert read(TEXT.encode(encoding)) == ROWS


def test_it_reads_back_what_it_wrote():
    assert read(write_table(COLUMNS, [("a", "浛洸镇"), ("", ""), ("b", "沙口镇")])) == ROWS


def test_numbers_and_dates_become_text():
    import datetime as dt

    book = Workbook()
    for line in (COLUMNS, (7.0, dt.date(2026, 6, 1))):
        book.active.append(line)
    book.save(out := io.BytesIO())
    assert read(out.getvalue()) == [(2, {"编码": "7", "名称": "2026-06-01"})]


def test_a_name_that_looks_like_a_formula_is_text():
    book = load_workbook(io.BytesIO(write_table(COLUMNS, [("=1+1", "x")])))
    assert (book.active["A2"].value, book.active["A2"].data_type) == ("=1+1", "s")


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", b"0" * 101 * 1024 * 1024)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "空的"),
        (b"  \n", "空的"),
        ("编码,名称\n".encode(), "只有列名"),
        ("编码\na\n".encode(), "缺少列：名称"),
        ("编码,名称,颜色\na,b,c\n".encode(), "不认识的列：颜色"),
        (b"\x89PNG\r\n\x1a\n\0\0", "不是表格"),
        (b"\xff\xff\xff\x81", "编码"),
        (b"\xd0\xcf\x11\xe0rest", "另存为 .xlsx"),
        (b"\xef\xbb\xbf\n<html><table>", "其实是网页"),
        (b"PK\x03\x04not a workbook", "打不开"),
        ('编码,名称\na,"浛洸'.encode(), "引号不成对"),
        (b"a" * (MAX_BYTES + 1), "超过 5 MB"),
        (("编码,名称\n" + "a,b\n" * (MAX_ROWS + 1)).encode(), "请分成几个文件"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_is_no_table_says_what_to_do(content, says):
    with pytest.raises(Refused, match=says):
        read(content)


def test_a_small_file_that_unpacks_to_a_big_one_is_refused():
    with pytest.raises(Refused, match="展开后过大"):
        read(bomb())
