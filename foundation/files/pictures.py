"""Pictures that go onto paper: whatever was uploaded is looked at before it is unpacked, and only its pixels are kept."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from PIL import Image, ImageFile, ImageOps

from foundation.organization.refusals import Refused

MB = 1024 * 1024
LOADING = Lock()
HEAVIEST = 5 * MB
MOST_PIXELS = 16_000_000  # 64 MB when unpacked
NAMES = {"PNG": "PNG", "JPEG": "JPG"}


class Unreadable(Refused):
    """No picture of the kinds that are taken, or a broken one."""


def opened(
    content: bytes,
    name: str,
    *,
    about: str,
    formats: tuple[str, ...] = ("PNG", "JPEG"),
    room: tuple[int, int],
) -> Image.Image:
    """The pixels with their transparency, upright. `about`: what should fill the picture (签名); `room`: what is
    needed of a large JPEG, which is unpacked at a fraction of its size."""
    if len(content) > HEAVIEST:
        raise Refused(f"“{name}”超过 {HEAVIEST // MB} MB，请裁剪到只剩{about}，或压缩后再上传。")
    try:
        with _whole_ones():
            image = _read(content, name, formats)
            image.draft("RGB", room)
            return ImageOps.exif_transpose(image).convert("RGBA")
    except (OSError, SyntaxError, ValueError) as error:
        kinds = " 或 ".join(NAMES[kind] for kind in formats)
        raise Unreadable(f"这不是能识别的 {kinds} 图片，可能已损坏。请重新导出或拍照后再上传。") from error


def saved(image: Image.Image) -> bytes:
    """Of the pixels alone: Pillow would carry a profile and a place of exposure over."""
    out = io.BytesIO()
    Image.frombytes("RGBA", image.size, image.tobytes()).save(out, "PNG", optimize=True)
    return out.getvalue()


@contextmanager
def _whole_ones() -> Iterator[None]:
    """A picture that is cut off is refused: once WeasyPrint is loaded, Pillow would fill it up in grey."""
    with LOADING:
        before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
        try:
            yield
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = before


def _read(content: bytes, name: str, formats: tuple[str, ...]) -> Image.Image:
    """By its content, whatever it is called. Only the head is read here."""
    try:
        with warnings.catch_warnings(action="ignore", category=Image.DecompressionBombWarning):
            image = Image.open(io.BytesIO(content), formats=formats)
    except Image.DecompressionBombError as error:
        raise Refused(f"“{name}”的像素太多，请缩小后再用。") from error
    width, height = image.size
    if width * height > MOST_PIXELS:
        raise Refused(
            f"“{name}”有 {width}×{height} 像素，最多 {MOST_PIXELS // 10_000} 万像素，请缩小后再用。"
        )
    return image
