"""Bytes of an upload → its text."""

from __future__ import annotations

import codecs

from foundation.files.text.problems import UnreadableFile

__all__ = ["UnreadableFile", "decode"]

LIMIT = 20 * 1024 * 1024
_ZIP = b"PK\x03\x04"
_FOREIGN = {
    b"%PDF": "这是 PDF 文件，请用原来的 Word 文档，或另存为 .docx、.txt 后再上传。",
    b"\xd0\xcf\x11\xe0": "这是旧版 .doc、.wps 或加了密码的文件，请打开后去掉密码，另存为 .docx 或 .txt 再上传。",
    b"{\\rtf": "这是 RTF 文件，请打开后另存为 .docx 或 .txt 再上传。",
}
_OTHER_ENDINGS = (".doc", ".pdf", ".wps", ".rtf", ".ofd", ".odt", ".xls", ".xlsx", ".zip", ".rar")


def decode(data: bytes, name: str, *, limit: int = LIMIT, rows: bool = False) -> str:
    """The text of a .txt (UTF-8, GB18030, UTF-16 with BOM) or .docx upload, line ends as LF.

    The numbers Word draws before the paragraphs of a .docx are read with them; see `read_docx` for what is left out, and for `rows`.
    Raises UnreadableFile, whose words tell the user what to do.
    """
    if len(data) > limit:
        raise UnreadableFile(f"文件超过 {limit / 1048576:g} MB，请删去图片或另存为 .txt 后再上传。")
    if not data.strip():
        raise UnreadableFile("文件是空的，请检查后重新选择文件。")
    _refuse_other_kinds(data, name)
    text = _docx(data, limit, rows) if data.startswith(_ZIP) else _plain(data, name)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise UnreadableFile("文件里没有文字，可能是扫描件，请换用可编辑的 .docx 或 .txt。")
    return text


def _docx(data: bytes, limit: int, rows: bool) -> str:
    from foundation.files.text.word import read_docx  # slow to import: only whoever uploads Word pays

    return read_docx(data, limit=limit, rows=rows)


def _refuse_other_kinds(data: bytes, name: str) -> None:
    for magic, says in _FOREIGN.items():
        if data.startswith(magic):
            raise UnreadableFile(says)
    if name.lower().endswith(_OTHER_ENDINGS):
        raise UnreadableFile("这种格式读不了，请打开后另存为 .docx 或 .txt 再上传。")


def _plain(data: bytes, name: str) -> str:
    if name.lower().endswith(".docx"):
        raise UnreadableFile("文件不是有效的 .docx 文档，请用 Word 或 WPS 打开后重新另存为 .docx 或 .txt。")
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if data.startswith(mark):
            return _strict(data, encoding)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = _strict(data, "gb18030")
    return _text_only(text)


def _strict(data: bytes, encoding: str) -> str:
    try:
        return _text_only(data.decode(encoding))
    except UnicodeDecodeError:
        raise UnreadableFile("文件的文字编码认不出来，请用记事本打开后另存为 UTF-8 编码的 .txt。") from None


def _text_only(text: str) -> str:
    """Refuses control characters (a binary file) and text whose characters nobody writes in."""
    body = text.removeprefix("\ufeff")
    if any(ord(c) < 32 and c not in "\t\n\r\f\v" for c in body):
        raise UnreadableFile("文件不是文字文件，请上传 .docx 或 .txt 格式的文件。")
    strange = sum("\ue000" <= c <= "\uf8ff" or c == "\ufffd" or "\x7f" <= c <= "\x9f" for c in body)
    if strange * 20 > len(body):
        raise UnreadableFile("文件的文字是乱码，请用记事本打开后另存为 UTF-8 编码的 .txt。")
    return body
