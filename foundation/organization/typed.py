"""What stands in an address or a form, before any form has looked at it: text, a number, the words of a search."""

from __future__ import annotations

import re

LONGEST = 60  # characters of a search that are looked at
NO_TEXT = re.compile("[\0-\x08\x0e-\x1f\x7f\ud800-\udfff]")
PAGE_MARKS = str.maketrans("\v\f", "\n\n")  # Word's line break, the end of a page


def clean(text: str) -> str:
    """Without what is no text: PostgreSQL keeps no NUL, UTF-8 no half of a surrogate pair, a workbook no control
    character. They come out of other programs by way of the clipboard, and nobody sees them."""
    return NO_TEXT.sub("", text.translate(PAGE_MARKS))


def number(text: str) -> int | None:
    """A row's id, a year, a count; None for what is none, or none that a database would take."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None


def words(text: str) -> str:
    """What is searched for."""
    return text.strip()[:LONGEST]
