"""归档方案: how a 档号 is formed and how long what is kept, as dated data (schemes/*.yaml, ANBAN_ARCHIVE_SCHEMES)."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from foundation.organization.dated import BadData, read_data, version_on

FORBIDDEN = re.compile(r'[<>:"/\\|?*\s]')  # a 档号 is the name of a folder in a package


@dataclass(frozen=True)
class Term:
    code: str  # in the 档号
    name: str
    transfers: bool  # handed over to the state archive in the end


@dataclass(frozen=True)
class Retention:
    """A line of the 保管期限表."""

    kind: str
    term: str
    says: str
    basis: str
    verified: bool
    words: tuple[str, ...] = ()

    def fits(self, kind: str, title: str) -> bool:
        return self.kind in (kind, "*") and (not self.words or any(word in title for word in self.words))


@dataclass(frozen=True)
class Transfer:
    years: int
    basis: str
    verified: bool


@dataclass(frozen=True)
class Scheme:
    name: str
    effective_from: dt.date
    confirmed: bool
    basis: str
    pattern: str
    category: str
    organs: dict[str, tuple[str, str]]  # code or kind of a unit -> 全宗号, 机构（问题）代码
    terms: dict[str, Term]
    retention: tuple[Retention, ...]
    transfer: Transfer

    def organ(self, unit: Any) -> tuple[str, str] | None:
        """(全宗号, 机构代码) of the unit, None where its papers belong to another 全宗."""
        return self.organs.get(unit.code) or self.organs.get(unit.kind)

    def proposal(self, kind: str, title: str) -> Retention:
        return next(line for line in self.retention if line.fits(kind, title))

    def reference(self, *, organ: tuple[str, str], year: int, term: str, number: int) -> str:
        """档号."""
        fonds, code = organ
        return self.pattern.format(
            fonds=fonds,
            category=self.category,
            year=year,
            term=self.terms[term].code,
            organ=code,
            number=number,
        )


def scheme_for(day: dt.date) -> Scheme:
    """The newest in force on the day; what is older than all of them goes by the first."""
    return version_on(schemes(Path(settings.ARCHIVE_SCHEMES)), day)


@lru_cache(8)
def schemes(folder: Path) -> tuple[Scheme, ...]:
    """By date. Raises BadData with the file and its first fault."""
    found = [read(read_data(path, "archive_scheme"), path.name) for path in sorted(folder.glob("*.yaml"))]
    if not found:
        raise BadData(f"{folder} 里没有归档方案（.yaml）。")
    return tuple(sorted(found, key=lambda one: one.effective_from))


def read(given: dict[str, Any], name: str) -> Scheme:
    try:
        scheme = _scheme(given)
        samples = {
            scheme.reference(organ=("全宗", "机构"), year=2026, term="y10", number=n) for n in (1, 2, 12345)
        }
    except (ValueError, KeyError, IndexError, AttributeError) as error:
        raise BadData(f"{name} 的日期或 pattern 不对：{error}。") from error
    if any(FORBIDDEN.search(one) for one in samples):
        raise BadData(f"{name} 的档号里不能有 / : * 等不能作文件名的字符。")
    if len(samples) < 3:
        raise BadData(f"{name} 的 pattern 里缺少 {{number}}，两件会是同一个档号。")
    if not any(line.kind == "*" and not line.words for line in scheme.retention):
        raise BadData(f"{name} 的 retention 最后要有一行 kind 是“*”，否则有的公文没有保管期限。")
    return scheme


def _scheme(given: dict[str, Any]) -> Scheme:
    lines = (Retention(**{**line, "words": tuple(line.get("words", ()))}) for line in given["retention"])
    return Scheme(
        **{key: given[key] for key in ("name", "confirmed", "basis", "pattern", "category")},
        effective_from=dt.date.fromisoformat(given["effective_from"]),
        organs={key: (one["fonds"], one["code"]) for key, one in given["organs"].items()},
        terms={key: Term(**one) for key, one in given["terms"].items()},
        retention=tuple(lines),
        transfer=Transfer(**given["transfer"]),
    )
