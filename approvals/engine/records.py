"""Frozen values: made at once, with something changed, and with what is worked out of them kept. The engine does little
else, and a frozen dataclass sets its fields one by one, `dataclasses.replace` too."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, ParamSpec, TypeVar

Value = TypeVar("Value")
Fields = ParamSpec("Fields")

if TYPE_CHECKING:
    from dataclasses import replace as replace  # types are checked by its rules
    from functools import cached_property as worked_out

    def made(kind: Callable[Fields, Value], /, *none: Fields.args, **fields: Fields.kwargs) -> Value: ...
else:

    class worked_out:
        """What a value works out when it is first asked for."""

        def __init__(self, function):
            self.function, self.name = function, function.__name__

        def __get__(self, value, kind):
            if value is None:
                return self
            found = value.__dict__[self.name] = self.function(value)
            return found

    def made(kind, /, **fields):
        """A value of all its fields, by their names."""
        return _of(kind, fields)

    def replace(value: Value, **changes: object) -> Value:
        """A new value; what the old one has worked out stays with the old one."""
        fields = value.__dict__.copy()
        for name in _worked_out(type(value)):
            fields.pop(name, None)
        fields.update(changes)
        return _of(type(value), fields)

    def _of(kind, fields):
        value = object.__new__(kind)
        object.__setattr__(value, "__dict__", fields)
        return value

    @cache
    def _worked_out(kind):
        return tuple(name for name, one in vars(kind).items() if isinstance(one, worked_out))
