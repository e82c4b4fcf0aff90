"""The tables of a document as a workbook: figures are numbers, all else stays text whatever it starts with."""

import re
from datetime import datetime
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.cell.cell import Cell as Box
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from documents.layout import Document, Table
from documents.layout.tables import lies

from .zipped import stamped

NUMBER = re.compile(r"(?:0|[1-9]\d{0,14})(?:\.\d{1,6})?")  # "007" and "1,200" are text
MADE = datetime(2000, 1, 1)  # the same bytes for the same tables
LINE = Side(style="thin")
FRAME = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
FORBIDDEN = str.maketrans(dict.fromkeys(":\\/?*[]", " "))  # in the name of a sheet


class NoTables(ValueError):
    """文稿里没有表格，不能生成 xlsx：请用制表符分栏写出表格，或改用 pdf。"""


def render_workbook(document: Document) -> bytes:
    """A sheet for each table. Raises NoTables when there is none."""
    if not document.tables:
        raise NoTables(NoTables.__doc__)
    book = Workbook()
    book.remove(book.active)
    for number, (title, table) in enumerate(document.tables, 1):
        _fill(book.create_sheet(f"{number} {title}".translate(FORBIDDEN)[:31].strip()), title, table)
    book.properties.created = book.properties.modified = MADE
    file = BytesIO()
    book.save(file)
    return stamped(file.getvalue())


def _fill(sheet: Worksheet, title: str, table: Table) -> None:
    """Title over all columns, then labels, rows and totals, ruled."""
    width = len(table.columns)
    _write(sheet.cell(1, 1), title, bold=True)
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=width)
    labels = [f"{column.group} {column.label}".strip() for column in table.columns]
    rows = [labels, *table.rows, *([table.totals] if table.totals else [])]
    for down, row in enumerate(rows, 2):
        for across, text in enumerate(row, 1):
            box = sheet.cell(down, across)
            _write(box, text, bold=down == 2, align=table.columns[across - 1].align)
            box.border = FRAME
    for across in range(1, width + 1):
        longest = max(len(row[across - 1]) for row in rows)
        sheet.column_dimensions[get_column_letter(across)].width = min(40, 2 * longest + 4)
    sheet.freeze_panes = "A3"
    sheet.print_title_rows = "1:2"
    sheet.page_setup.orientation = "landscape" if lies(table) else "portrait"


def _write(box: Box, text: str, *, bold: bool = False, align: str = "center") -> None:
    """Figures become numbers; "=1+1", "+86", "-" and "@x" stay the text they are."""
    if NUMBER.fullmatch(text):
        box.value = float(text) if "." in text else int(text)
    else:
        box.value = ILLEGAL_CHARACTERS_RE.sub("", text)
        box.data_type = "s"
    box.font = Font(name="宋体", size=11, bold=bold)
    box.alignment = Alignment(horizontal="center" if bold else align, vertical="center", wrap_text=True)
