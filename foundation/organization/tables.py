"""Spreadsheets in and out: .xlsx and .csv with the names of the columns in the first row."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain, islice, zip_longest
from typing import IO, Any
from unicodedata import east_asian_width
from zipfile import BadZipFile, ZipFile

from .refusals import Refused
from .typed import clean

MAX_BYTES, MAX_ROWS, MAX_COLUMNS = 5 * 1024 * 1024, 1000, 50
TOO_LARGE = "表格超过 5 MB。请删去图片和多余的工作表，再上传。"
MAX_UNPACKED = 100 * 1024 * 1024
LOOKED_AT = 200  # rows that say how wide a column is
NARROWEST, WIDEST = 8, 48
A4 = 9
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Row:
    """`number` as the spreadsheet counts: the names of the columns are row 1."""

    number: int
    cells: dict[str, str]


def read_table(content: bytes, columns: Sequence[str], required: Sequence[str]) -> list[Row]:
    """The rows that aren't empty, every cell as stripped text. Refused says what is wrong with the file."""
    _, rows = read_any(content, most=MAX_ROWS, check=lambda head: _check_head(head, columns, required))
    return [Row(row.number, {name: row.cells.get(name, "") for name in columns}) for row in rows]


def read_any(
    content: bytes, *, most: int, check: Callable[[list[str]], None] = lambda head: None
) -> tuple[list[str], list[Row]]:
    """The names of the columns, if `check` lets them be, and the rows that say anything under a name."""
    if len(content) > MAX_BYTES:
        raise Refused(TOO_LARGE)
    lines = iter(lines_in(content, most))
    head = next(lines, None) or []
    check(head)
    rows = []
    for number, line in enumerate(lines, 2):
        cells = {name: text for name, text in zip(head, line, strict=False) if name}
        if any(cells.values()):
            rows.append(Row(number, cells))
        if len(rows) > most:
            raise Refused(f"一次最多导入 {most} 行，请分成几个文件。")
    if not rows:
        raise Refused("表格里只有列名，没有内容。")
    return head, rows


def _check_head(head: list[str], columns: Sequence[str], required: Sequence[str]) -> None:
    if absent := [name for name in required if name not in head]:
        raise Refused(f"第一行缺少列：{'、'.join(absent)}。请按模板填写，第一行是列名。")
    if unknown := [name for name in head if name and name not in columns]:
        raise Refused(f"不认识的列：{'、'.join(unknown)[:60]}。可用的列：{'、'.join(columns)}。")


def lines_in(content: bytes, most: int, *, times: bool = False) -> Iterable[list[str]]:
    """Every line, the first one first, as stripped text; `times`: a day with an hour keeps it."""
    if not content.strip():
        raise Refused("文件是空的，请重新选择。")
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused("这是旧版 .xls 文件，请在表格软件里另存为 .xlsx 再上传。")
    if content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):  # many systems export a page as .xls
        raise Refused("这个文件其实是网页，不是表格。请用表格软件打开，另存为 .xlsx 再上传。")
    return _xlsx(content, most, times) if content.startswith(b"PK") else _csv(content)


def _xlsx(content: bytes, most: int, times: bool) -> Iterable[list[str]]:
    from openpyxl import load_workbook  # slow to import: only whoever brings or takes a spreadsheet pays

    try:
        if sum(part.file_size for part in ZipFile(io.BytesIO(content)).infolist()) > MAX_UNPACKED:
            raise Refused("表格展开后过大。请只留下要导入的内容，另存后再上传。")
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        # A sheet may claim a million empty rows; nothing beyond what is allowed is looked at.
        sheet = shown_sheet(book)
        lines = [
            [_text(value, times) for value in row]
            for row in sheet.iter_rows(max_row=most + 2, max_col=MAX_COLUMNS, values_only=True)
        ]
        book.close()
    except (BadZipFile, KeyError, ValueError, IndexError, OSError, SyntaxError) as error:
        raise Refused("这个文件打不开，不是 .xlsx 表格或已损坏。请另存为 .xlsx 再上传。") from error
    return iter(lines)


def shown_sheet(book: Any) -> Any:
    """The first that people see."""
    return next((one for one in book.worksheets if one.sheet_state == "visible"), book.worksheets[0])


def _csv(content: bytes) -> Iterable[list[str]]:
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))  # “Unicode 文本” of a spreadsheet program
    if b"\0" in content and not wide:
        raise Refused("这不是表格文件，请上传 .xlsx 或 .csv。")
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise Refused("看不懂文件的编码，请另存为 UTF-8 的 .csv 或 .xlsx 再上传。")
    try:
        lines = csv.reader(io.StringIO(text), delimiter=_delimiter(text), strict=True)
        return iter([[clean(cell).strip() for cell in line] for line in lines])
    except csv.Error as error:
        raise Refused("表格的引号不成对，请在表格软件里另存一次再上传。") from error


def _delimiter(text: str) -> str:
    """Whatever parts the names of the columns into the most; a comma where nothing does."""
    head = next((line for line in text.splitlines() if line.strip()), "")
    return max(",\t;|", key=head.count)


def _text(value: Any, times: bool = False) -> str:
    if isinstance(value, datetime) and times and (value.hour or value.minute):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, datetime | date):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else clean(str(value)).strip()


def write_table(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """An .xlsx whose cells are text throughout."""
    out = io.BytesIO()
    stream_table(columns, (list(map(str, row)) for row in rows), out)
    return out.getvalue()


def stream_table(columns: Sequence[str], rows: Iterable[Sequence[Any]], out: IO[bytes]) -> None:
    """An .xlsx written as its rows come, however many. Days and whole numbers stay what they are, nothing is an empty
    cell, all else is text: a name that begins with = is no formula."""
    from openpyxl import Workbook

    book, coming = Workbook(write_only=True), iter(rows)
    sheet, first = book.create_sheet("台账"), list(islice(coming, LOOKED_AT))
    _fit(sheet, [columns, *first])
    count = 0
    for count, row in enumerate(chain([columns], first, coming), 1):  # noqa: B007 - how many there were
        sheet.append([_cell(sheet, value) for value in row])
    sheet.auto_filter.ref = f"A1:{_letter(len(columns))}{count}"
    book.save(out)


def _fit(sheet: Any, rows: Sequence[Sequence[Any]]) -> None:
    """To be read and printed as it opens: columns as wide as their words, the heads on every sheet of paper."""
    for number, cells in enumerate(zip_longest(*rows), 1):
        widest = max(map(_width, cells))
        sheet.column_dimensions[_letter(number)].width = min(max(widest + 2, NARROWEST), WIDEST)
    sheet.freeze_panes, sheet.print_title_rows = "A2", "1:1"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
    sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage = 0, True


def _width(value: Any) -> int:
    """In digits; a Chinese character is two."""
    text = "" if value is None else str(value)
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def _letter(number: int) -> str:
    from openpyxl.utils import get_column_letter

    return get_column_letter(number)


def _cell(sheet: Any, value: Any) -> Any:
    """The library takes a text apart for a formula only as a bare value."""
    from openpyxl.cell import WriteOnlyCell

    if value is None or value == "":
        return None
    if isinstance(value, int) or type(value) is date:
        return value
    cell = WriteOnlyCell(sheet)
    cell.value, cell.data_type = clean(str(value)), "s"
    return cell
