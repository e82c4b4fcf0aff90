"""A signature as a picture: of whatever was uploaded or drawn only the ink is kept, small and without metadata."""

from __future__ import annotations

from base64 import b64decode

from PIL import Image, ImageChops

from foundation.files.pictures import HEAVIEST, MB, opened, saved
from foundation.organization.refusals import Refused

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
    whole = opened(content, name, about="签名", room=(4 * KEPT[0], 4 * KEPT[1]))
    cut = whole.crop(_ink(whole))
    cut.thumbnail(KEPT)
    return saved(cut)


def _ink(whole: Image.Image) -> tuple[int, int, int, int]:
    """The box around everything that is not white."""
    paper = Image.new("RGBA", whole.size, "white")
    grey = Image.alpha_composite(paper, whole).convert("L")
    box = ImageChops.invert(grey).point([0] * INK + [255] * (256 - INK)).getbbox()
    if box is None:
        raise Refused(EMPTY)
    return box


__all__ = ["DATA_URL", "EMPTY", "HEAVIEST", "KEPT", "MB", "UNREADABLE", "drawn", "signature_of"]
