"""What stands in an address or a form, before any form has looked at it: text, a number, the words of a search."""

from __future__ import annotations

import datetime as dt
import re

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

YEARS = range(1900, 2200)  # of an instant: beyond them counting days runs out of dates
LONGEST = 60  # characters of a search that are looked at
# Controls, halves of a pair, marks that turn the direction of what follows, byte order marks, no characters at all.
# Joiners and selectors stay, which an emoji or a rare name is made of, and so do private characters.
NO_TEXT = re.compile("[\0-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]")
BREAKS = "\v\f\x85\u2028\u2029"  # Word's line break, the end of a page, those of other systems
PAGE_MARKS = str.maketrans(BREAKS, "\n" * len(BREAKS))


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


def instant(text: str, *, end: bool = False) -> dt.datetime | None:
    """An instant in the office's own time; one without an offset is meant so, a day alone is its beginning, or its end.
    None for what is none, or too far off to count from."""
    try:
        day = parse_date(text)
        at = dt.datetime.combine(day, dt.time.max if end else dt.time()) if day else parse_datetime(text)
    except ValueError:
        return None
    if at is None or at.year not in YEARS:
        return None
    return timezone.localtime(at) if timezone.is_aware(at) else timezone.make_aware(at)
