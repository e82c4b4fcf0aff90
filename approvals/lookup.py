"""Who holds a post, and when something is due: the engine's questions, answered from appointments in force and
the working calendar; one query an opening."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.utils import timezone

from foundation.journal.prepared import TODAY, Param, Prepared
from foundation.organization.calendar import WorkCalendar
from foundation.organization.models import Appointment, Unit, in_force
from foundation.organization.posts import Post
from foundation.organization.services import working_calendar

from .engine import working_time
from .engine.routes import Fact, Group, Named, OnEmpty, PostIn, Route, Step, Superior, Who
from .engine.routes import Unit as TimeUnit
from .engine.terms import Holder
from .groups import MEMBERS, SignerGroup

POSTS = dict(Post.choices)
OFFICE = "office"  # in a route: the office's own unit, whatever its code
NAMED = "named"  # in a route: the units that the matter itself names, by their codes in its fact of that name
NAMED_UNITS = "会签单位"  # the fact: "jia,yi"
FORMER = "former"  # in a route: of the office, whoever the matter names as its former signer while they hold the post
FORMER_SIGNER = "原签批人"  # the fact: the id of their appointment
ABOVE = {
    Post.LIAISON: Post.DEPUTY,
    Post.HANDLER: Post.DEPUTY,
    Post.DEPUTY: Post.HEAD,
    Post.OFFICE_CLERK: Post.OFFICE_HEAD,
}


class Seat(NamedTuple):
    """An appointment, as far as a route asks about it."""

    pk: int
    post: str
    person: int
    name: str
    unit: int
    code: str
    kind: str
    short_name: str


SEAT = ("pk", "post", "person", "person__name", "unit", "unit__code", "unit__kind", "unit__short_name")


@lru_cache(64)
def _in_force(codes: frozenset[str], people: frozenset[int], groups: frozenset[str]) -> Prepared:
    """Everybody whom routes that name these units, people and groups may ask, for any one unit on any day."""
    wanted = Q(unit=Param("unit")) | Q(unit__code__in=sorted(codes)) | Q(person__in=sorted(people))
    if {OFFICE, FORMER} & codes:
        wanted |= Q(unit__kind=Unit.Kind.OFFICE)
    if groups:
        wanted |= Q(pk__in=_members(groups).values("appointment"))
    return Prepared(
        lambda: (
            Appointment.objects.filter(in_force(TODAY), wanted)
            .order_by("unit__order", "-acting", "start", "pk")
            .values_list(*SEAT)
        )
    )


def _members(groups: frozenset[str]) -> QuerySet:
    return MEMBERS.filter(signergroup__code__in=sorted(groups))


class Organization:
    """The posts of the subject's unit and of all units, people and groups that the route names, on one day."""

    def __init__(
        self, route: Route, unit: int, day: dt.date, facts: Mapping[str, Fact] | None = None
    ) -> None:
        self.route, self.unit, self.day, self.facts = route, unit, day, facts or {}

    @cached_property
    def named(self) -> frozenset[str]:
        return frozenset(str(self.facts.get(NAMED_UNITS, "")).split(",")) - {""}

    @cached_property
    def former(self) -> str:
        return str(self.facts.get(FORMER_SIGNER, ""))

    def holders(self, who: Who) -> Sequence[Holder]:
        if isinstance(who, PostIn):
            found = [row for row in self._rows if row.post == who.post and self._in(row, who.of)]
            same = [row for row in found if who.of == FORMER and str(row.pk) == self.former]
            return [self._holder(row) for row in same or found]
        if isinstance(who, Group):
            return [self._holder(row) for row in self._rows if (who.group, row.pk) in self._grouped]
        person = who.person if isinstance(who, Named) else None
        named = [row for row in self._rows if row.person == person]
        return [self._holder(row) for row in named[:1]]

    def superior(self, holder: Holder) -> Holder | None:
        """The next post up in the same unit; nobody above its head."""
        row = next((row for row in self._rows if row.pk == holder.seat), None)
        post = ABOVE.get(Post(row.post)) if row else None
        same = [up for up in self._rows if row and up.unit == row.unit and up.post == post]
        return self._holder(same[0]) if same else None

    def describe(self, who: Who) -> str:
        if isinstance(who, PostIn):
            return f"{self._name(who.of)}{POSTS.get(who.post, who.post)}"
        if isinstance(who, Group):
            names = SignerGroup.objects.filter(code=who.group).values_list("name", flat=True)
            return names.first() or who.group
        if isinstance(who, Superior):
            return "发起人的上级"
        person = who.person if isinstance(who, Named) else None
        return next((row.name for row in self._rows if row.person == person), "指定人员")

    def shift(self, at: dt.datetime, count: int, unit: TimeUnit) -> dt.datetime:
        return working_time.shift(timezone.localtime(at), count, unit, self._calendar)

    @cached_property
    def _calendar(self) -> WorkCalendar:
        return working_calendar(self.day.year - 1, self.day.year + 1)

    @cached_property
    def _rows(self) -> list[Seat]:
        whos = list(whos_of(self.route))
        codes = frozenset(who.of for who in whos if isinstance(who, PostIn))
        codes = codes - {NAMED} | self.named if NAMED in codes else codes
        people = frozenset(filter(None, map(person_in, whos)))
        rows = _in_force(codes, people, self._groups)(unit=self.unit, today=self.day)
        return [Seat(*row) for row in rows]

    @property
    def _groups(self) -> frozenset[str]:
        return frozenset(who.group for who in whos_of(self.route) if isinstance(who, Group))

    @cached_property
    def _grouped(self) -> set[tuple[str, int]]:
        return set(_members(self._groups).values_list("signergroup__code", "appointment"))

    def _name(self, of: str) -> str:
        if of in (OFFICE, NAMED, FORMER):
            return NAMED_UNITS if of == NAMED else "安委办"
        for row in self._rows:
            if self._in(row, of):
                return row.short_name
        named = Unit.objects.filter(pk=self.unit) if of == "unit" else Unit.objects.filter(code=of)
        return named.values_list("short_name", flat=True).first() or of

    def _in(self, row: Seat, of: str) -> bool:
        if of == "unit":
            return row.unit == self.unit
        if of == NAMED:
            return row.code in self.named
        return row.code == of or (of in (OFFICE, FORMER) and row.kind == Unit.Kind.OFFICE)

    @staticmethod
    def _holder(row: Seat) -> Holder:
        return Holder(row.person, row.pk)


def person_in(who: Who) -> int | None:
    """The id of a named person; None for what the database would not take as one."""
    named = who.person if isinstance(who, Named) else None
    return named if isinstance(named, int) and 0 < named < 2**63 else None


def asks_own_unit(route: Route) -> bool:
    """Somebody in the subject's own unit signs, so that every unit has signers of its own."""
    whos = list(whos_of(route))
    return any(isinstance(who, Superior) or (isinstance(who, PostIn) and who.of == "unit") for who in whos)


def whos_of(route: Route) -> Iterator[Who]:
    """Every rule of the route that names somebody."""
    for step in route.steps:
        yield from whos_in(step)
    if route.withdraw_consent:
        yield route.withdraw_consent


def whos_in(step: Step) -> Iterator[Who]:
    yield from step.who
    yield from step.copy
    if not isinstance(step.on_empty, OnEmpty):
        yield step.on_empty
    if step.due and step.due.escalate:
        yield step.due.escalate.to
