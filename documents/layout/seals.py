"""The picture of a seal: a PNG without background, cut to its ink and set in a square. Checked before anything is
drawn: an engine leaves a broken one out without a word, and an opaque one covers 署名 and date."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from foundation.organization.refusals import Refused

if TYPE_CHECKING:
    from PIL import Image

KEPT = 1000  # pixels: 42 mm on paper at 600 dpi
FEWEST = 300  # below it the rim is torn on paper
OPAQUE = "图片没有透明的底，会盖住署名和日期。请用透明背景的 PNG 图片。"
EMPTY = "图片是全透明的，没有看到印章，请换一张。"


class BadSeal(ValueError):
    """印章图片不能用：请换成透明背景的 PNG 图片。"""


def check_picture(path: Path) -> bytes:
    """The picture as it is kept of an upload. Raises BadSeal when that would refuse it, OSError when there is none."""
    return _checked(path.read_bytes(), path.name)


@lru_cache(maxsize=8)  # a paper is laid out several times
def _checked(content: bytes, name: str) -> bytes:
    from foundation.files.pictures import Unreadable

    try:
        return seal_picture(content, name)
    except Unreadable as refusal:
        raise BadSeal(f"印章图片 {name} 打不开：请换成 PNG 图片。") from refusal
    except Refused as refusal:
        raise BadSeal(f"印章图片 {name} 不能用：{refusal}") from refusal


def seal_picture(content: bytes, name: str = "印章") -> bytes:
    """A square PNG of at most 1000 × 1000 pixels, RGB with transparency: red that PDF/A takes as it is."""
    from foundation.files.pictures import opened, saved

    whole = opened(content, name, about="印章", formats=("PNG",), room=(KEPT, KEPT))
    cut = _cut(whole)
    if cut.size == whole.size == (max(cut.size),) * 2 and cut.width <= KEPT and not whole.info:
        return content  # it has been here before
    cut.thumbnail((KEPT, KEPT))
    return saved(_squared(cut))


def _cut(whole: Image.Image) -> Image.Image:
    alpha = whole.getchannel("A")
    box = alpha.getbbox()
    if box is None:
        raise Refused(EMPTY)
    if not alpha.histogram()[0]:  # no pixel is clear
        raise Refused(OPAQUE)
    cut = whole.crop(box)
    if max(cut.size) < FEWEST:
        raise Refused(
            f"印章只有 {cut.width}×{cut.height} 像素，印出来会模糊。请用至少 {FEWEST}×{FEWEST} 像素的图片。"
        )
    return cut


def _squared(cut: Image.Image) -> Image.Image:
    from PIL import Image

    side = max(cut.size)
    square = Image.new("RGBA", (side, side))
    square.paste(cut, ((side - cut.width) // 2, (side - cut.height) // 2))
    return square
