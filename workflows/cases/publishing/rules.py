"""The rules of masking as data: what, whether it is masked, kept or looked at, on which basis."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from foundation.organization.dated import read_data

RULES = Path(__file__).parent / "rules.yaml"


@dataclass(frozen=True)
class MaskRule:
    what: str  # a shape of shapes.py
    name: str
    does: str  # mask, keep, look
    basis: str
    verified: bool
    head: int = 0


@dataclass(frozen=True)
class Surnames:
    compound: tuple[str, ...]
    single: str


@cache
def mask_rules() -> tuple[MaskRule, ...]:
    """In their order of precedence."""
    return tuple(MaskRule(**one) for one in _data()["rules"])


@cache
def surnames() -> Surnames:
    found = _data()["surnames"]
    return Surnames(tuple(found["compound"]), found["single"])


@cache
def _data() -> Any:
    return read_data(RULES, "masking")
