"""Names of units and groups, and what a phrase of a plan stands for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from workflows.plans.reading.groups import group_at
from workflows.plans.reading.kinds import ENDINGS, KINDS

_BLANKS = re.compile(r"\s+")
_PLACE = re.compile(r"^(?:全|本|我)?(?P<level>市(?![场政容])|县|区(?!域)|[旗州镇乡省])(?=..)")
_LEVELS = re.compile(r"市(?![场政容])|区(?!域)|(?<!城)乡|[省县旗州镇]")
_KIND_TAIL = re.compile(r"(?:行政|行业)?(?:主管|监管)?部门$")
#: 教育局 means the unit that deals with 教育; 应急管理办 may be an office inside another unit
_STEMS = ("管理局", "分局", "局", "委员会", "委", "部", "救援大队", "大队", "支队", "总工会")
_BRACKETS = str.maketrans("()", "（）")


def normal(phrase: str) -> str:
    """Without blanks, brackets full-width."""
    return _BLANKS.sub("", phrase).translate(_BRACKETS)


def _of_level(name: str, level: str) -> bool:
    """A 县 office is not meant by a phrase that says 市; a name without a place may be meant by any."""
    head = name[:6]
    return level in head or not _LEVELS.search(head)


@dataclass(frozen=True)
class Meaning:
    """Codes of units, or the code of a group; both None: nobody knows the phrase."""

    units: tuple[str, ...] | None = None
    group: str | None = None

    def __bool__(self) -> bool:
        return bool(self.units or self.group)


@dataclass(frozen=True)
class Lexicon:
    """`units`: full names, short names and aliases → unit code; `groups`: further phrases → group code."""

    units: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)
    _by_first: dict[str, list[str]] = field(init=False, repr=False, compare=False)
    _resolved: dict[str, Meaning] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        index: dict[str, list[str]] = {}
        for name in sorted({*map(normal, self.units), *map(normal, self.groups)}, key=len, reverse=True):
            if len(name) >= 2:
                index.setdefault(name[0], []).append(name)
        object.__setattr__(self, "_by_first", index)
        object.__setattr__(self, "units", {normal(k): v for k, v in self.units.items()})
        object.__setattr__(self, "groups", {normal(k): v for k, v in self.groups.items()})

    def name_at(self, text: str, at: int, end: int) -> int | None:
        """End of the longest known name that begins at `at`."""
        names = self._by_first.get(text[at], ()) if at < end else ()
        return next((at + len(n) for n in names if text.startswith(n, at, end)), None)

    def resolve(self, phrase: str) -> Meaning:
        """Exact name, then group phrase, then the name without its place, then the kind of department."""
        phrase = normal(phrase)
        if phrase not in self._resolved:
            self._resolved[phrase] = self._resolve(phrase)
        return self._resolved[phrase]

    def _resolve(self, phrase: str) -> Meaning:
        if phrase in self.units:
            return Meaning(units=(self.units[phrase],))
        if phrase in self.groups:
            return Meaning(group=self.groups[phrase])
        found = group_at(phrase, 0, len(phrase))
        if found and found[0] == len(phrase):
            return Meaning(group=found[1])
        place = _PLACE.match(phrase)
        names = [n for n in self.units if place is None or _of_level(n, place["level"])]
        codes = self._without_place(phrase, names) or self._kind(phrase, names)
        return Meaning(units=codes or None)

    def _without_place(self, phrase: str, names: list[str]) -> tuple[str, ...]:
        """县教育局 for 青禾县教育局; 大湾镇政府 for 大湾镇."""
        core = _PLACE.sub("", phrase)
        stem = re.sub(
            r"(?:镇|乡|街道)(?:人民政府|政府|办事处|党委)$",
            lambda m: m[0][: 2 if m[0][0] == "街" else 1],
            core,
        )
        wanted = {core, stem}
        return self._only(name for name in names if len(core) > 1 and self._same(name, wanted))

    @staticmethod
    def _same(name: str, wanted: set[str]) -> bool:
        core = _PLACE.sub("", name)
        return core in wanted or any(
            name.endswith(w) and re.fullmatch(r".{1,5}[省市县区旗州]", name[: -len(w)]) for w in wanted
        )

    def _kind(self, phrase: str, names: list[str]) -> tuple[str, ...]:
        """教育部门, 消防, 市住建局: the unit whose name holds the kind as a word."""
        core = _KIND_TAIL.sub("", _PLACE.sub("", phrase))
        if core == phrase or core not in KINDS:
            core = self._stem(core)
        words = KINDS.get(core, (core,) if phrase.endswith("部门") else ())
        for word in words:
            codes = self._holding(word, names)
            if codes:
                return codes
        return ()

    @staticmethod
    def _stem(core: str) -> str:
        return next(
            (core.removesuffix(e) for e in _STEMS if core.endswith(e) and core.removesuffix(e) in KINDS),
            core,
        )

    def _holding(self, word: str, names: list[str]) -> tuple[str, ...]:
        """A name that begins with the word (after the place) is meant before one that merely contains it."""
        if len(word) < 2:
            return ()
        head = re.compile(rf"(?:^|[省市县区旗州委]|团|国网){word}")
        first = self._only(name for name in names if head.search(name) and name.endswith(ENDINGS))
        return first or self._only(name for name in names if word in name)

    def _only(self, names: Iterable[str]) -> tuple[str, ...]:
        """The code all names share, else that of the single shortest name; several equals give none."""
        found = sorted(names, key=len)
        codes = {self.units[name] for name in found}
        if len(codes) <= 1:
            return tuple(codes)
        shortest = {self.units[name] for name in found if len(name) == len(found[0])}
        return tuple(shortest) if len(shortest) == 1 else ()
