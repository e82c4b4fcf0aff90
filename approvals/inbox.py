"""待办 · 可领取 · 待阅 · 已办 · 我发起 · 已阅 · 草稿 of one post: what is in them, how many, in which order, a page at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.db.models import DateField, DateTimeField, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.utils import timezone

from foundation.journal.prepared import ACTOR, TODAY, Param
from foundation.organization.counting import Counted
from foundation.organization.keyset import NEWEST, PK, Key, Page, page_of
from foundation.organization.models import FAR, Appointment

from .drafts import drafts_of, page_of_drafts
from .models import Approval
from .numbers import WITHIN, Counting
from .summary import as_lines

if TYPE_CHECKING:
    from .narrowing import Narrowing

BOXES = {
    "todo": "待办", "claim": "可领取", "to_read": "待阅", "done": "已办", "started": "我发起", "read": "已阅",
    "drafts": "草稿",
}  # fmt: skip
FILTERS = {"todo": "全部", "overdue": "超期", "near": "临期", "today": "今天到", "proxy": "代理办理"}
CLAIMS = {"claim": "可领取", "claimed": "已被领取"}
NARROW = {"todo": FILTERS, "claim": CLAIMS}  # box -> what narrows it; the first is all of it
SIZE = 20
DUE = Coalesce("due_on", Value(FAR, output_field=DateField()))
TODO = (Key("due"), Key("arrived"), PK)  # what is overdue comes first by itself


MIDNIGHT, NEAR = Param("midnight", DateTimeField), Param("near", DateField)


def box_of(name: str, seat: Any, day: Any, midnight: Any, near: Any) -> QuerySet[Approval]:
    """A box by its name, or 待办 by the name of a filter; values, or parameters of a prepared statement."""
    if name == "claim":
        return Approval.objects.claimable_by(seat, day)
    if name == "claimed":
        return Approval.objects.claimed_before(seat, day)
    if name == "done":
        return Approval.objects.done_by(seat)
    if name == "started":
        return Approval.objects.started_by(seat)
    if name in ("to_read", "read"):
        return Approval.objects.copied_to(seat, name)
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
        rows = box_of(wanted.name, self.seat.pk, self.today, self.midnight, self.near)
        keys: tuple[Key, ...] = NEWEST
        if wanted.box == "todo" or wanted.name == "claim":
            rows, keys = rows.annotate(due=DUE), TODO
        return page_of(wanted.narrow(rows), keys, query, SIZE, dress=self._dress(keys))

    def _dress(self, keys: tuple[Key, ...]) -> Callable[[QuerySet], QuerySet]:
        """All that a line shows, for the twenty that are shown."""

        def dress(rows: Any) -> QuerySet:
            return as_lines(
                rows.seen_by(self.seat.pk, self.today).annotate(due=DUE) if keys is TODO else rows
            )

        return dress


def most_urgent_first(rows: QuerySet[Approval]) -> QuerySet[Approval]:
    """The order of 待办."""
    return rows.annotate(due=DUE).order_by(*(key.ordering for key in TODO))


def next_todo(seat: Appointment, now: dt.datetime, *, but: int) -> Approval | None:
    """办下一件: the first of 待办, leaving out the one just decided."""
    rows = Approval.objects.todo_of(seat, timezone.localdate(now)).exclude(pk=but)
    return most_urgent_first(rows).first()
