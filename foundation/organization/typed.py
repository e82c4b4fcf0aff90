"""What stands in an address or a form, before any form has looked at it: a number, the words of a search."""

from __future__ import annotations

LONGEST = 60  # characters of a search that are looked at


def number(text: str) -> int | None:
    """A row's id or a year; None for what is none, or none that a database would take."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None


def words(text: str) -> str:
    """Without NUL, which PostgreSQL takes in no text."""
    return text.replace("\0", "").strip()[:LONGEST]
