"""Pages that `placing` knows all of, drawn by us into WeasyPrint's file: it still embeds, tags and writes."""

import ctypes
import ctypes.util
import math
from copy import copy
from functools import cache
from html import escape
from itertools import groupby
from typing import Any
from xml.etree.ElementTree import Element

from documents import fonts

from . import geometry as g
from .memory import put_away
from .placed import Bar, Code, Part, Run, Sheet

PX = 96 / 25.4  # a millimetre in what WeasyPrint counts


class Placed:
    """A page of WeasyPrint's document: what is read of its own while a file is written."""

    def __init__(self, sheet: Sheet) -> None:
        sides = (g.PAGE_HEIGHT, g.PAGE_WIDTH) if sheet.lying else (g.PAGE_WIDTH, g.PAGE_HEIGHT)
        self.width, self.height = (side * PX for side in sides)
        self.corner = (g.PAGE_HEIGHT - g.BOTTOM, g.LEFT) if sheet.lying else (g.LEFT, g.TOP)
        self.bleed = dict.fromkeys(("top", "right", "bottom", "left"), 0)
        self.bookmarks: list[Any] = []
        self.links: list[Any] = []
        self.anchors: dict[str, Any] = {}
        self.forms: dict[Any, list[Any]] = {None: []}
        self._drawn: list[tuple[Run | Bar | Code, Any]] = []
        self._page_box = _boxes()[0]("body", [self._boxed(sheet.part)])

    def _boxed(self, part: Part) -> Any:
        """What WeasyPrint makes the tags of."""
        holds, says, shows = _boxes()
        children = []
        for one in part.inside:
            if isinstance(one, Part):
                children.append(self._boxed(one))
                continue
            box = says() if isinstance(one, Run) else shows(one) if isinstance(one, Code) else None
            self._drawn.append((one, box))
            children += [box] if box else []
        return holds(part.tag, children, part.span)

    def paint(self, stream: Any, scale: float = 1) -> None:
        """In millimetres from the upper left of the type area; glyphs stand upright again."""
        mm, color = scale * PX, ""
        left, top = (side * mm for side in self.corner)
        out = [f"q {mm:.7f} 0 0 {mm:.7f} {left:.5f} {top:.5f} cm"]
        for one, box in self._drawn:
            if one.color != color:
                color = one.color
                out.append(_rgb(color))
            if isinstance(one, Bar):
                out.append(f"/Artifact BMC {_stroked(one) if one.stroked else _filled(one)} EMC")
                continue
            tag, number = ("Figure" if isinstance(one, Code) else "Span"), len(stream._tags)
            stream._tags[box] = {"tag": tag, "mcid": number}
            what = _coded(one) if isinstance(one, Code) else f"BT {_shown(one, stream)} ET"
            out.append(f"/{tag} <</MCID {number}>> BDC {what} EMC")
        stream.stream.append("\n".join([*out, "Q"]).encode())


@cache
def _boxes() -> tuple[Any, Any, Any]:
    from weasyprint.formatting_structure.boxes import ParentBox, ReplacedBox, TextBox

    class Holds(ParentBox):
        link_annotation = widget_annotation = None
        element, rowspan, is_table_wrapper = object(), 1, False

        def __init__(self, tag: str, children: list[Any], colspan: int = 1) -> None:
            self.element_tag, self.children, self.colspan = tag, children, colspan

    class Says(TextBox):
        def __init__(self) -> None:
            pass

    class Shows(ReplacedBox):
        link_annotation = widget_annotation = None
        element_tag, children = "img", ()

        def __init__(self, code: Code) -> None:
            self.element = Element("img", alt=code.says)
            self.left, self.top = (at * PX for at in (code.left, code.top))
            self.width = self.height = code.side * PX

        def content_box_x(self) -> float:
            return self.left

        def content_box_y(self) -> float:
            return self.top

    return Holds, Says, Shows


def _coded(code: Code) -> str:
    lines = " ".join(f"{x:g} {y:g} m {x + long:g} {y:g} l" for x, y, long in code.strokes)
    return f"q {code.scale:.6f} 0 0 {code.scale:.6f} {code.left:.4f} {code.top:.4f} cm 1 w {lines} S Q"


def _filled(bar: Bar) -> str:
    return f"{bar.left:.4f} {bar.top:.4f} {bar.width:.4f} {bar.height:.4f} re f"


def _stroked(bar: Bar) -> str:
    """Along its middle."""
    right, bottom = bar.left + bar.width, bar.top + bar.height
    if bar.width > bar.height:
        middle = (bar.top + bottom) / 2
        return f"{bar.height:.4f} w {bar.left:.4f} {middle:.4f} m {right:.4f} {middle:.4f} l S"
    middle = (bar.left + right) / 2
    return f"{bar.width:.4f} w {middle:.4f} {bar.top:.4f} m {middle:.4f} {bottom:.4f} l S"


def _shown(run: Run, stream: Any) -> str:
    """Every font begins at a place of its own: readers differ in whether there is a gap before it."""
    said, left, base = [f"{run.gap:.5f} Tc"], run.left, run.base
    along, aside = math.cos(math.radians(run.turned)), math.sin(math.radians(run.turned))
    turn = f"{along * run.squeeze:.5f} {aside * run.squeeze:.5f} {aside:.5f} {-along:.5f}"
    for template, chars in groupby(run.text, key=lambda char: _glyph(run.face, char)[0]):
        font = stream._fonts.get(template.key)
        if font is None:
            font = stream._fonts[template.key] = template.fresh()
        glyphs, ems, count = "<", 0, 0
        for char in chars:
            _, glyph, width = _glyph(run.face, char)
            advance = fonts.advance(run.face, char)
            if glyph not in font.to_unicode:
                font.to_unicode[glyph], font.widths[glyph] = char, width
            glyphs += f"{glyph:04x}" if width == advance else f"{glyph:04x}>{width - advance}<"
            ems += advance
            count += 1
        said.append(f"{turn} {left:.4f} {base:.4f} Tm /{font.hash} {run.size:.5f} Tf [{glyphs}>] TJ")
        drawn = (ems / fonts.EM * run.size + run.gap * count) * run.squeeze
        left, base = left + drawn * along, base + drawn * aside
    return " ".join(said)


class Template:
    """What WeasyPrint knows of a font, read once a process: reading it takes the whole file."""

    def __init__(self, key: int, font: Any) -> None:
        self.key, self.font = key, font
        self.pointer = ctypes.c_void_p(_address(font.hb_font))
        _harfbuzz().hb_font_reference(self.pointer)  # Pango may forget it
        font.file_content = font.file_content[:4]  # tells its kind; what is embedded is cut from the face
        put_away(*_data(font.hb_face))

    def fresh(self) -> Any:
        font = copy(self.font)
        font.widths, font.to_unicode, font.missing = {}, {}, {}
        return font

    def glyph(self, char: str) -> int:
        """0 where it has none."""
        glyph = ctypes.c_uint32()
        _harfbuzz().hb_font_get_nominal_glyph(self.pointer, ord(char), ctypes.byref(glyph))
        return glyph.value

    def width(self, glyph: int) -> int:
        """Thousandths of an em."""
        across, down = ctypes.c_int(), ctypes.c_int()
        _harfbuzz().hb_font_get_scale(self.pointer, ctypes.byref(across), ctypes.byref(down))
        advance = _harfbuzz().hb_font_get_glyph_h_advance(self.pointer, ctypes.c_uint32(glyph))
        return round(advance / across.value * fonts.EM)


@cache
def _glyph(face: str, char: str) -> tuple[Template, int, int]:
    """The font that draws it, in that its number and its width. An office's own face comes first."""
    first = _first(face)
    if glyph := first.glyph(char):
        return first, glyph, first.width(glyph)
    template = _font(fonts.file_of(face, char) or fonts.FACES[face].files[0])
    return template, template.glyph(char), fonts.advance(face, char)


@cache
def _first(face: str) -> Template:
    """What the face begins with here: a font that the office owns, or ours."""
    return _read(fonts.stack(face), "国")


@cache
def _font(file: str) -> Template:
    return _read(f'"{fonts.family(file)}"', fonts.first_of(file))


def _read(family: str, char: str) -> Template:
    from .pdf import render

    document = render(f"<p style='font-family:{family}'>{escape(char)}</p>")
    document.write_pdf()
    ((key, font),) = document.fonts.items()
    return Template(key, font)


@cache
def _harfbuzz() -> ctypes.CDLL:
    library = ctypes.CDLL(ctypes.util.find_library("harfbuzz") or "libharfbuzz.so.0")
    library.hb_font_reference.restype = ctypes.c_void_p
    return library


def _data(face: Any) -> tuple[int, int]:
    """Where the bytes of a font begin, and how many they are."""
    from weasyprint.text.ffi import ffi, harfbuzz

    blob, length = harfbuzz.hb_face_reference_blob(face), ffi.new("unsigned int *")
    start = _address(harfbuzz.hb_blob_get_data(blob, length))
    harfbuzz.hb_blob_destroy(blob)
    return start, length[0]


def _address(pointer: Any) -> int:
    from weasyprint.text.ffi import ffi

    return int(ffi.cast("uintptr_t", pointer))


def _rgb(color: str) -> str:
    red, green, blue = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return f"{red:.5g} {green:.5g} {blue:.5g} rg"
