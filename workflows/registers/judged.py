"""What the judges are shown of a work, and what their votes do to it."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.urls import reverse
from django.utils import timezone

from approvals.models import Signer
from approvals.subjects import Matter, Settled, Subject
from foundation.journal.moves import transition
from foundation.organization.posts import OFFICE_POSTS
from foundation.organization.rules import holds

from .library import kind_on
from .models import Candidate
from .services.selecting import LABEL, digest
from .showing import facts_of

MOVES = {"approved": Candidate.accept, "rejected": Candidate.fail}  # all else goes back


def settle(ended: list[Settled]) -> None:
    """Each with its own numbers: a selection has dozens of works, not thousands."""
    said: dict[int, Counter[str]] = {one.approval: Counter() for one in ended}
    for approval, state in Signer.objects.filter(approval__in=said).values_list("approval", "state"):
        said[approval][state] += 1
    for one in ended:
        move, told = MOVES.get(one.result), said[one.approval]
        data = {"yes": told["agreed"], "no": told["rejected"], "abstained": told["abstained"]} if move else {}
        words = {"opinion": one.opinion}
        transition(
            move or Candidate.send_back, one.subject_id, actor=one.actor, at=one.at, data=data, words=words
        ).all_or_refuse()


def matter(pk: int, digest: str, seen: str) -> Matter:
    """The work as it stands; an approval whose digest differs says so itself."""
    one = Candidate.objects.select_related("selection", "row__register").get(pk=pk)
    kind = kind_on(one.row.register.code, timezone.localdate())
    context: dict[str, Any] = {"candidate": one, "facts": facts_of(kind, one.row.cells) if kind else []}
    return Matter("registers/_work.html", context, reverse("register_selection", args=[one.selection_id]))


SUBJECT = (LABEL, Subject(settle, matter, digest, readers=holds(*OFFICE_POSTS)))
