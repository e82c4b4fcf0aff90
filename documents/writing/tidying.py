"""Text as people paste it, made fit for paper: nothing that is read is lost, what can't be seen goes."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from documents.layout.parsing import LEVELS

BREAKS = re.compile(r"\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
BLANKS = re.compile(r"[\u00a0\u1680\u2000-\u200a\u202f\u205f]")
UNSEEN = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufe00-\ufe0f]")
BULLET = re.compile(r"[\s\u3000]*[\uf0a7\uf0b7\uf0d8\uf06c\uf06e\uf075\uf0fc•●■◆◇□○▪➢][\s\u3000]+(?=\S)")
MARK = re.compile("(" + "|".join(pattern.pattern for pattern in LEVELS) + r")[ \t\u3000]*\t[ \t\u3000]*")


class Tidied(NamedTuple):
    text: str
    notes: tuple[str, ...]  # what was taken out, for the writer


def tidy(text: str) -> Tidied:
    """Lines end in LF; blanks of other widths, soft hyphens, Word's tabs after its numbers and its bullets go."""
    text = BLANKS.sub(" ", UNSEEN.sub("", BREAKS.sub("\n", text)))
    kept = "".join(char for char in text if char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cs"))
    lines = [line.rstrip(" \t\u3000") for line in kept.split("\n")]
    without = [BULLET.sub("", line) for line in lines]
    notes = []
    if lost := len(text) - len(kept):
        notes.append(f"去掉了 {lost} 个看不见的控制字符。")
    if bullets := sum(a != b for a, b in zip(lines, without, strict=True)):
        notes.append(f"去掉了 {bullets} 处项目符号：公文用一、（一）1.（1）标层次。")
    return Tidied("\n".join(_joined(without)), tuple(notes))


def _joined(lines: list[str]) -> list[str]:
    """The tab that Word draws between a number and its text is no border of a cell; in a table it stays one."""
    lists = [(bool(MARK.match(line)) and line.count("\t") == 1) or line.startswith("\t") for line in lines]
    return [
        MARK.sub(r"\1", line.lstrip("\t")) if here and not _in_table(lines, lists, at) else line
        for at, (line, here) in enumerate(zip(lines, lists, strict=True))
    ]


def _in_table(lines: list[str], lists: list[bool], at: int) -> bool:
    """Whether the tabbed lines above up to the first untabbed one hold one that is no list."""
    while at and "\t" in lines[at - 1]:
        at -= 1
        if not lists[at]:
            return True
    return False
