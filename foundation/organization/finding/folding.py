"""Texts as they are compared: one width, one case, no marks and blanks; and their pairs of neighbours. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

BEFORE, AFTER = 24, 72  # characters of an excerpt around the first hit
PRIVATE = range(0xE000, 0xF900)  # where older systems keep rare names


@dataclass(frozen=True)
class Piece:
    text: str
    hit: bool


def folded(text: str) -> str:
    """英安办〔２０２６〕3号 and 英安办[2026]3号 are alike."""
    return "".join(map(_folded, text))


def grams(lines: str) -> set[str]:
    """Every character and every two neighbours of each line, as tokens of letters and figures alone."""
    found = set()
    for line in lines.split("\n"):
        codes = [f"{ord(char):05x}" for char in line]
        found.update(codes)
        found.update(map("".join, pairwise(codes)))
    return found


def wanted(word: str) -> list[str]:
    """The tokens that a text with this folded word has."""
    return sorted(one for one in grams(word) if len(one) == 10 or len(word) == 1)


def marked(text: str, words: Iterable[str]) -> list[Piece]:
    """The whole text, with what was searched for."""
    line, places = _placed(text)
    hits = _hits(line, places, words)
    pieces, at = [], 0
    for start, end in hits:
        pieces += [Piece(text[at:start], False), Piece(text[start:end], True)]
        at = end
    return [one for one in [*pieces, Piece(text[at:], False)] if one.text]


def excerpt(text: str, words: Iterable[str]) -> list[Piece]:
    """The surroundings of the first word that is found; its beginning where none is."""
    words = list(words)
    line, places = _placed(text)
    first = next((places[at] for word in words if (at := line.find(word)) >= 0), 0)
    start, end = max(0, first - BEFORE), first + AFTER
    cut = " ".join(text[start:end].split())
    pieces = marked(cut, words)
    return [Piece("…", False)] * (start > 0) + pieces + [Piece("…", False)] * (end < len(text))


def _hits(line: str, places: list[int], words: Iterable[str]) -> list[tuple[int, int]]:
    """Spans of the text, one after the other."""
    found: list[tuple[int, int]] = []
    for word in words:
        at = line.find(word)
        while at >= 0:
            found.append((places[at], places[at + len(word) - 1] + 1))
            at = line.find(word, at + len(word))
    joined: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _placed(text: str) -> tuple[str, list[int]]:
    """The folded text, and where in the text each of its characters stands."""
    pairs = [(char, at) for at, one in enumerate(text) for char in _folded(one)]
    return "".join(char for char, _ in pairs), [at for _, at in pairs]


@lru_cache(20_000)
def _folded(char: str) -> str:
    plain = unicodedata.normalize("NFKC", char).casefold()
    return "".join(one for one in plain if one.isalnum() or ord(one) in PRIVATE)
