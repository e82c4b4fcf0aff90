"""What an inbox is narrowed to: read from its address and written into one, the same list always the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.http import QueryDict

from foundation.organization import typed
from foundation.organization.models import Appointment, Unit
from foundation.organization.posts import OFFICE_POSTS

from .inbox import BOXES, NARROW
from .models import Approval, Route, SavedFilter
from .saved_filters import INBOX

NAMES = ("box", "only", "route", "unit", "q")


@dataclass(frozen=True)
class Narrowing:
    box: str = "todo"
    only: str = ""  # one of NARROW[box], none of them where it is empty
    route: str = ""  # a code
    unit: str = ""  # an id
    words: str = ""

    @classmethod
    def read(cls, query: QueryDict | Mapping[str, str]) -> Narrowing:
        """What makes no sense is left out."""
        box = query.get("box", "todo")
        box = box if box in BOXES else "todo"
        only, unit = query.get("only", ""), query.get("unit", "")
        return cls(
            box,
            only if only in NARROW.get(box, {}) and only != box else "",
            "" if box == "drafts" else typed.clean(query.get("route", ""))[:32],
            unit if typed.number(unit) and box != "drafts" else "",
            typed.words(typed.clean(query.get("q", ""))),
        )

    @property
    def name(self) -> str:
        """Of what is counted and listed: a filter of the box, or all of it."""
        return self.only or self.box

    @property
    def narrowed(self) -> bool:
        return self != Narrowing(self.box)

    @property
    def searched(self) -> bool:
        """By what differs from one to the other, not only by box and filter."""
        return bool(self.route or self.unit or self.words)

    @property
    def query(self) -> str:
        """待办 and what is not narrowed go without a word."""
        given = (("" if self.box == "todo" else self.box), self.only, self.route, self.unit, self.words)
        return urlencode([(name, value) for name, value in zip(NAMES, given, strict=True) if value])

    @property
    def address(self) -> str:
        return f"?{self.query}"

    def but(self, **changed: str) -> Narrowing:
        return replace(self, **changed)

    def narrow(self, rows: QuerySet[Approval]) -> QuerySet[Approval]:
        if self.route:
            rows = rows.filter(version__route__code=self.route)
        if self.unit:
            rows = rows.filter(unit=int(self.unit))
        if words := self.words:
            found = Q(title__icontains=words) | Q(unit__short_name__icontains=words)
            rows = rows.filter(found | Q(unit__name__icontains=words) | Q(initiator__person__name=words))
        return rows


def canonical(query: QueryDict) -> str:
    """For saved filters: empty where it is not narrowed."""
    wanted = Narrowing.read(query)
    return wanted.query if wanted.narrowed else ""


@dataclass(frozen=True)
class Choices:
    """What one may narrow by, in their order: (code, name); and the saved filters: (id, name, query)."""

    routes: list[tuple[str, str]]
    units: list[tuple[str, str]]
    saved: list[tuple[str, str, str]]

    @classmethod
    def of(cls, seat: Appointment) -> Choices:
        """One query. Units are chosen by the office: whatever reaches a unit's own posts is its own."""
        routes = _rows("route", Route.objects.filter(retired=False), "code", "name")
        saved = _rows(
            "saved",
            SavedFilter.objects.filter(page=INBOX, seat=seat),
            Cast("pk", CharField()),
            "name",
            "query",
        )
        units = _rows("unit", Unit.objects.filter(ended_on=None), Cast("pk", CharField()), "short_name")
        found = routes.union(saved, *([units] if seat.post in OFFICE_POSTS else []), all=True)
        rows = sorted(found, key=lambda row: (row[3] if row[0] == "unit" else 0, row[2]))
        return cls(
            [(key, words) for kind, key, words, *_ in rows if kind == "route"],
            [(key, words) for kind, key, words, *_ in rows if kind == "unit"],
            [(key, words, saved) for kind, key, words, _, saved in rows if kind == "saved"],
        )


def _rows(kind: str, rows: QuerySet, key: Any, name: str, query: str = "") -> QuerySet:
    order = "order" if rows.model is Unit else Value(0)
    last = query or Value("", output_field=CharField())
    return rows.order_by().values_list(Value(kind, output_field=CharField()), key, name, order, last)
