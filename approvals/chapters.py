"""Every time a matter was sent, oldest first, with the rows that were asked then: what a trail is told in."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from foundation.journal.models import Entry

from . import store
from .engine.terms import Link
from .models import Approval, Signer

AGAIN = "approvals.approval.resubmit"
FIRST = 1  # round
Beginnings = list[tuple[int, dt.datetime]]  # the round that began, and when


@dataclass(frozen=True)
class Chapter:
    approval: Approval
    rows: list[Signer]
    begun: dt.datetime
    again: bool  # it was sent before, and this approval goes on
    last: bool

    @property
    def ended(self) -> str:
        """How: only what was returned is sent again."""
        return self.approval.state if self.last else Approval.State.RETURNED

    @property
    def first_step(self) -> int:
        return min((row.step for row in self.rows if row.link != Link.COPY), default=1)


def approvals_of(subject: str, subject_id: int) -> list[Approval]:
    """Every approval of one matter, oldest first; one query."""
    rows = Approval.objects.filter(subject=subject, subject_id=subject_id)
    return list(rows.select_related("initiator__person", "version__route").order_by("pk"))


def beginnings(approvals: Iterable[Approval]) -> dict[int, Beginnings]:
    """By approval. One query, and only where something was sent again."""
    found = {one.pk: [(FIRST, one.created)] for one in approvals}
    again = [one.pk for one in approvals if one.began > FIRST]
    entries = Entry.objects.filter(target="approvals.approval", target_id__in=again, verb=AGAIN).order_by(
        "seq"
    )
    for pk, data, at in entries.values_list("target_id", "data", "at") if again else ():
        found[pk].append((data["began"], at))
    return found


def chapters_of(subject: str, subject_id: int) -> list[Chapter]:
    """Of all approvals of one matter; two queries, one more where it was sent again."""
    approvals = approvals_of(subject, subject_id)
    return chapters(approvals, beginnings(approvals), store.rows_of(one.pk for one in approvals))


def chapters(
    approvals: Iterable[Approval], begun: dict[int, Beginnings], signers: dict[int, list[Signer]]
) -> list[Chapter]:
    told = [chapter for one in approvals for chapter in _of(one, begun[one.pk], signers[one.pk])]
    return sorted(told, key=lambda chapter: chapter.begun)


def _of(approval: Approval, begun: Beginnings, rows: list[Signer]) -> Iterable[Chapter]:
    parts: dict[int, list[Signer]] = defaultdict(list)
    for row in rows:
        parts[max(first for first, _ in begun if first <= row.round)].append(row)
    final, _ = begun[-1]
    for first, at in begun:
        yield Chapter(approval, parts[first], at, first > FIRST, first == final)
