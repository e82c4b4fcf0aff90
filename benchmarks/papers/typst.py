"""Typst, its compiler kept. Shown for the distance: it knows nothing of GB/T 9704."""

from __future__ import annotations

import os

from .texts import typst_of
from .worker import serve

if __name__ == "__main__":
    from typst import Compiler

    compiler = Compiler(font_paths=[os.environ["ANBAN_FONTS"]], ignore_system_fonts=True)
    serve(lambda text, _: compiler.compile(input=typst_of(text).encode(), format="pdf"))
