"""Punctuation (GB/T 15834), blanks and characters that can't be printed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents import fonts

from .model import HAN, Advice, Reading, Rule, each

FULL = dict(zip(",;:?!.()", "，；：？！。（）", strict=True))
AFTER = f"{HAN}”’》）〕"  # what a mark of Chinese text follows
MARKS = "，。；：！？、"
PAIRS = {"）": "（", "》": "《", "”": "“", "’": "‘", "】": "【", "〕": "〔", "」": "「"}
WIDE = str.maketrans("()", "（）")
LISTED = re.compile(
    r"(?:^|[，。；：、\s（])(?:\d{1,3}|[一二三四五六七八九十]{1,3}|[a-zA-Z])$"
)  # 1）甲；2）乙
BLANK = re.compile(rf"(?<=[{HAN}，。；：、！？”）》]) (?=[{HAN}，。；：、！？“（《])")
RUN_BEFORE, RUN_AFTER = re.compile(f"[{HAN}]+$"), re.compile(f"[{HAN}]+")
CHAPTER = re.compile(
    r"^[ \u3000]*(?:第[一二三四五六七八九十\d]+[部章节条阶][分段]?|[一二三四五六七八九十]{1,3})$"
)
PAREN = re.compile(
    rf"[(（][^()（）]*[{HAN}][^()（）]*[)）]|^[ \u3000]*[(（](?:\d{{1,3}}|[一二三四五六七八九十]{{1,3}})[)）]"
)


def half_parens(reading: Reading) -> Iterator[Advice]:
    for number, line in enumerate(reading.lines, 1):
        for match in PAREN.finditer(line):
            for at in (match.start() + len(match[0]) - len(match[0].lstrip(" \u3000")), match.end() - 1):
                if line[at] in "()":
                    yield Advice(
                        number,
                        at,
                        at + 1,
                        "half_width",
                        f"中文里用全角括号“{FULL[line[at]]}”。",
                        FULL[line[at]],
                    )


QUOTES = {'"': re.compile('"'), "'": re.compile(rf"(?<=[{AFTER}{MARKS}])'|'(?=[{HAN}“《])")}


def straight_quotes(reading: Reading) -> Iterator[Advice]:
    """By turns opening and closing; an odd one left over only the writer can place. Single ones stand for ‘ ’ within
    “ ”, else for these."""
    for number, line in enumerate(reading.lines, 1):
        for mark, quote in QUOTES.items() if re.search(f"[{HAN}]", line) else ():
            places = [found.start() for found in quote.finditer(line)]
            inner = mark == "'" and re.search('[“"]', line[: places[0]] if places else "")
            for turn, at in enumerate(places):
                fix = ("‘’" if inner else "“”")[turn % 2] if len(places) % 2 == 0 else None
                yield Advice(number, at, at + 1, "straight_quotes", "引号用中文的“ ”，里层用‘ ’。", fix)


def unbalanced(reading: Reading) -> Iterator[Advice]:
    """A title is one, on however many lines it stands."""
    title = reading.document.title
    whole = not list(_unpaired(title))
    for number, line in enumerate(reading.lines, 1):
        if whole and line.strip(" \u3000") in title:
            continue
        for at, half in _unpaired(line):
            yield Advice(number, at, at + 1, "unbalanced", f"“{line[at]}”没有与它配对的{half}一半。")


def _unpaired(line: str) -> Iterator[tuple[int, str]]:
    opened: list[tuple[str, int]] = []
    for at, char in enumerate(line.translate(WIDE)):
        if char in PAIRS.values():
            opened.append((char, at))
        elif char in PAIRS and opened and opened[-1][0] == PAIRS[char]:
            opened.pop()
        elif char in PAIRS and not (char == "）" and LISTED.search(line[:at])):
            yield at, "前"
    yield from ((at, "后") for _, at in opened)


def blanks(reading: Reading) -> Iterator[Advice]:
    """One between characters; a wider gap, and the one in the middle of a slogan (安全第一 预防为主), is meant."""
    for number, line in enumerate(reading.lines, 1):
        for match in BLANK.finditer(line):
            before, after = RUN_BEFORE.search(line[: match.start()]), RUN_AFTER.match(line, match.end())
            slogan = before and after and len(before[0]) == len(after[0]) >= 4
            if not slogan and not CHAPTER.search(line[: match.start()]):
                yield Advice(number, *match.span(), "blank", "汉字之间不加空格。", "")


def doubled(match: re.Match[str]) -> str:
    """The one that ends most."""
    return max(match[0], key="、，：；。？！".index)


def undrawable(reading: Reading) -> Iterator[Advice]:
    missing = fonts.undrawable(reading.text)
    for number, line in enumerate(reading.lines, 1) if missing else ():
        for at, char in enumerate(line):
            if char in missing:
                says = f"“{char}”（U+{ord(char):04X}）没有可用的字形：草稿里印作〓，印发前请改用其他写法。"
                yield Advice(number, at, at + 1, "undrawable", says)


RULES: tuple[Rule, ...] = (
    each(
        "half_width", rf"(?<=[{AFTER}])[,;:?!]|(?<=[{AFTER}])\.(?=$|[{HAN}“《（])|[,;](?=[{HAN}“《])",
        "中文里用全角标点。", lambda match: FULL[match[0]],
    ),
    half_parens,
    straight_quotes,
    each("corner_quotes", "[「」『』]", "引号统一用“ ”，里层用‘ ’。", lambda match: dict(zip("「」『』", "“”‘’", strict=True))[match[0]]),
    unbalanced,
    each("doubled", rf"(?![？！]+(?![{MARKS}]))[{MARKS}]{{2,}}", "标点“{0}”重复。", doubled),
    each("dots", r"(?<!\.)\.{3,6}(?!\.)|。{3,}", "省略号用“……”。", lambda match: "……"),
    blanks,
    undrawable,
)  # fmt: skip
