"""The rows of a case's clocks: what standing.py works out, written down where it changed."""

from __future__ import annotations

from typing import Any

from ..models import Case, CaseClock
from ..standing import Standing

KEY = ("case", "rule", "name", "starts", "basis", "due")
VALUES = (*KEY[1:], "who", "unit", "verified", "above")


def worked_out(now: Standing) -> set[tuple[Any, ...]]:
    """The clocks that wait, as rows hold them; time alone changes none of them."""
    return {
        (
            one.rule.rule, one.rule.name, one.starts, now.pack.cite(*one.cites), one.due,
            one.rule.who, one.limit.unit.value, one.verified, one.rule.above,
        )
        for one in now.live
    }  # fmt: skip


def kept(row: CaseClock) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in VALUES)


def keep_clocks(now: Standing) -> None:
    """Called under the lock of the case. Nothing is written where nothing changed."""
    known, wanted = _live(now.case), worked_out(now)
    if gone := [known[values].pk for values in known.keys() - wanted]:
        rows = CaseClock.objects.filter(pk__in=gone)
        rows.filter(lapsed_at=None).delete()
        rows.update(live=False)
    new = sorted(wanted - known.keys(), key=str)
    CaseClock.objects.bulk_create(
        [CaseClock(case=now.case, **dict(zip(VALUES, one, strict=True))) for one in new],
        update_conflicts=True, unique_fields=KEY, update_fields=["verified", "live"],
    )  # fmt: skip


def unlike(now: Standing) -> bool:
    """The rows are not what is worked out."""
    return worked_out(now) != _live(now.case).keys()


def _live(case: Case) -> dict[tuple[Any, ...], CaseClock]:
    return {kept(row): row for row in case.clocks.all() if row.live}
