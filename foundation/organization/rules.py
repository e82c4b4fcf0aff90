"""Guards written once: a condition on a queryset (`q`) and a predicate for one row (calling it).

`actor` and `day` are values, or parameters of a prepared statement (foundation/journal/prepared.py).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q

from .actors import Actor
from .models import Appointment, in_force


@dataclass(frozen=True)
class Rule:
    """`says` is the sentence for the person who may not."""

    says: str
    q: Callable[[Any, Any], Q]  # (appointment acted under, day) -> condition

    def __call__(self, row: Model, actor: Actor, day: Any) -> bool:
        return type(row)._base_manager.filter(self.q(actor.post, day), pk=row.pk).exists()


def holds(*posts: str, **same: str) -> Callable[[Any, Any], Q]:
    """The identity acted under is one of `posts`, in force; `same` ties its columns to the row's."""

    def q(actor: Any, day: Any) -> Q:
        seats = Appointment.objects.filter(in_force(day), pk=actor, post__in=posts)
        return Q(Exists(seats.filter(**{mine: OuterRef(theirs) for mine, theirs in same.items()})))

    return q
