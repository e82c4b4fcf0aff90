"""Before a dispatch: how many tasks for how many units, and which units could not take or approve them."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from foundation.journal.prepared import Prepared
from foundation.organization.models import Appointment, Unit
from foundation.organization.posts import Post
from workflows.plans.models import Item

from .dispatch import ALL, missing

NEEDED = (Post.DEPUTY, Post.HEAD)  # who approves inside the unit, beside the liaison officer who takes it


@dataclass
class Preview:
    """`tasks` are issued; `done_before` are put down as done. `bare`: units without a liaison officer."""

    tasks: int = 0
    done_before: int = 0
    units: int = 0
    items: int = 0
    bare: list[Unit] = field(default_factory=list)
    vacant: list[tuple[Unit, str]] = field(default_factory=list)  # with the names of the posts

    @property
    def nothing(self) -> bool:
        return not (self.tasks or self.done_before)


def _rows(disposition: str) -> Prepared:
    return Prepared(lambda: missing(disposition).values_list("unit_to", "item"))


ISSUED, DONE = _rows(Item.Disposition.DISPATCH), _rows(Item.Disposition.DONE)


def preview(plan: int, *, day: dt.date) -> Preview:
    """Four queries, whatever the number of units."""
    span = {"first": ALL[0], "last": ALL[1]}
    issued, done = ISSUED(plan=plan, **span), DONE(plan=plan, **span)
    per_unit = Counter(row[0] for row in issued)
    held = defaultdict(set)
    seats = Appointment.objects.in_force(day).filter(unit__in=per_unit, post__in=[Post.LIAISON, *NEEDED])
    for unit, post in seats.values_list("unit", "post"):
        held[unit].add(post)
    units = list(Unit.objects.filter(pk__in=per_unit))
    empty = {unit: [post.label for post in NEEDED if post not in held[unit.pk]] for unit in units}
    return Preview(
        tasks=len(issued), done_before=len(done), units=len(units), items=len({row[1] for row in issued}),
        bare=[unit for unit in units if Post.LIAISON not in held[unit.pk]],
        vacant=[(unit, "、".join(posts)) for unit, posts in empty.items() if posts],
    )  # fmt: skip
