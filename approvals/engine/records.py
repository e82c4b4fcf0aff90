"""Frozen values with something changed: the engine does little else, and `dataclasses.replace` runs all of __init__."""

from __future__ import annotations

from functools import cache
from operator import itemgetter
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from dataclasses import replace as replace  # types are checked by its rules
else:
    Value = TypeVar("Value")

    def replace(value: Value, **changes: object) -> Value:
        """A new value; what the old one has worked out stays with the old one."""
        made = object.__new__(type(value))
        names, values = _fields(type(value))
        made.__dict__.update(zip(names, values(value.__dict__), strict=True), **changes)
        return made

    @cache
    def _fields(kind: type) -> tuple[tuple[str, ...], itemgetter]:
        names = tuple(kind.__dataclass_fields__)
        return names, itemgetter(*names)
