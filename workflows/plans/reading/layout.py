"""What of a document is the plan: a covering notice before it, enclosures and signatures behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from foundation.organization.numerals import narrow
from workflows.plans.reading.model import Span
from workflows.plans.reading.numbering import mark_at
from workflows.plans.reading.sections import known_heading
from workflows.plans.reading.spans import lines
from workflows.plans.reading.tables import opens_table

_TITLE_END = re.compile(
    r"(?:方案|计划|通知|安排|要点|意见|办法|行动|预案|清单|工作|任务分解|任务分工)(?:[（(][^（）()]{1,12}[）)])?$"
)
_PLAN_END = re.compile(r"(?:方案|计划|安排|要点|任务清单|任务分解|任务分工)(?:[（(][^（）()]{1,12}[）)])?$")
_TITLE_REST = re.compile(r"(?:实施|工作|活动)?(?:方案|通知|计划|安排)(?:[（(][^（）()]{1,12}[）)])?")
_ENCLOSURE = re.compile(r"附\s*件\s*[\d一二三四五六七八九十]{0,2}\s*[:：]?$")
_NAMED_ENCLOSURE = re.compile(r"附\s*件\s*[\d一二三四五六七八九十]{1,2}[\s\u3000:：.、]*[^。；，]{2,45}$")
_LIST = re.compile(r"附\s*件\s*(?:[:：]|[\d一二三四五六七八九十]{1,2}\s*[:：.、])\s*\S")
_TAIL = re.compile(
    r"[（(]?\s*(?:联\s*系\s*人|联\s*系\s*电\s*话|咨询电话|联系方式|抄\s*送|主题词|此件|信息公开选项|电子邮箱|邮\s*箱|传\s*真|地\s*址)|附\s*件\s*[:：]"
)
_DATE_LINE = re.compile(
    r"(?:20\d\d|二[〇○零][〇○零一二三四五六七八九]{2})\s*年\s*\S{1,3}\s*月\s*\S{1,4}\s*日$"
)
_ORGAN = re.compile(r"[^。，；：]{2,40}(?:办公室|委员会|人民政府|局|办|委|厅|部)(?:[（(].{1,6}[）)])?$")
_NUMBER = re.compile(r"[^\s。，]{2,12}[〔\[［（(]\s*20\d\d\s*[〕\]］）)]\s*第?\s*\d+\s*号$")


@dataclass(frozen=True)
class Layout:
    """Title lines, the lines between title and first mark, the numbered body, and all lines outside the plan.

    An annex is a table of tasks behind the plan: its lines, the first of them its name.
    """

    title: tuple[Span, ...]
    intro: tuple[Span, ...]
    body: tuple[Span, ...]
    outside: tuple[Span, ...]
    annexes: tuple[tuple[Span, ...], ...] = ()


def is_date_line(text: str, line: Span) -> bool:
    """Whether a line is nothing but a full date."""
    return bool(_DATE_LINE.match(narrow(text[slice(*line)])))


def lay_out(text: str) -> Layout:
    """The parts of the document; a text without any title-like line keeps an empty title."""
    every = lines(text, (0, len(text)))
    start, stop = _plan(text, every)
    title_start, title_end = _title(text, every, start, stop)
    after = every[title_end:stop]
    tail = _tail(text, after)
    first_mark = next((i for i in range(tail) if _opens(text, after, i)), tail)
    title = tuple(every[title_start:title_end])
    plan = {*title, *after[:tail]}
    return Layout(
        title,
        tuple(after[:first_mark]),
        tuple(after[first_mark:tail]),
        tuple(x for x in every if x not in plan),
        tuple(_annexes(text, every[stop:])),
    )


def _annexes(text: str, behind: list[Span]) -> Iterator[tuple[Span, ...]]:
    """附件1 ⏎ 任务分工表 ⏎ 序号 ⏎ …: from the name to the next enclosure."""
    begins = [*_enclosures(text, behind), len(behind)]
    for begin, end in pairwise(begins):
        lines = behind[begin:end]
        header = next((i for i in range(len(lines)) if opens_table(text, lines, i)), 0)
        if header:
            yield tuple(lines[header - 1 :])


def _opens(text: str, after: list[Span], i: int) -> bool:
    known = mark_at(text, after[i]) is not None or known_heading(text[slice(*after[i])])
    return known or opens_table(text, after, i)


def _enclosures(text: str, every: list[Span]) -> list[int]:
    """Where an enclosure begins: 附件2 on a line of its own, or with its name and a text below it."""
    found = []
    for i, line in enumerate(every):
        words = text[slice(*line)]
        if _ENCLOSURE.match(words) and i + 1 < len(every):
            if not mark_at(text, every[i + 1]) or mark_at(text, every[i + 1]).kind == "chinese":  # type: ignore[union-attr]
                found.append(i)
        elif _NAMED_ENCLOSURE.match(words) and i + 1 < len(every) and not _listed(text, every, i):
            found.append(i)
    return found


def _listed(text: str, every: list[Span], i: int) -> bool:
    """A line of the list of enclosures stands beside another such line or before the signature."""
    near = [every[j] for j in (i - 1, i + 1) if 0 <= j < len(every)]
    words = [text[slice(*line)] for line in near]
    return any(_LIST.match(w) or _NAMED_ENCLOSURE.match(w) for w in words) or (
        i + 1 < len(every) and bool(_ORGAN.fullmatch(words[-1]) or is_date_line(text, every[i + 1]))
    )


def _plan(text: str, every: list[Span]) -> tuple[int, int]:
    """First and last line of the plan: behind the covering notice if there is one, before the enclosures."""
    enclosures = _enclosures(text, every)
    begin = next((i for i in range(len(every) - 1, 0, -1) if _is_inner_title(text, every, i, enclosures)), 0)
    while begin and begin - 1 not in enclosures and _continues_title(text, every, begin):
        begin -= 1
    stop = next((i for i in enclosures if i > begin + 1), len(every))
    return begin, stop


def _is_inner_title(text: str, every: list[Span], i: int, enclosures: list[int]) -> bool:
    words = text[slice(*every[i])]
    if (
        len(words) > 60
        or re.search("[。，；：]", words)
        or not _PLAN_END.search(words)
        or mark_at(text, every[i])
    ):
        return False
    top = i
    while top and top - 1 not in enclosures and _continues_title(text, every, top):
        top -= 1
    before = text[slice(*every[top - 1])] if top else ""
    follows = bool(top) and (
        top - 1 in enclosures or _DATE_LINE.match(narrow(before)) or bool(_TAIL.match(before))
    )
    quoted = re.sub(r"\s", "", "".join(text[slice(*x)] for x in every[top : i + 1]))
    named = f"《{quoted}》" in re.sub(r"\s", "", text[: every[top][0]])
    numbered = any(mark_at(text, line) for line in every[i + 1 : i + 8])
    return bool(top) and numbered and bool(follows or named)


def _continues_title(text: str, every: list[Span], i: int) -> bool:
    """Whether the line above is the upper part of the same title."""
    above, words = every[i - 1], text[slice(*every[i - 1])]
    plain = len(words) <= 40 and not re.search("[。；：:]", words) and not mark_at(text, above)
    blank_line = text[above[1] : every[i][0]].count("\n") > 1
    outside = (
        is_date_line(text, above)
        or _NUMBER.match(words)
        or _ENCLOSURE.match(words)
        or _ORGAN.fullmatch(words)
    )
    return (
        plain and not blank_line and not outside and not _TITLE_END.search(words) and not _TAIL.match(words)
    )


def _title(text: str, every: list[Span], start: int, stop: int) -> tuple[int, int]:
    """The title's lines: up to the first short line that ends in 方案, 通知 …; before the first long paragraph."""
    last = None
    for i in range(start, min(stop, start + 12)):
        words = text[slice(*every[i])]
        if len(words) > 70 or words.endswith(("。", "：", ":")) or mark_at(text, every[i]):
            break
        if _TITLE_END.search(words):
            last = i
            break
    if last is None:
        short = stop > start and len(text[slice(*every[start])]) <= 50 and not mark_at(text, every[start])
        plain = short and not re.search("[。：:]$", text[slice(*every[start])])
        return start, start + (1 if plain else 0)
    first = last
    if last + 1 < stop and _TITLE_REST.fullmatch(text[slice(*every[last + 1])]):
        last += 1
    while first > start and (_continues_title(text, every, first) or _organ_of_title(text, every, first)):
        first -= 1
    return first, last + 1


def _organ_of_title(text: str, every: list[Span], i: int) -> bool:
    """XX县安委会办公室 ⏎ 关于印发…的通知: the organ is part of the title."""
    together = text[every[i - 1][1] : every[i][0]].count("\n") == 1
    return (
        together
        and text.startswith("关于", every[i][0])
        and bool(_ORGAN.fullmatch(text[slice(*every[i - 1])]))
    )


def _signs(text: str, line: Span) -> bool:
    """Whether a line above the date is the name of who signs."""
    return (
        line[1] - line[0] <= 30
        and not mark_at(text, line)
        and not re.search("[，。；：:]", text[slice(*line)])
    )


def _tail(text: str, after: list[Span]) -> int:
    """Where signature, contact and list of enclosures begin; nothing numbered 一、 comes behind them."""
    last = max(
        (i for i, x in enumerate(after) if (m := mark_at(text, x)) and m.kind in ("chinese", "paren")),
        default=-1,
    )
    for i in range(last + 1, len(after)):
        words = text[slice(*after[i])]
        if _TAIL.match(words) or _LIST.match(words):
            return i
        if is_date_line(text, after[i]):
            return i - 1 if i > last + 1 and _signs(text, after[i - 1]) else i
    return len(after)
