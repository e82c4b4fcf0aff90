"""What a file is, told by its content: the kinds an office uses, and whether a name is true to it."""

from __future__ import annotations

import codecs
import mmap
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePath

from foundation.organization.refusals import Refused

Extensions = tuple[str, ...]  # what a content may honestly be called; the first is its usual name

OOXML = "application/vnd.openxmlformats-officedocument"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
BRANDS = {  # ISO media files say in bytes 8-12 which of them they are
    b"qt  ": ("mov",),
    **dict.fromkeys((b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"), ("heic",)),
    **dict.fromkeys((b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1"), ("mp4",)),
    **dict.fromkeys((b"M4V ", b"MSNV", b"dash", b"3gp4", b"3gp5", b"3gp6"), ("mp4",)),
}
OLE_STREAMS = {"WordDocument": ("doc", "wps"), "Workbook": ("xls", "et"), "PowerPoint Document": ("ppt",)}
OOXML_MAIN = {  # the type of the main part; a document with macros has another one
    b"wordprocessingml.document.main+xml": ("docx",),
    b"spreadsheetml.sheet.main+xml": ("xlsx",),
    b"presentationml.presentation.main+xml": ("pptx",),
}
CONTENT_TYPES = "[Content_Types].xml"


@dataclass(frozen=True)
class Kind:
    name: str
    media_type: str
    inline: bool = False  # a browser may show it; everything else is only handed out


KINDS = {
    "jpg": Kind("JPG 图片", "image/jpeg", inline=True),
    "jpeg": Kind("JPG 图片", "image/jpeg", inline=True),
    "png": Kind("PNG 图片", "image/png", inline=True),
    "gif": Kind("GIF 图片", "image/gif", inline=True),
    "webp": Kind("WebP 图片", "image/webp", inline=True),
    "heic": Kind("HEIC 图片", "image/heic"),
    "pdf": Kind("PDF 文档", "application/pdf", inline=True),
    "ofd": Kind("OFD 版式文档", "application/ofd"),
    "docx": Kind("Word 文档", f"{OOXML}.wordprocessingml.document"),
    "xlsx": Kind("Excel 表格", f"{OOXML}.spreadsheetml.sheet"),
    "pptx": Kind("PowerPoint 演示文稿", f"{OOXML}.presentationml.presentation"),
    "doc": Kind("Word 97 文档", "application/msword"),
    "xls": Kind("Excel 97 表格", "application/vnd.ms-excel"),
    "ppt": Kind("PowerPoint 97 演示文稿", "application/vnd.ms-powerpoint"),
    "wps": Kind("WPS 文字文档", "application/msword"),
    "et": Kind("WPS 表格", "application/vnd.ms-excel"),
    "txt": Kind("文本文件", "text/plain"),
    "csv": Kind("CSV 表格", "text/csv"),
    "mp4": Kind("MP4 视频", "video/mp4"),
    "mov": Kind("MOV 视频", "video/quicktime"),
    "mp3": Kind("MP3 音频", "audio/mpeg"),
    "zip": Kind("ZIP 压缩包", "application/zip"),
}
INLINE = {kind.media_type for kind in KINDS.values() if kind.inline}


def extension(name: str) -> str:
    return PurePath(name).suffix.lower().removeprefix(".")


def media_type(name: str, path: Path) -> str:
    """The media type of the content at `path`, which came under `name`. Refused where the name lies."""
    said, found = extension(name), recognise(path)
    if said not in KINDS:
        raise Refused(f"“{name}”的类型不能上传。可以上传的扩展名：{'、'.join(KINDS)}。")
    if not found:
        raise Refused(
            f"“{name}”的扩展名是 .{said}，内容却不是 {KINDS[said].name}，可能已损坏、加密或含有宏。请重新导出后再上传。"
        )
    if said not in found:
        raise Refused(
            f"“{name}”的扩展名是 .{said}（{KINDS[said].name}），内容却是 {KINDS[found[0]].name}。"
            f"请把扩展名改为 .{found[0]}，或重新导出后再上传。"
        )
    return KINDS[said].media_type


def recognise(path: Path) -> Extensions:
    """The extensions that fit the content, the usual one first; empty for a stranger."""
    with path.open("rb") as file:
        head = file.read(65536)
    return next((fits for look in LOOKS if (fits := look(head, path))), ())


def _signature(head: bytes, _: Path) -> Extensions:
    if head.startswith(b"\xff\xd8\xff"):
        return "jpg", "jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return ("png",)
    if head.startswith((b"GIF87a", b"GIF89a")):
        return ("gif",)
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return ("webp",)
    return ("pdf",) if b"%PDF-" in head[:1024] else ()  # some writers put bytes before it (ISO 32000 H.3.4)


def _media(head: bytes, _: Path) -> Extensions:
    if head[4:8] == b"ftyp":
        return BRANDS.get(head[8:12], ())
    if head[4:8] in (b"moov", b"mdat", b"wide"):  # QuickTime before it named its brand
        return ("mov",)
    # An ID3 tag, or at once a frame: eleven bits of sync and "layer III".
    frame = head[:1] == b"\xff" and len(head) > 2 and head[1] & 0b1110_0110 == 0b1110_0010
    return ("mp3",) if frame or head.startswith(b"ID3") else ()


def _ole(head: bytes, path: Path) -> Extensions:
    """Office 97 and WPS: streams are listed by name. Embedded objects add theirs, so several may fit."""
    if not head.startswith(OLE):
        return ()
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        found = [fits for name, fits in OLE_STREAMS.items() if content.find(name.encode("utf-16-le")) >= 0]
    return tuple(extension for fits in found for extension in fits)


def _zipped(head: bytes, path: Path) -> Extensions:
    """A ZIP package, read no further than its list of names and its list of types."""
    if not head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return ()
    try:
        with zipfile.ZipFile(path) as package:
            names = package.namelist()
            if "OFD.xml" in names:
                return ("ofd",)
            if CONTENT_TYPES not in names:
                return ("zip",)
            with package.open(CONTENT_TYPES) as file:
                types = file.read(1_000_000)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError):  # cut off, encrypted, exotic
        return ()
    return next((fits for mark, fits in OOXML_MAIN.items() if mark in types), ())


def _text(head: bytes, _: Path) -> Extensions:
    encodings = ["utf-16"] if head[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else ["utf-8", "gb18030"]
    return ("txt", "csv") if any(_reads_as(head, encoding) for encoding in encodings) else ()


def _reads_as(head: bytes, encoding: str) -> bool:
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(head)
    except UnicodeDecodeError:
        return False
    return bool(text) and not any(c < " " and c not in "\t\n\r\f" for c in text)


LOOKS: tuple[Callable[[bytes, Path], Extensions], ...] = (_signature, _media, _ole, _zipped, _text)
