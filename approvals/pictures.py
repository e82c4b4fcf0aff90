"""A signature as a picture: of whatever was uploaded or drawn only the ink is kept, small and without metadata."""

from __future__ import annotations

import io
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from PIL import Image, ImageChops, ImageFile, ImageOps

from foundation.organization.refusals import Refused

MB = 1024 * 1024
LOADING = Lock()
HEAVIEST = 5 * MB
MOST_PIXELS = 16_000_000  # 64 MB when unpacked
KEPT = (600, 240)  # pixels: 50 mm on paper at 300 dpi
INK = 32  # of 255: how much darker than white a stroke is
DATA_URL = "data:image/png;base64,"
UNREADABLE = "这不是能识别的 PNG 或 JPG 图片，可能已损坏。请重新导出或拍照后再上传。"
EMPTY = "图片里没有看到笔迹，请换一张，或重新书写。"


def drawn(data_url: str) -> bytes:
    """The picture of a canvas, as the page sends it."""
    if not data_url.startswith(DATA_URL):
        raise Refused("没有收到手写的内容，请先在框内书写。")
    if len(data_url) > HEAVIEST:
        raise Refused("手写的内容太大，请清除后重写。")
    try:
        return b64decode(data_url.removeprefix(DATA_URL), validate=True)
    except ValueError as error:
        raise Refused(UNREADABLE) from error


def signature_of(content: bytes, name: str = "签名") -> bytes:
    """A PNG of at most 600 × 240 pixels, cut to its ink; what was transparent stays so."""
    if len(content) > HEAVIEST:
        raise Refused(f"“{name}”超过 {HEAVIEST // MB} MB，请裁剪到只剩签名，或压缩后再上传。")
    try:
        with _whole_ones():
            image = _opened(content, name)
            # A large JPEG is unpacked at a fraction of its size.
            image.draft("RGB", (4 * KEPT[0], 4 * KEPT[1]))
            whole = ImageOps.exif_transpose(image).convert("RGBA")
    except (OSError, SyntaxError, ValueError) as error:
        raise Refused(UNREADABLE) from error
    cut = whole.crop(_ink(whole))
    cut.thumbnail(KEPT)
    return _saved(cut)


@contextmanager
def _whole_ones() -> Iterator[None]:
    """A picture that is cut off is refused: once WeasyPrint is loaded, Pillow would fill it up in grey."""
    with LOADING:
        before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
        try:
            yield
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = before


def _opened(content: bytes, name: str) -> Image.Image:
    """By its content, whatever it is called. Only the head is read here."""
    try:
        image = Image.open(io.BytesIO(content), formats=("PNG", "JPEG"))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Refused(f"“{name}”的像素太多，请缩小后再上传。") from error
    width, height = image.size
    if width * height > MOST_PIXELS:
        raise Refused(
            f"“{name}”有 {width}×{height} 像素，最多 {MOST_PIXELS // 10_000} 万像素，请缩小后再上传。"
        )
    return image


def _ink(whole: Image.Image) -> tuple[int, int, int, int]:
    """The box around everything that is not white."""
    paper = Image.new("RGBA", whole.size, "white")
    grey = Image.alpha_composite(paper, whole).convert("L")
    box = ImageChops.invert(grey).point([0] * INK + [255] * (256 - INK)).getbbox()
    if box is None:
        raise Refused(EMPTY)
    return box


def _saved(cut: Image.Image) -> bytes:
    """Of the pixels alone: Pillow would carry a profile and a place of exposure over."""
    out = io.BytesIO()
    Image.frombytes("RGBA", cut.size, cut.tobytes()).save(out, "PNG", optimize=True)
    return out.getvalue()
