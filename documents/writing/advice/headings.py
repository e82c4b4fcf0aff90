"""结构层次: 一、（一）1.（1）, counted without gaps (GB/T 9704-2012 7.3.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from documents.layout import Paragraph
from documents.layout.document import Block
from documents.layout.parsing import ATTACHED
from foundation.organization.numerals import chinese, counted

from .model import Advice, Reading, Rule, each

NUMERAL = re.compile(r"[一二三四五六七八九十百]+|\d+")
SHAPES = {1: "一、", 2: "（一）", 3: "1.", 4: "（1）"}


PART = re.compile(r"第[一二三四五六七八九十\d]+(?:部分|章|节|阶段)")


def _headings(blocks: Sequence[Block]) -> Iterator[Paragraph]:
    """Level 0 stands for 第一部分, under which all levels begin anew. What is numbered below 附件： is no heading."""
    listing = False
    for block in blocks:
        if not isinstance(block, Paragraph):
            continue
        listing = bool(ATTACHED.match(block.text)) or (listing and block.level == 3)
        if not listing and (block.level or PART.match(block.text)):
            yield block


def _parts(reading: Reading) -> Iterator[list[Paragraph]]:
    for blocks in (reading.document.blocks, *(annex.blocks for annex in reading.document.annexes)):
        yield list(_headings(blocks))


def order(reading: Reading) -> Iterator[Advice]:
    """Each level counts from one under what stands above it, or on through the whole text."""
    for headings in _parts(reading):
        here, through = [0] * 5, [0] * 5
        for block in headings:
            level, line = block.level, reading.lines[block.line - 1]
            here[level + 1 :] = [0] * (4 - level)
            found = NUMERAL.search(line)
            if not level or not found:
                continue
            value = _value(found[0])
            if value not in (here[level] + 1, through[level] + 1):
                right = _written(here[level] + 1, level)
                says = f"序号应当是“{right}”：前后不连续或重复。"
                yield Advice(block.line, *found.span(), "number_order", says, right)
                value = here[level] + 1
            here[level] = through[level] = value


def skipped(reading: Reading) -> Iterator[Advice]:
    """Once a text: whoever leaves a level out does so throughout. A text may begin with 1. alone, not with （一）."""
    for headings in _parts(reading):
        top = [Paragraph("", level=0)] if headings and headings[0].level == 2 else []
        for above, block in pairwise([*top, *headings]):
            if (above.level or above in top) and block.level > above.level + 1:
                says = f"层次“{SHAPES[block.level]}”前面缺“{SHAPES[above.level + 1]}”一层。"
                yield reading.at(block.line, "level_skipped", says, _mark(reading.lines[block.line - 1]))
                break


def _mark(line: str) -> str:
    return line.strip(" \u3000\t")[:2]


def _value(word: str) -> int:
    return int(word) if word.isdigit() else chinese(word)


def _written(number: int, level: int) -> str:
    if level > 2:
        return str(number)
    words = counted(number)
    return words.removeprefix("一") if words.startswith("一十") else words


RULES: tuple[Rule, ...] = (
    order,
    skipped,
    each("mark_comma", r"^[ \u3000]*\d{1,3}(、)", "第三层用“1.”，不用“1、”。", lambda match: ".", 1),
    each("mark_dot", r"^[ \u3000]*[一二三四五六七八九十]{1,3}([.．，,]|[ ]+)(?=\S)", "第一层用“一、”。", lambda match: "、", 1),
    each(
        "mark_double", r"^[ \u3000]*[（(](?:[一二三四五六七八九十]{1,3}|\d{1,3})[）)]([、.．，,])",
        "括号后面不再加“{0}”。", lambda match: "", 1,
    ),
)  # fmt: skip
