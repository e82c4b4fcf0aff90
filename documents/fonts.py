"""The typefaces of official pages: which files, which stack, what they draw and how wide.

`script/fonts` makes the files and their manifest. An office that owns the customary faces (方正小标宋, 仿宋_GB2312 …)
installs them on the machine: they come first in every stack. Ours measure alike, so lines break the same.
"""

import ctypes.util
import json
from array import array
from bisect import bisect_right
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

EM = 1000
NO_GLYPH = "〓"  # stands in a draft for what no face draws


class Face(NamedTuple):
    owned: tuple[str, ...]  # families an office may have bought
    files: tuple[str, ...]  # ours, the second for characters the first lacks


FACES = {
    "fang": Face(("仿宋_GB2312", "方正仿宋_GBK", "FangSong_GB2312"), ("fang.otf", "wide-light.otf")),
    "kai": Face(
        ("楷体_GB2312", "方正楷体_GBK", "KaiTi_GB2312"), ("kai.otf", "wide-kai.ttf", "wide-light.otf")
    ),
    "hei": Face(("黑体", "方正黑体_GBK", "SimHei"), ("hei.otf", "wide-sans.otf", "wide-light.otf")),
    "song": Face(("方正书宋_GBK", "SimSun"), ("song.otf", "wide-light.otf")),
    "title": Face(("方正小标宋简体", "方正小标宋_GBK"), ("title.otf", "wide-light.otf")),
}


def family(file: str) -> str:
    return "anban " + file.split(".")[0]


def stack(face: str) -> str:
    """The CSS font-family of a face."""
    owned, files = FACES[face]
    return ", ".join(f'"{name}"' for name in (*owned, *map(family, files)))


def files() -> list[Path]:
    """Ours, each once."""
    return [
        settings.FONTS_DIR / name
        for name in dict.fromkeys(one for face in FACES.values() for one in face.files)
    ]


class Drawn(NamedTuple):
    """What a file draws: characters from each of `starts` to the one of `ends` beside it, most of them an em wide."""

    starts: array
    ends: array
    advances: dict[str, int]  # of the others


@cache
def manifest() -> dict[str, Drawn]:
    """What script/fonts wrote about the files it made: {name: {"covers": [[a, b]], "advances": {char: n}}}."""
    try:
        return json.loads((settings.FONTS_DIR / "manifest.json").read_text(), object_hook=_packed)["files"]
    except (OSError, ValueError, KeyError) as error:
        raise FontsMissing(FontsMissing.__doc__) from error


def _packed(told: dict) -> dict | Drawn:
    """What is told of a file, as soon as it is read: as lists all of it takes 7 MB."""
    if "covers" not in told:
        return told
    starts, ends = (array("I", column) for column in zip(*told["covers"], strict=True))
    return Drawn(starts, ends, told["advances"])


class FontsMissing(RuntimeError):
    """没有找到公文字体，请先运行 script/fonts（The document fonts are missing: run script/fonts once）。"""


def draws(file: str, char: str) -> bool:
    drawn = manifest()[file]
    at = bisect_right(drawn.starts, ord(char)) - 1
    return at >= 0 and ord(char) <= drawn.ends[at]


def first_of(file: str) -> str:
    """Some character that it draws."""
    return "国" if draws(file, "国") else chr(manifest()[file].starts[0])


@cache
def advance(face: str, char: str) -> int:
    """Thousandths of an em that a character takes; one em for what no face draws."""
    file = file_of(face, char)
    return manifest()[file].advances.get(char, EM) if file else EM


def file_of(face: str, char: str) -> str | None:
    """The file of a face that draws a character."""
    return next((file for file in FACES[face].files if draws(file, char)), None)


def advances(face: str, text: str) -> list[int]:
    return [advance(face, char) for char in text]


def undrawable(text: str) -> str:
    """Characters for which there is no glyph in any face: never print a box. Line ends and tabs need none."""
    widest = ("wide-light.otf", "title.otf", "wide-sans.otf")
    return "".join(
        char
        for char in dict.fromkeys(text)
        if char not in "\n\t" and not any(draws(file, char) for file in widest)
    )


def check_environment() -> list[str]:
    """What this machine lacks for official pages, as sentences; empty when all is there."""
    found = []
    try:
        missing = [file for file in manifest() if not (settings.FONTS_DIR / file).is_file()]
    except FontsMissing as error:
        found.append(str(error))
    else:
        if missing:
            found.append(f"公文字体不全（fonts missing: {'、'.join(missing)}），请运行 script/fonts。")
    if not ctypes.util.find_library("harfbuzz-subset"):
        found.append(
            "没有 libharfbuzz-subset，生成 PDF 要慢二十倍：请安装 Debian 包 libharfbuzz-subset0"
            "（libharfbuzz-subset is missing: a document takes 23 times as long）。"
        )
    return found
