"""Between preview and confirmation the rows travel in the page, signed: nothing is kept on the server."""

from __future__ import annotations

from collections.abc import Sequence

from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from ..refusals import Refused
from ..sheets import refuse_unseen
from ..tables import MAX_BYTES, TOO_LARGE, Row, read_table

STALE = "预览已过期或不完整，请重新上传文件。"
SECONDS = 3600


def packed(kind: str, rows: Sequence[Row]) -> str:
    return signing.dumps([[row.number, row.cells] for row in rows], salt=f"upload.{kind}", compress=True)


def unpacked(kind: str, text: str) -> list[Row]:
    """Raises signing.BadSignature for anything that is not ours, or an hour old."""
    return [Row(*row) for row in signing.loads(text, salt=f"upload.{kind}", max_age=SECONDS)]


def uploaded(request: HttpRequest, columns: Sequence[str], required: Sequence[str]) -> list[Row]:
    """The rows of the file in this form. Refused says what is wrong with it."""
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        raise Refused("请选择一个文件。")
    if (file.size or 0) > MAX_BYTES:
        raise Refused(TOO_LARGE)
    rows = read_table(content := file.read(), columns, required)
    refuse_unseen(content)
    return rows
