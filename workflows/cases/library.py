"""Rule packs that come with the product, and how the text of any pack is read; no database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from foundation.organization.dated import BadData, parse_data

from .pack import BadPack, Pack
from .pack_reading import read

PACKS = Path(__file__).parent / "packs"
DEFAULT = "work_safety"


@cache
def packs() -> tuple[Pack, ...]:
    """By code and version."""
    found = [parsed(path.read_text("utf-8")) for path in sorted(PACKS.glob("*.yaml"))]
    return tuple(sorted(found, key=lambda one: (one.code, one.version)))


@lru_cache(32)
def parsed(text: str) -> Pack:
    """Raises BadPack with the first fault and its path."""
    return read(document(text))


def document(text: str) -> Any:
    """The pack as it stands in its text; raises BadPack."""
    try:
        return parse_data(text, "rule_pack", "规则包")
    except BadData as error:
        raise BadPack(str(error)) from error


def pack_for(code: str, day: dt.date, among: Iterable[Pack] | None = None) -> Pack:
    """The newest version of that code in force on the day; raises BadPack naming those there are."""
    every = packs() if among is None else list(among)
    known = sorted({one.code for one in every})
    if code not in known:
        raise BadPack(f"没有规则包“{code}”，可用的有：{'、'.join(known)}。")
    fitting = [one for one in every if one.code == code and _in_force(one, day)]
    if not fitting:
        raise BadPack(f"规则包“{code}”在 {day} 没有施行的版本，请核对日期。")
    return max(fitting, key=lambda one: one.version)


def _in_force(pack: Pack, day: dt.date) -> bool:
    return pack.effective_from <= day <= (pack.effective_to or dt.date.max)
