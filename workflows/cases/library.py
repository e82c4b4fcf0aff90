"""Which rule packs there are, and which one a case of a given day is under."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path

from foundation.organization.schemas import fault

from .documents import read_yaml
from .pack import BadPack, Pack
from .pack_reading import read

PACKS = Path(__file__).parent / "packs"
DEFAULT = "work_safety"


@cache
def packs() -> tuple[Pack, ...]:
    """Those that come with the product, by code and age."""
    found = [load(path) for path in sorted(PACKS.glob("*.yaml"))]
    return tuple(sorted(found, key=lambda one: (one.code, one.effective_from)))


def load(path: Path) -> Pack:
    """Raises BadPack with the first fault and its path, OSError where there is no such file."""
    try:
        document = read_yaml(path)
    except ValueError as error:
        raise BadPack(str(error)) from error
    if says := fault(document, "rule_pack", f"规则包 {path.name}"):
        raise BadPack(says)
    return read(document)


def pack_for(code: str, day: dt.date) -> Pack:
    """The newest of that code in force on the day; raises BadPack naming those there are."""
    known = {one.code for one in packs()}
    if code not in known:
        raise BadPack(f"没有规则包“{code}”，可用的有：{'、'.join(sorted(known))}。")
    fitting = [one for one in packs() if one.code == code and _in_force(one, day)]
    if not fitting:
        raise BadPack(f"规则包“{code}”在 {day} 没有施行的版本，请核对日期。")
    return fitting[-1]


def _in_force(pack: Pack, day: dt.date) -> bool:
    return pack.effective_from <= day <= (pack.effective_to or dt.date.max)
