"""待办 · 可领取 · 待阅 · 已办 · 我发起 · 已阅 · 草稿 of one post: what is in them, how many, in which order, a page at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.db.models import BigIntegerField, DateField, DateTimeField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.utils import timezone

from foundation.journal.prepared import ACTOR, TODAY, Param, PreparedRows
from foundation.organization.counting import Counted
from foundation.organization.keyset import NEWEST, PK, Fetch, Key, Keys, Page, page_by, stretch
from foundation.organization.models import FAR, Appointment

from .drafts import drafts_of, page_of_drafts
from .models import Approval, Signer
from .numbers import WITHIN, Counting
from .summary import as_lines, awaited

if TYPE_CHECKING:
    from .narrowing import Narrowing

BOXES = {
    "todo": "待办", "claim": "可领取", "to_read": "待阅", "done": "已办", "started": "我发起", "read": "已阅",
    "drafts": "草稿",
}  # fmt: skip
FILTERS = {"todo": "全部", "overdue": "超期", "near": "临期", "today": "今天到", "proxy": "代理办理"}
CLAIMS = {"claim": "可领取", "claimed": "已被领取"}
TOLD = ("to_read", "done", "read")  # boxes that lie among the post's own rows of signers
NARROW = {"todo": FILTERS, "claim": CLAIMS}  # box -> what narrows it; the first is all of it
SIZE = 20
DUE = Coalesce("due_on", Value(FAR, output_field=DateField()))
TODO = (Key("due"), Key("arrived"), PK)  # what is overdue comes first by itself


Cursor = Sequence[Any] | None
Moment = tuple[Any, Any, Any, Any]  # seat, day, midnight, near: values, or parameters of a prepared statement
MIDNIGHT, NEAR = Param("midnight", DateTimeField), Param("near", DateField)


def box_of(name: str, seat: Any, day: Any, midnight: Any, near: Any) -> QuerySet[Approval]:
    """A box by its name, or 待办 by the name of a filter; values, or parameters of a prepared statement."""
    if name == "claim":
        return Approval.objects.claimable_by(seat, day)
    if name == "claimed":
        return Approval.objects.claimed_before(seat, day)
    if name in TOLD:
        return Approval.objects.told_to(seat, name)
    if name == "started":
        return Approval.objects.started_by(seat)
    if name == "batch":
        return in_batch(seat, day)
    wanted = {
        "overdue": Q(due_on__lt=day), "near": Q(due_on__gte=day, due_on__lte=near), "today": Q(arrived__gte=midnight),
        "proxy": Q(proxied=True),
    }  # fmt: skip
    return Approval.objects.todo_of(seat, day).filter(wanted.get(name, Q()))


def in_batch(seat: Any, day: Any) -> QuerySet[Approval]:
    """What of 待办 may be agreed to together: where the route says so."""
    return Approval.objects.todo_of(seat, day).filter(version__definition__batch=True)


def _counted(name: str) -> Any:
    if name == "drafts":  # several lists, each counted
        return sum(map(Counted, drafts_of(ACTOR, TODAY)), Value(0))
    if name in TOLD:
        return Counted(Signer.objects.told_to(ACTOR, name).order_by("-approval_id"), of="approval_id")
    return Counted(box_of(name, ACTOR, TODAY, MIDNIGHT, NEAR))


@lru_cache(None)
def _counting(names: tuple[str, ...]) -> tuple[tuple[str, ...], Counting]:
    """What is counted, in the order of its numbers. Of 待办 alone nothing is gone through beyond the first hundred."""
    within = tuple(name for name in names if name in WITHIN)
    within = () if within == ("todo",) else within
    others = tuple(name for name in names if name not in within)
    return others + within, Counting(within, lambda: list(map(_counted, others)))


@dataclass(frozen=True)
class Inbox:
    """The boxes of one post at one moment."""

    seat: Appointment
    now: dt.datetime
    near: dt.date | None = None  # the last day that is 临期, where one asks for that

    @property
    def today(self) -> dt.date:
        return timezone.localdate(self.now)

    @property
    def midnight(self) -> dt.datetime:
        return timezone.make_aware(dt.datetime.combine(self.today, dt.time()))

    def counts(self, *names: str) -> dict[str, int]:
        """How many are in the boxes and filters asked for, in one query."""
        order, counting = _counting(names)
        values = {"today": self.today, "midnight": self.midnight, "near": self.near}
        return dict(zip(order, counting.numbers(actor=self.seat.pk, **values), strict=True))

    def page(self, wanted: Narrowing, query: QueryDict) -> Page:
        """20 rows: of 待办 the overdue first, then by due date and arrival; of the others the newest first."""
        if wanted.box == "drafts":
            return page_of_drafts(self.seat.pk, self.today, wanted.words, query, SIZE)
        keys = TODO if wanted.box == "todo" or wanted.name == "claim" else NEWEST
        page = page_by(
            self._asked(wanted) if wanted.searched else self._ready(wanted.name), keys, query, SIZE
        )
        if keys is not TODO:
            awaited(page.rows)
        return page

    def _asked(self, wanted: Narrowing) -> Fetch:
        def fetch(order: Keys, cursor: Cursor, most: int) -> list[Approval]:
            moment = self.seat.pk, self.today, self.midnight, self.near
            return list(_lines(wanted.name, moment, order, cursor, most, wanted.narrow))

        return fetch

    def _ready(self, name: str) -> Fetch:
        """The same for a box that nobody searches: its statement is worked out once, not at every look."""
        values = {"actor": self.seat.pk, "today": self.today, "midnight": self.midnight, "near": self.near}

        def fetch(order: Keys, cursor: Cursor, most: int) -> list[Approval]:
            at = {f"at{n}": value for n, value in enumerate(cursor or ())}
            kinds = tuple(KINDS[type(value)] for value in at.values())
            return _prepared(name, order, kinds, most)(**values, **at)

        return fetch


KINDS = {int: BigIntegerField, dt.date: DateField, dt.datetime: DateTimeField}


Narrow = Callable[[QuerySet[Approval]], QuerySet[Approval]]


def _lines(
    name: str, moment: Moment, order: Keys, cursor: Cursor, most: int, narrow: Narrow | None = None
) -> QuerySet[Approval]:
    """A stretch of a box with all that its lines show."""
    if name in TOLD:
        found = Approval.objects.filter(pk__in=_told(name, moment[0], order, cursor, most, narrow))
        return as_lines(found).order_by(*(key.ordering for key in order))
    sorted_by_day = "due" in {key.name for key in order}

    def dress(rows: Any) -> QuerySet:
        return as_lines(rows.seen_by(*moment[:2]).annotate(due=DUE) if sorted_by_day else rows)

    rows = box_of(name, *moment)
    rows = rows.annotate(due=DUE) if sorted_by_day else rows
    return stretch(narrow(rows) if narrow else rows, order, cursor, most, dress)


def _told(
    name: str, seat: Any, order: Keys, cursor: Cursor, most: int, narrow: Narrow | None
) -> QuerySet[Signer]:
    """The approvals of such a stretch by their rows of signers: no more of them are read than are shown."""
    rows = Signer.objects.told_to(seat, name).values("approval_id").distinct()
    if narrow:
        rows = rows.filter(Exists(narrow(Approval.objects.filter(pk=OuterRef("approval_id")))))
    return stretch(rows, tuple(replace(key, name="approval_id") for key in order), cursor, most, None)


@lru_cache(None)
def _prepared(name: str, order: Keys, kinds: tuple[Any, ...], most: int) -> PreparedRows[Approval]:
    """`kinds` of the cursor's values, none on the first page. There are as many of them as boxes and directions."""
    cursor = [Param(f"at{n}", kind) for n, kind in enumerate(kinds)] or None
    moment = ACTOR, TODAY, MIDNIGHT, NEAR
    return PreparedRows(lambda: _lines(name, moment, order, cursor, most))


def most_urgent_first(rows: QuerySet[Approval]) -> QuerySet[Approval]:
    """The order of 待办."""
    return rows.annotate(due=DUE).order_by(*(key.ordering for key in TODO))


def next_todo(seat: Appointment, now: dt.datetime, *, but: int) -> Approval | None:
    """办下一件: the first of 待办, leaving out the one just decided."""
    rows = Approval.objects.todo_of(seat, timezone.localdate(now)).exclude(pk=but)
    return most_urgent_first(rows).first()
