"""WeasyPrint as we load it: without what it would import and copy for pages that we never make."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from html import escape
from importlib import import_module
from types import ModuleType
from typing import Any

from documents import fonts

# Asked for webfonts, variable fonts and pictures in fonts alone, and 12 MB large.
LATER = ("fontTools.subset", "fontTools.ttLib.woff2", "fontTools.varLib.instancer")


class _Later(ModuleType):
    """A module of functions, imported when one of them is called."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return lambda *given, **named: getattr(import_module(self.__name__), name)(*given, **named)


@contextmanager
def _put_off() -> Iterator[None]:
    """Who imports these himself, later or before, gets them whole."""
    absent = [name for name in LATER if name not in sys.modules]
    sys.modules.update({name: _Later(name) for name in absent})
    try:
        yield
    finally:
        for name in absent:
            if isinstance(sys.modules.get(name), _Later):
                del sys.modules[name]


@cache
def weasyprint() -> Any:
    """A second to import: only what prints pays."""
    with _put_off():
        return import_module("weasyprint")


# By its own rules it would copy every file, 72 MB for each process, and no two would share what they read of them.
FACE = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd"><fontconfig><match target="scan">
<test name="file" compare="eq"><string>{file}</string></test>
<edit name="family" mode="prepend"><string>{family}</string></edit></match></fontconfig>"""


def faces() -> Any:
    """Its fonts: those of the machine, and ours under our names, read where they lie."""
    weasyprint()
    from weasyprint.text.ffi import ffi, fontconfig, pangoft2
    from weasyprint.text.fonts import FontConfiguration

    found = FontConfiguration()
    for file in fonts.files():
        rule = FACE.format(file=escape(str(file)), family=fonts.family(file.name))
        fontconfig.FcConfigParseAndLoadFromMemory(found._config, rule.encode(), True)
        if not fontconfig.FcConfigAppFontAddFile(found._config, os.fsencode(file)):
            raise fonts.FontsMissing(fonts.FontsMissing.__doc__)
    pangoft2.pango_fc_font_map_config_changed(ffi.cast("PangoFcFontMap *", found.font_map))
    return found
