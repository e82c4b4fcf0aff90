"""What is kept of a picture somebody signs with."""

import io
import zlib
from base64 import b64encode

import pytest
from PIL import Image, ImageDraw, ImageFile

from approvals import pictures
from foundation.organization.refusals import Refused
from tests.foundation.files.samples import SAMPLES


def written(kind="PNG", size=(400, 200), mode="RGBA", **options) -> bytes:
    """A stroke on paper: none behind it in RGBA, white else."""
    paper = (0, 0, 0, 0) if mode == "RGBA" else "white"
    image = Image.new(mode, size, paper)
    ImageDraw.Draw(image).line((100, 50, 300, 150), fill="black", width=8)
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def kept(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(pictures.signature_of(content)))


def test_the_ink_is_cut_out_and_what_was_transparent_stays_so():
    image = kept(written())
    assert image.format == "PNG"
    assert image.size == (205, 105) or all(
        abs(a - b) < 12 for a, b in zip(image.size, (205, 105), strict=True)
    )
    assert image.getpixel((image.width - 1, 0))[3] == 0


def test_a_photo_becomes_small_without_its_time_place_and_profile():
    exif = Image.Exif()
    exif[0x010F] = "Some Phone"
    exif[0x8825] = {1: "N", 2: (24.0, 10.0, 0.0)}
    photo = written("JPEG", (4000, 3000), "RGB", exif=exif)
    content = pictures.signature_of(photo)
    image = Image.open(io.BytesIO(content))
    assert image.width <= 600
    assert image.height <= 240
    assert not image.getexif()
    assert image.info == {}
    assert b"Some Phone" not in content


def test_a_photo_taken_sideways_is_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    assert kept(written("JPEG", mode="RGB", exif=exif)).height > kept(written("JPEG", mode="RGB")).height


@pytest.mark.parametrize("mode", ["L", "P", "RGB", "CMYK", "1", "LA", "I;16"])
def test_every_way_to_keep_pixels_can_be_read(mode):
    image = Image.new("RGB", (60, 30), "white")
    ImageDraw.Draw(image).line((5, 5, 50, 20), fill="black", width=3)
    out = io.BytesIO()
    grey = mode in ("LA", "I;16")
    image.convert("L" if grey else "RGB").convert(mode).save(out, "JPEG" if mode == "CMYK" else "PNG")
    found = kept(out.getvalue())
    assert found.mode == "RGBA"
    assert 40 < found.width < 60


@pytest.mark.parametrize("kind", sorted(set(SAMPLES) - {"jpg", "jpeg", "png"}))
def test_anything_else_is_refused_whatever_it_is_called(kind):
    with pytest.raises(Refused, match="不是能识别的 PNG 或 JPG"):
        pictures.signature_of(SAMPLES[kind], "签名.png")


@pytest.mark.parametrize("cut", [20, 60, 200])
def test_a_picture_cut_off_is_refused(cut, monkeypatch):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # as WeasyPrint leaves it
    with pytest.raises(Refused, match="可能已损坏"):
        pictures.signature_of(written()[:cut])


def test_twenty_megabytes_are_refused_with_what_to_do():
    with pytest.raises(Refused, match=r"“大图\.png”超过 5 MB，请裁剪"):
        pictures.signature_of(written() + bytes(20 * pictures.MB), "大图.png")


@pytest.mark.parametrize("size", [(8000, 4000), (60_000, 60_000)])
def test_a_small_file_of_very_many_pixels_is_never_unpacked(size):
    image = io.BytesIO()
    Image.new("1", (8, 8)).save(image, "PNG")
    content = bytearray(image.getvalue())
    content[16:24] = size[0].to_bytes(4) + size[1].to_bytes(4)
    content[29:33] = zlib.crc32(content[12:29]).to_bytes(4)
    with pytest.raises(Refused, match="像素"):
        pictures.signature_of(bytes(content), "炸弹.png")


@pytest.mark.parametrize("paper", ["white", (0, 0, 0, 0), (250, 250, 250)])
def test_an_empty_sheet_is_no_signature(paper):
    out = io.BytesIO()
    Image.new("RGBA", (300, 100), paper).save(out, "PNG")
    with pytest.raises(Refused, match="没有看到笔迹"):
        pictures.signature_of(out.getvalue())


def test_a_canvas_sends_a_picture():
    assert pictures.drawn(pictures.DATA_URL + b64encode(b"x").decode()) == b"x"


@pytest.mark.parametrize(
    "sent",
    ["", "x", "data:image/svg+xml;base64,PHN2Zz4=", pictures.DATA_URL + "%%%", pictures.DATA_URL + "签"],
)
def test_what_no_canvas_sends_is_refused(sent):
    with pytest.raises(Refused):
        pictures.drawn(sent)
