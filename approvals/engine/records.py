"""Frozen values with something changed: the engine does little else, and `dataclasses.replace` runs all of __init__."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from dataclasses import replace as replace  # types are checked by its rules
else:
    Value = TypeVar("Value")

    def replace(value: Value, **changes: object) -> Value:
        """A new value; what the old one has worked out stays with the old one."""
        made, known = object.__new__(type(value)), value.__dict__
        made.__dict__.update({name: known[name] for name in value.__dataclass_fields__}, **changes)
        return made
