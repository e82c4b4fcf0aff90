"""The organization of a script, as the engine asks for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from ..engine import working_time
from ..engine.routes import Group, Named, PostIn, Unit, Who
from ..engine.terms import Holder
from .script import Script


@dataclass(frozen=True)
class Hall:
    """Posts stand in `holders` as "unit:post", groups as "group:NAME"; a person's seat is the person.

    A script has no register of people: whoever it names, if only in a command, is somebody.
    """

    script: Script

    def holders(self, who: Who) -> Sequence[Holder]:
        if isinstance(who, Named):
            return [Holder(who.person, who.person)]
        keys = self._keys(who)
        found = next((self.script.holders[key] for key in keys if key in self.script.holders), [])
        return [Holder(person, person) for person in found]

    def _keys(self, who: Who) -> list[str]:
        """The subject's own unit may be called by its code or, as in a route, by "unit"."""
        if isinstance(who, Group):
            return [f"group:{who.group}"]
        if not isinstance(who, PostIn):
            return []
        own = [f"{self.script.unit}:{who.post}"] if who.of == "unit" else []
        return [*own, f"{who.of}:{who.post}"]

    def superior(self, holder: Holder) -> Holder | None:
        boss = self.script.superior.get(str(holder.person))
        return None if boss is None else Holder(boss, boss)

    def describe(self, who: Who) -> str:
        if isinstance(who, PostIn):
            return f"{self.script.unit if who.of == 'unit' else who.of}的{who.post}"
        if isinstance(who, Group):
            return f"{who.group}组"
        return str(who.person) if isinstance(who, Named) else "上级"

    def shift(self, at: dt.datetime, count: int, unit: Unit) -> dt.datetime:
        return working_time.shift(at, count, unit, self.script.calendar)
