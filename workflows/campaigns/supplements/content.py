"""What a 补充通知 would change, item by item: for its page, its approval and its paper."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from foundation.journal.chain import canonical
from workflows.plans.models import Item
from workflows.plans.terms import Difference, Terms, differences, terms
from workflows.plans.versions import asked_at, terms_of
from workflows.tasks.diff import Ops
from workflows.tasks.diff import differences as characters

from ..models import Supplement, SupplementChange


@dataclass(frozen=True)
class Shown:
    """One changed thing with the characters that differ marked."""

    label: str
    before: str
    after: str
    ops: Ops


@dataclass(frozen=True)
class Proposed:
    """One item of it. `stale`: another 补充通知 has changed the item since this was written."""

    item: Item
    base: int
    changes: list[Shown]
    stale: bool


def terms_in(change: SupplementChange) -> Terms:
    return terms(change.text, change.deliverables, change.due)


def proposed(row: Supplement) -> list[Proposed]:
    issued = row.state == Supplement.State.ISSUED
    changes = row.changes.select_related("item__plan").prefetch_related("item__periods")
    return [
        Proposed(
            one.item,
            one.base,
            shown(differences(terms_of(asked_at(one.item, one.base)), terms_in(one))),
            not issued and one.item.version != one.base,
        )
        for one in changes
    ]


def shown(changes: list[Difference]) -> list[Shown]:
    return [Shown(one.label, one.before, one.after, characters(one.before, one.after)) for one in changes]


def digest_of(row: Supplement) -> str:
    """What its approval signs: the reason, and what every item would ask for."""
    changes = [
        {"item": one.item_id, "base": one.base, "text": one.text, "deliverables": one.deliverables, "due": one.due}
        for one in row.changes.all()
    ]  # fmt: skip
    return sha256(canonical({"reason": row.reason, "changes": changes}).encode()).hexdigest()
