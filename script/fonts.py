"""Make the typefaces of official pages out of Debian's font packages (run through script/fonts).

Every face comes in two files: the main one, and for characters it lacks (GB 2312 stops at 6763) a wider one of
like weight. All get the same vertical metrics, so that a fallback glyph never moves a line, no kerning, and
half-width digits and ASCII marks, so that widths add up. The manifest beside them holds what the layout asks:
SHA-256, which characters a file draws, and every advance that is not one em. Safe to repeat.
"""

import hashlib
import io
import json
import os
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import repeat
from pathlib import Path
from typing import NamedTuple

import uharfbuzz as hb
from fontTools.misc.transform import Transform
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTCollection, TTFont

ROOT = Path(__file__).resolve().parent.parent
HOME = Path(os.environ.get("ANBAN_FONTS") or ROOT / "var" / "fonts").resolve()
ASCENT, DESCENT, EM = 880, -120, 1000
DROPPED = ["BASE", "GPOS", "GSUB", "GDEF", "VORG", "vhea", "vmtx"]
FLAGS = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.DESUBROUTINIZE | hb.SubsetFlags.NOTDEF_OUTLINE
HANGUL = [(0x1100, 0x11FF), (0x3130, 0x318F), (0xA960, 0xA97F), (0xAC00, 0xD7FF), (0xFFA0, 0xFFDC)]


class Source(NamedTuple):
    package: str  # Debian package
    file: str  # name of the font file in it
    member: str = ""  # which font of a collection
    half: bool = False  # set digits and ASCII marks half an em wide
    latin: bool = True  # keep its ASCII; else the wide file's is used


FILES = {
    "fang.otf": Source("texlive-lang-chinese", "FandolFang-Regular.otf", half=True),
    "kai.otf": Source("texlive-lang-chinese", "FandolKai-Regular.otf", half=True),
    "hei.otf": Source("texlive-lang-chinese", "FandolHei-Regular.otf", latin=False),  # its figures are thin
    "song.otf": Source("texlive-lang-chinese", "FandolSong-Regular.otf", half=True),
    "title.otf": Source("fonts-noto-cjk", "NotoSerifCJK-Bold.ttc", "Noto Serif CJK SC"),
    "wide-light.otf": Source("fonts-noto-cjk-extra", "NotoSerifCJK-Light.ttc", "Noto Serif CJK SC"),
    "wide-sans.otf": Source("fonts-noto-cjk-extra", "NotoSansCJK-Medium.ttc", "Noto Sans CJK SC", half=True),
    "wide-kai.ttf": Source("fonts-lxgw-wenkai", "LXGWWenKai-Light.ttf"),
}
# Changing this script or the list above makes the fonts anew.
RECIPE = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()


def say(text: str) -> None:
    sys.stdout.write(f"fonts: {text}\n")
    sys.stdout.flush()


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def complete() -> bool:
    """The manifest is of this recipe and every file is what it says."""
    try:
        manifest = json.loads((HOME / "manifest.json").read_text())
        return manifest["recipe"] == RECIPE and all(
            digest(HOME / name) == entry["sha256"] for name, entry in manifest["files"].items()
        )
    except (OSError, ValueError, KeyError):
        return False


@contextmanager
def package(name: str, folder: Path) -> Iterator[Path]:
    """The .deb of a Debian package, as apt-get brings it to an ordinary user; removed afterwards."""
    say(f"fetching {name}")
    command = ["apt-get", "-qq", "-o", "APT::Sandbox::User=root", "download", name]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603
    found = list(folder.glob(f"{name}_*.deb"))
    if done.returncode or not found:
        raise SystemExit(f"fonts: can't fetch {name}; run `apt-get update` once as root.\n{done.stderr}")
    yield found[0]
    found[0].unlink()


def unpack(deb: Path, names: set[str], folder: Path) -> None:
    """Only the named files, from the stream: nothing is installed, nothing else touches the disk."""
    command = ["dpkg-deb", "--fsys-tarfile", str(deb)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as stream:  # noqa: S603
        with tarfile.open(fileobj=stream.stdout, mode="r|") as archive:
            for member in archive:
                if member.isfile() and (name := Path(member.name).name) in names:
                    content = archive.extractfile(member)
                    (folder / name).write_bytes(content.read() if content else b"")
        for _ in iter(lambda: stream.stdout and stream.stdout.read(1 << 20), b""):
            pass  # dpkg-deb must see its whole output taken
    if missing := names - {path.name for path in folder.iterdir()}:
        raise SystemExit(f"fonts: {deb.name} holds no {', '.join(sorted(missing))}")


def load(path: Path, member: str) -> hb.Face:
    blob = hb.Blob.from_file_path(path)
    if path.suffix != ".ttc":
        return hb.Face(blob)
    for index, font in enumerate(TTCollection(path, lazy=True).fonts):
        if member in (font["name"].getDebugName(16), font["name"].getDebugName(1)):
            return hb.Face(blob, index)
    raise SystemExit(f"fonts: {path.name} holds no {member}")


def wanted(codepoints: Iterable[int], latin: bool) -> list[int]:
    kept = (code for code in codepoints if latin or code > 0x7E)
    return [code for code in kept if not any(first <= code <= last for first, last in HANGUL)]


def trim(face: hb.Face, latin: bool) -> TTFont:
    """Without what pages never need: Hangul, kerning and other features, vertical metrics, hints."""
    keep = hb.SubsetInput()
    keep.unicode_set.clear()
    keep.unicode_set.update(wanted(face.unicodes, latin))
    keep.layout_feature_tag_set.clear()
    keep.flags = FLAGS
    keep.drop_table_tag_set.update(int.from_bytes(tag.encode()) for tag in DROPPED)
    trimmed = hb.subset(face, keep).blob.data
    return TTFont(io.BytesIO(trimmed), recalcBBoxes=False, recalcTimestamp=False)


def level(font: TTFont) -> None:
    """The same ascent and descent for all, together one em."""
    font["hhea"].ascent, font["hhea"].descent, font["hhea"].lineGap = ASCENT, DESCENT, 0
    os2 = font["OS/2"]
    os2.sTypoAscender, os2.sTypoDescender, os2.sTypoLineGap = ASCENT, DESCENT, 0
    os2.usWinAscent, os2.usWinDescent = ASCENT, -DESCENT


def halve(font: TTFont) -> None:
    """Digits and ASCII marks half an em wide: narrower ones are centred, wider digits condensed."""
    cmap, glyphs = font.getBestCmap(), font.getGlyphSet()
    charstrings = font["CFF "].cff.topDictIndex[0].CharStrings
    for code in range(0x20, 0x7F):
        name = cmap.get(code)
        if name is None or chr(code).isalpha():
            continue
        old = font["hmtx"][name][0]
        if old == EM // 2 or (old > EM // 2 and not chr(code).isdigit()):
            continue
        move = Transform(EM / 2 / old, 0, 0, 1, 0, 0) if old > EM // 2 else Transform(dx=(EM / 2 - old) / 2)
        if chr(code) in ".,;:":  # a full stop stays beside what it closes: "1."
            move = Transform(dx=(EM / 2 - old) / 4)
        bounds, pen = BoundsPen(glyphs), T2CharStringPen(EM // 2, glyphs)
        glyphs[name].draw(TransformPen(bounds, move))
        glyphs[name].draw(TransformPen(pen, move))
        drawn = charstrings[name]
        charstrings[name] = pen.getCharString(private=drawn.private, globalSubrs=drawn.globalSubrs)
        font["hmtx"][name] = (EM // 2, round(bounds.bounds[0]) if bounds.bounds else 0)


def ranges(codes: Iterable[int]) -> list[list[int]]:
    found: list[list[int]] = []
    for code in sorted(codes):
        if found and found[-1][1] == code - 1:
            found[-1][1] = code
        else:
            found.append([code, code])
    return found


def describe(font: TTFont, source: Source, path: Path) -> dict:
    """What the layout asks of a file without opening it: what it draws, and advances in thousandths of an em."""
    cmap, widths = font.getBestCmap(), font["hmtx"]
    return {
        "sha256": digest(path),
        "source": f"{source.package}/{source.file}",
        "covers": ranges(cmap),
        "advances": {chr(code): widths[name][0] for code, name in cmap.items() if widths[name][0] != EM},
    }


def make(name: str, source: Source, folder: Path) -> dict:
    say(f"making {name} from {source.file}")
    font = trim(load(folder / source.file, source.member), source.latin)
    level(font)
    if source.half:
        halve(font)
    font["head"].modified = font["head"].created  # the same bytes whenever it is made
    font.save(folder / name)
    return describe(font, source, folder / name)


def bring(name: str, folder: Path) -> None:
    with package(name, folder) as deb:
        unpack(deb, {source.file for source in FILES.values() if source.package == name}, folder)


def build(folder: Path) -> None:
    packages = {source.package for source in FILES.values()}
    with ThreadPoolExecutor() as pool:  # unpacking is xz's work, a process of its own each
        list(pool.map(bring, sorted(packages), repeat(folder)))
    made = {name: make(name, source, folder) for name, source in FILES.items()}
    for name in FILES:
        (folder / name).replace(HOME / name)
    (folder / "manifest.json").write_text(json.dumps({"recipe": RECIPE, "files": made}, ensure_ascii=False))
    (folder / "manifest.json").replace(HOME / "manifest.json")


def main() -> None:
    if complete():
        return say(f"complete in {HOME}")
    HOME.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".making-", dir=HOME) as folder:
        build(Path(folder))
    size = sum((HOME / name).stat().st_size for name in FILES)
    return say(f"{len(FILES)} files, {size / 1e6:.0f} MB, in {HOME}")


if __name__ == "__main__":
    main()
