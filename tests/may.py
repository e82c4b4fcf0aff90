"""Whom pages are for, in the words of tests/matrix.py and of the rooms that bring rows of their own to it."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

OFFICE = frozenset({"clerk", "office_head"})
AUDITOR = frozenset({"auditor"})
LEADER = frozenset({"leader"})
ADMINISTRATOR = frozenset({"administrator"})
TOWN = frozenset({"town.liaison", "town.handler", "town.deputy", "town.head"})  # whose things the world holds
OTHER = frozenset({"other.liaison", "other.head"})  # another unit, to whom they are no business
UNITS = TOWN | OTHER
WORKERS = OFFICE | UNITS
READERS = WORKERS | AUDITOR | LEADER
EVERYBODY = READERS | ADMINISTRATOR
KEEPERS = OFFICE | ADMINISTRATOR  # of units, people and the calendar
ROUTE_EDITORS = ADMINISTRATOR | {"office_head"}
CONCERNED = OFFICE | AUDITOR | LEADER | TOWN  # with 甲镇's things


@dataclass(frozen=True)
class Row:
    """`takes`: names of things in the world, or words as they stand. Who is not in `may` gets 403."""

    name: str
    may: frozenset[str]
    takes: tuple[str, ...] = ()
    opens: int = 200

    @property
    def program(self) -> bool:
        """For programs: it is told, and led nowhere."""
        return self.name.startswith("api_")

    def url(self, world: dict[str, int]) -> str:
        return reverse(self.name, args=[world.get(one, one) for one in self.takes])
