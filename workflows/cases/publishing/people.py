"""Names of natural persons: 张某, 李某某; two of one surname are told apart, 王某甲 and 王某乙. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from .rules import surnames

STEMS = "甲乙丙丁戊己庚辛壬癸"
SOMEBODY = "某"
NOTE = re.compile(r"[（(].*$")  # 许三（厂长）


def bare(name: str) -> str:
    return "".join(NOTE.sub("", name).split())


def named(names: Iterable[str]) -> list[str]:
    """Those that can be found in a text; 许某 is masked already, one sign alone is no name."""
    found = dict.fromkeys(bare(one) for one in names)
    return [one for one in found if len(one) > 1 and SOMEBODY not in one]


def surname(name: str) -> str:
    return name[:2] if len(name) > 2 and name.startswith(surnames().compound) else name[:1]


def aliases(names: Iterable[str], before: Mapping[str, str] | None = None) -> dict[str, str]:
    """What each name becomes. Who has one `before` keeps it, whoever comes later."""
    known, wanted = dict(before or {}), named(names)
    crowd = Counter(surname(one) for one in {*wanted, *known})
    for name in wanted:
        if name not in known:
            taken = set(known.values())
            known[name] = next(one for one in _choices(name, crowd) if one not in taken)
    return known


def _choices(name: str, crowd: Mapping[str, int]) -> Iterator[str]:
    family = surname(name)
    if crowd[family] == 1:
        yield family + SOMEBODY * min(len(name) - len(family), 2)
    yield from (f"{family}{SOMEBODY}{stem}" for stem in STEMS)
    n = len(STEMS)
    while n := n + 1:
        yield f"{family}{SOMEBODY}{n}"


def pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    """Any of them, the longest first, also with blanks between the signs."""
    found = sorted(named(names), key=len, reverse=True)
    spaced = (r"\s{0,3}".join(map(re.escape, one)) for one in found)
    return re.compile("|".join(spaced), re.IGNORECASE) if found else None
