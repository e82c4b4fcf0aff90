import io
import zipfile

import pytest
from docx import Document

from foundation.files.text import UnreadableFile, decode
from tests.plans.reading.helpers import LEXICON, fixture
from workflows.plans.reading import read


def docx(*paragraphs: str, table: list[list[str]] | None = None) -> bytes:
    document, out = Document(), io.BytesIO()
    for words in paragraphs:
        document.add_paragraph(words)
    if table:
        grid = document.add_table(rows=len(table), cols=len(table[0]))
        for row, words in zip(grid.rows, table, strict=True):
            for cell, text in zip(row.cells, words, strict=True):
                cell.text = text
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_is_the_same_in_every_encoding(encoding):
    text = fixture("notice_before_plan")[0] + "浛洸镇龑𠅤"
    assert decode(text.encode(encoding), "方案.txt") == text


def test_line_ends_become_lf_and_nothing_else_changes():
    assert decode("一、　主题\r\n 安全 \r六月".encode(), "x.txt") == "一、　主题\n 安全 \n六月"


def test_a_plan_in_gb18030_reads_like_the_same_plan_in_utf8():
    text, reading = fixture("brackets")
    assert read(decode(text.encode("gb18030"), "方案.TXT"), LEXICON) == reading


def test_docx_gives_paragraphs_and_cells_in_document_order():
    data = docx("方案", "一、任务", table=[["序号", "任务"], ["1", "演练"]])
    assert decode(data, "方案.docx") == "方案\n一、任务\n序号\n任务\n1\n演练"


def test_a_merged_cell_is_said_once():
    document, out = Document(), io.BytesIO()
    table = document.add_table(rows=1, cols=3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "合并"
    document.save(out)
    assert decode(out.getvalue(), "x.docx").count("合并") == 1


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"", "a.txt", "空的"),
        (b" \n\t", "a.txt", "空的"),
        (b"\x00\x01\x02plan", "a.txt", "不是文字文件"),
        (b"\xff\xfe\x00", "a.txt", "编码"),
        (b"\x81\x20\xff\xff\xff", "a.txt", "编码"),
        (b"%PDF-1.7 ...", "a.txt", "PDF"),
        (b"\xd0\xcf\x11\xe0 old", "a.docx", ".doc"),
        (b"plain words", "a.pdf", "另存为 .docx 或 .txt"),
        (b"plain words", "a.wps", "另存为 .docx 或 .txt"),
        (b"plain words", "a.docx", "不是有效的 .docx"),
        (b"PK\x03\x04 cut off", "a.docx", "损坏"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_do(data, name, says):
    with pytest.raises(UnreadableFile, match=says):
        decode(data, name)


def test_a_file_over_the_limit_is_refused():
    with pytest.raises(UnreadableFile, match="超过"):
        decode("方案".encode() * 100, "a.txt", limit=100)


def test_a_zip_that_is_no_document_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("readme.txt", "hello")
    with pytest.raises(UnreadableFile, match="损坏或不是 Word"):
        decode(out.getvalue(), "a.docx")


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b"0" * 3_000_000)
    with pytest.raises(UnreadableFile, match="过大"):
        decode(out.getvalue(), "a.docx", limit=100_000)


@pytest.mark.parametrize("part", ["word/document.xml", "[Content_Types].xml", "_rels/.rels"])
@pytest.mark.parametrize("words", [b"<w:broken", b"<other/>"])
def test_a_damaged_document_is_refused(part, words):
    data = docx("方案")
    broken = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(broken, "w") as new:
        for name in old.namelist():
            new.writestr(name, words if name == part else old.read(name))
    with pytest.raises(UnreadableFile, match="损坏"):
        decode(broken.getvalue(), "a.docx")


def test_a_document_with_a_password_is_refused():
    data = bytearray(docx("方案"))
    for header, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(header)
        while at >= 0:
            data[at + flags] |= 1
            at = data.find(header, at + 4)
    with pytest.raises(UnreadableFile, match="损坏"):
        decode(bytes(data), "a.docx")


def test_a_scan_without_words_is_refused():
    with pytest.raises(UnreadableFile, match="没有文字"):
        decode(docx(""), "a.docx")
