"""The numbers Word draws before the paragraphs of its lists (ECMA-376 part 1, 17.9)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element

from foundation.organization.numerals import counted

_LEVELS = 9
_CYCLES = {
    "decimalEnclosedCircle": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedCircleChinese": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedParen": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "decimalEnclosedFullstop": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
    "ideographEnclosedCircle": "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉",
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
    "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥",
}
_DIGITS = {
    "ideographDigital": "〇一二三四五六七八九",
    "japaneseDigitalTenThousand": "〇一二三四五六七八九",
    "taiwaneseDigital": "○一二三四五六七八九",
    "decimalFullWidth": "０１２３４５６７８９",
    "decimalFullWidth2": "０１２３４５６７８９",
}
_COUNTING = ("chineseCounting", "chineseCountingThousand", "taiwaneseCounting", "taiwaneseCountingThousand",
             "japaneseCounting")  # fmt: skip
_LEGAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_SUFFIX = {"tab": "\t", "space": " ", "nothing": ""}


def _letter(n: int) -> str:
    """a … z, aa, bb …: Word repeats the letter."""
    return chr(97 + (n - 1) % 26) * ((n - 1) // 26 + 1)


def _roman(n: int) -> str:
    drawn = ""
    for value, letters in _ROMAN:
        drawn, n = drawn + letters * (n // value), n % value
    return drawn


_OTHERS: dict[str, Callable[[int], str]] = {
    "decimalZero": "{:02}".format,
    "lowerLetter": _letter,
    "upperLetter": lambda n: _letter(n).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda n: _roman(n).upper(),
    "none": lambda n: "",
}


def drawn(n: int, form: str) -> str:
    """`n` in a w:numFmt; a form that is not known, or has no such sign, is drawn as digits."""
    if form in _CYCLES and 1 <= n <= len(_CYCLES[form]):
        return _CYCLES[form][n - 1]
    if form in _DIGITS:
        return "".join(_DIGITS[form][int(digit)] for digit in str(n))
    if form in _COUNTING and 0 < n < 10000:
        words = counted(n)
        return words.removeprefix("一") if words.startswith("一十") else words
    if form == "chineseLegalSimplified" and 0 < n < 10000:
        return counted(n).translate(_LEGAL)
    return _OTHERS.get(form, str)(n) if 0 < n < 10000 else str(n)


@dataclass
class _Level:
    """One w:lvl: where it starts, how it is drawn; `restart` is the level whose use restarts it (0: none)."""

    start: int = 1
    form: str = "decimal"
    words: str = ""
    suffix: str = "\t"
    legal: bool = False
    restart: int | None = None
    style: str | None = None


@dataclass
class _List:
    """A w:num: the counters of its w:abstractNum are shared by all that point to it."""

    levels: dict[int, _Level]
    counts: dict[int, int]
    starts: dict[int, int] = field(default_factory=dict)


def value(parent: Element | None, *path: str) -> str | None:
    """The w:val at the end of a path of child elements; None where a step is missing."""
    for name in path:
        parent = parent.find(qn(name)) if parent is not None else None
    return parent.get(qn("w:val")) if parent is not None else None


def is_on(parent: Element | None, *path: str) -> bool:
    """Whether a switch stands there and is not switched off (17.17.4)."""
    for name in path:
        parent = parent.find(qn(name)) if parent is not None else None
    return parent is not None and parent.get(qn("w:val")) not in ("0", "false", "off")


class WordLists:
    """Counts through the lists of one document; `number` must see its paragraphs in document order."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self._styles = {s.get(qn("w:styleId")): s for s in (styles if styles is not None else ())}
        found = numbering if numbering is not None else ()
        self._abstract = {a.get(qn("w:abstractNumId")): a for a in found if a.tag == qn("w:abstractNum")}
        self._nums = {n.get(qn("w:numId")): n for n in found if n.tag == qn("w:num")}
        self._counts: dict[str | None, dict[int, int]] = {}
        self._lists: dict[str, _List | None] = {}

    def number(self, properties: Element | None) -> str:
        """What Word draws before a paragraph with these w:pPr; empty outside lists and for bullets."""
        num, depth = self._place(properties)
        each = self._list(num) if num else None
        level = each.levels.get(depth) if each else None
        if each is None or level is None:
            return ""
        self._count(each, depth)
        if level.form == "bullet" or not level.words:
            return ""
        words = re.sub("%([1-9])", lambda m: self._drawn(each, int(m[1]) - 1, level), level.words)
        return words + level.suffix if words.strip() else ""

    def _place(self, properties: Element | None) -> tuple[str | None, int]:
        """List and level of a paragraph, by its own w:numPr, else by that of its style or what this rests on."""
        num = value(properties, "w:numPr", "w:numId")
        depth = value(properties, "w:numPr", "w:ilvl")
        name = value(properties, "w:pStyle") or self._default_style()
        named, seen = name, set()
        while num is None and name in self._styles and name not in seen:
            seen.add(name)
            style = self._styles[name]
            num = value(style, "w:pPr", "w:numPr", "w:numId")
            depth = depth or value(style, "w:pPr", "w:numPr", "w:ilvl")
            named, name = name, value(style, "w:basedOn")
        each = self._list(num) if num else None
        linked = (
            (n for n, level in each.levels.items() if level.style == named) if each and seen else iter(())
        )
        return num, int(depth) if depth else next(linked, 0)

    def _default_style(self) -> str | None:
        return next(
            (
                k
                for k, s in self._styles.items()
                if s.get(qn("w:default")) == "1" and s.get(qn("w:type")) == "paragraph"
            ),
            None,
        )

    def _list(self, num: str) -> _List | None:
        if num not in self._lists:
            self._lists[num] = self._read_list(self._nums.get(num))
        return self._lists[num]

    def _read_list(self, num: Element | None) -> _List | None:
        key = value(num, "w:abstractNumId")
        abstract = self._abstract.get(key)
        if num is None or abstract is None:
            return None
        link = self._styles.get(value(abstract, "w:numStyleLink"))
        target = self._nums.get(value(link, "w:pPr", "w:numPr", "w:numId"))
        if target is not None and target is not num:
            key = value(target, "w:abstractNumId")
            abstract = self._abstract.get(key, abstract)
        each = _List(_levels(abstract), self._counts.setdefault(key, {}))
        for override in num.findall(qn("w:lvlOverride")):
            depth = int(override.get(qn("w:ilvl"), "0"))
            each.levels |= _levels(override)
            if start := value(override, "w:startOverride"):
                each.starts[depth] = int(start)
        return each

    def _count(self, each: _List, depth: int) -> None:
        """One more on this level; the levels below begin anew, unless they say otherwise."""
        start = each.starts.pop(depth, None)
        level = each.levels[depth]
        each.counts[depth] = each.counts.get(depth, level.start - 1) + 1 if start is None else start
        for lower in [n for n in each.counts if n > depth]:
            restart = each.levels[lower].restart if lower in each.levels else None
            if restart is None or depth < restart:
                del each.counts[lower]

    def _drawn(self, each: _List, depth: int, drawing: _Level) -> str:
        level = each.levels.get(depth, _Level())
        return drawn(each.counts.get(depth, level.start), "decimal" if drawing.legal else level.form)


def _levels(parent: Element) -> dict[int, _Level]:
    found = {}
    for lvl in parent.findall(qn("w:lvl")):
        depth, restart = int(lvl.get(qn("w:ilvl"), "0")), value(lvl, "w:lvlRestart")
        if 0 <= depth < _LEVELS:
            found[depth] = _Level(
                start=int(value(lvl, "w:start") or 1),
                form=value(lvl, "w:numFmt") or "decimal",
                words=value(lvl, "w:lvlText") or "",
                suffix=_SUFFIX.get(value(lvl, "w:suff") or "tab", "\t"),
                legal=is_on(lvl, "w:isLgl"),
                restart=int(restart) if restart else None,
                style=value(lvl, "w:pStyle"),
            )
    return found
