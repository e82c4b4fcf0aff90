"""A seal for the demo, drawn: the organ's name in a ring and 演示 across, so that nobody takes it for a real one."""

from __future__ import annotations

import io
import math

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

SIDE, RIM, RED = 900, 18, (230, 0, 18, 255)
ARC = 260  # degrees that a long name takes
STEP = 26  # and at most between two characters


def demo_seal(name: str) -> bytes:
    image = Image.new("RGBA", (SIDE, SIDE))
    pen = ImageDraw.Draw(image)
    pen.ellipse((RIM, RIM, SIDE - RIM, SIDE - RIM), outline=RED, width=RIM)
    step = min(STEP, ARC / max(1, len(name) - 1))
    for number, char in enumerate(name):
        _turned(image, char, (number - (len(name) - 1) / 2) * step)
    pen.text((SIDE / 2, SIDE / 2), "演示", font=_font(170), fill=RED, anchor="mm")
    pen.text((SIDE / 2, SIDE * 0.74), "不具法律效力", font=_font(64), fill=RED, anchor="mm")
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _turned(image: Image.Image, char: str, degrees: float) -> None:
    """At the rim, its foot to the middle."""
    size = 96
    tile = Image.new("RGBA", (2 * size, 2 * size))
    ImageDraw.Draw(tile).text((size, size), char, font=_font(size), fill=RED, anchor="mm")
    tile = tile.rotate(-degrees, Image.Resampling.BICUBIC)
    reach, angle = SIDE / 2 - RIM - size, math.radians(degrees)
    at = (SIDE / 2 + reach * math.sin(angle), SIDE / 2 - reach * math.cos(angle))
    image.alpha_composite(tile, (round(at[0] - size), round(at[1] - size)))


def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(settings.FONTS_DIR / "song.otf"), size)
