"""The picture of a seal: a PNG without background, cut to its ink and set in a square."""

from __future__ import annotations

from PIL import Image

from foundation.files.pictures import opened, saved
from foundation.organization.refusals import Refused

KEPT = 1000  # pixels: 42 mm on paper at 600 dpi
FEWEST = 300  # below it the rim is torn on paper
OPAQUE = "图片没有透明的底，会盖住署名和日期。请用透明背景的 PNG 图片。"
EMPTY = "图片是全透明的，没有看到印章，请换一张。"


def seal_picture(content: bytes, name: str = "印章") -> bytes:
    """A square PNG of at most 1000 × 1000 pixels, RGB with transparency: red that PDF/A takes as it is."""
    whole = opened(content, name, about="印章", formats=("PNG",), room=(KEPT, KEPT))
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
    cut.thumbnail((KEPT, KEPT))
    side = max(cut.size)
    square = Image.new("RGBA", (side, side))
    square.paste(cut, ((side - cut.width) // 2, (side - cut.height) // 2))
    return saved(square)
