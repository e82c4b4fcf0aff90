"""The typefaces of official pages: which files, which stack, what they draw and how wide.

`script/fonts` makes the files and their manifest. An office that owns the customary faces (方正小标宋, 仿宋_GB2312 …)
installs them on the machine: they come first in every stack. Ours measure alike, so lines break the same.
"""

import ctypes.util
import json
from bisect import bisect_right
from functools import cache
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


def font_face_rules() -> str:
    files = dict.fromkeys(file for face in FACES.values() for file in face.files)
    return "\n".join(
        f'@font-face {{ font-family: "{family(file)}"; src: url("{(settings.FONTS_DIR / file).as_uri()}") }}'
        for file in files
    )


@cache
def manifest() -> dict:
    """What script/fonts wrote about the files it made: {name: {"covers": [[a, b]], "advances": {char: n}}}."""
    try:
        return json.loads((settings.FONTS_DIR / "manifest.json").read_text())["files"]
    except (OSError, ValueError, KeyError) as error:
        raise FontsMissing(FontsMissing.__doc__) from error


class FontsMissing(RuntimeError):
    """没有找到公文字体，请先运行 script/fonts（The document fonts are missing: run script/fonts once）。"""


@cache
def _starts(file: str) -> list[int]:
    return [first for first, _ in manifest()[file]["covers"]]


def draws(file: str, char: str) -> bool:
    at = bisect_right(_starts(file), ord(char)) - 1
    return at >= 0 and ord(char) <= manifest()[file]["covers"][at][1]


@cache
def advance(face: str, char: str) -> int:
    """Thousandths of an em that a character takes; one em for what no face draws."""
    file = file_of(face, char)
    return manifest()[file]["advances"].get(char, EM) if file else EM


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
