"""The picture of a seal, checked before anything is drawn: an engine leaves a broken one out without a word."""

from io import BytesIO
from pathlib import Path


class BadSeal(ValueError):
    """印章图片打不开：请换成 PNG 图片。"""


def _is_png(content: bytes) -> bool:
    from PIL import Image

    try:
        with Image.open(BytesIO(content)) as image:
            image.verify()
            return image.format == "PNG"
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return False


def check_picture(path: Path) -> bytes:
    """Its bytes. Raises BadSeal when it is no PNG, OSError when there is none."""
    content = path.read_bytes()
    if not _is_png(content):
        raise BadSeal(f"印章图片 {path.name} 打不开：请换成 PNG 图片。")
    return content
