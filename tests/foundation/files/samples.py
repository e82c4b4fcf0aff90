"""One true content of every kind."""

import io
import zipfile

import docx
import openpyxl
from PIL import Image

from foundation.files.kinds import OLE


def image(kind: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (4, 4)).save(out, kind)
    return out.getvalue()


def package(**members: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, text in members.items():
            file.writestr(name, text)
    return out.getvalue()


def saved(document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def slides() -> bytes:
    main = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
    return package(**{"[Content_Types].xml": f'<Types><Override ContentType="{main}"/></Types>'})


def ole(*streams: str) -> bytes:
    return OLE + bytes(504) + b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in streams)


def movie(brand: bytes) -> bytes:
    return b"\0\0\0\x18ftyp" + brand + bytes(40)


DOCX, XLSX = saved(docx.Document()), saved(openpyxl.Workbook())
PDF = b"%PDF-1.7\n1 0 obj\n"
PNG = image("PNG")
SAMPLES = {
    "jpg": image("JPEG"), "jpeg": image("JPEG"), "png": PNG, "gif": image("GIF"), "webp": image("WEBP"),
    "heic": movie(b"heic"), "pdf": PDF, "ofd": package(**{"OFD.xml": "<ofd/>"}), "docx": DOCX, "xlsx": XLSX,
    "pptx": slides(), "doc": ole("WordDocument"), "wps": ole("WordDocument"), "xls": ole("Workbook"),
    "et": ole("Workbook"), "ppt": ole("PowerPoint Document"), "txt": "安全生产月".encode(),
    "csv": "单位,场次\r\n浛洸镇,3\r\n".encode("gb18030"), "mp4": movie(b"isom"), "mov": movie(b"qt  "),
    "mp3": b"ID3\x03" + bytes(60), "zip": package(readme="x"),
}  # fmt: skip
