"""再次提交: what was returned to its initiator goes on in the same approval, where its route says 直送退回人.

Everything else starts anew: a route that runs all steps again, a version that is no longer the newest, a matter
that somebody else sends, a subject that can't say which of its items changed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from foundation.organization.actors import Actor
from foundation.organization.refusals import Refused

from . import deciding, store
from .engine.routes import Resubmit, facts_of
from .engine.terms import Command, Content, Do
from .models import Approval, RouteVersion, Signer
from .subjects import SUBJECTS


@dataclass(frozen=True)
class Sent:
    """What is sent now, in place of what was returned."""

    title: str
    brief: str
    digest: str
    facts: dict[str, Any]
    authors: Iterable[int]
    due_on: dt.date | None

    @classmethod
    def again(cls, row: Approval, due_on: dt.date | None) -> Sent:
        """The matter of an approval that has just ended, on its next route."""
        return cls(row.title, row.brief, row.digest, row.facts, row.authors, due_on)

    def values(self, authors: list[Any]) -> dict[str, Any]:
        """As columns of an approval; `authors` with the initiator."""
        return {
            "title": self.title[:200], "brief": self.brief[:300], "digest": self.digest, "facts": dict(self.facts),
            "authors": authors, "due_on": self.due_on,
        }  # fmt: skip


def returned(version: RouteVersion, subject: str, ids: Iterable[int]) -> dict[int, Approval]:
    """By subject: the last approval of this route, if it was returned to the initiator and may go on."""
    if store.route_of(version).resubmit is not Resubmit.JUMP_BACK:
        return {}
    rows = Approval.objects.filter(subject=subject, version__route=version.route_id)
    later = rows.filter(subject_id=OuterRef("subject_id"), pk__gt=OuterRef("pk"))
    waiting = rows.filter(~Exists(later), subject_id__in=ids, version=version, state="returned")
    return {row.subject_id: row for row in waiting.select_related("initiator__person")}


@transaction.atomic(savepoint=False)
def resume(old: Approval, sent: Sent, *, initiator: int | None, actor: Actor, at: dt.datetime) -> bool:
    """`old` goes on with what is `sent` by the post `initiator`; False where it has to start anew.

    Raises Refused where a needed post is empty or something accepted was changed.
    """
    day = timezone.localdate(at)
    now = SUBJECTS[old.subject].items(old.subject_id, sent.digest)
    if now is None or not _from(old, initiator, day):
        return False
    row = store.locked([old.pk])[old.pk]
    signers = store.signers_of([old.pk], actor, day)
    contents = store.contents_of(row, signers[row.pk])
    if row.digest not in contents:
        return False
    row.authors = sorted({*row.authors, *sent.authors})
    facts = row.facts | {
        name: sent.facts[name] for name in facts_of(store.route_of(row.version)) if name in sent.facts
    }
    by, at = row.initiator.person_id, timezone.localtime(at)
    command = Command(Do.RESUBMIT, by, digest=sent.digest, content=now, facts=facts, at=at)
    _carry_out(row, signers, contents, command, sent, actor)
    return True


def _from(old: Approval, initiator: int | None, day: dt.date) -> bool:
    """The same post sends it again, or whoever holds it now."""
    if old.initiator_id == initiator:
        return True
    now = store.seat_of(initiator) if initiator else None
    return now is not None and store.heir_of(old.initiator, Actor.of(now), day)


def _carry_out(
    row: Approval, signers: dict[int, list[Signer]], contents: dict[str, Content], command: Command, sent: Sent,
    actor: Actor,
) -> None:  # fmt: skip
    done, found, at = deciding.Done(), {row.pk: row}, timezone.localtime(command.at)
    deciding.judge(row, signers[row.pk], actor, command, at, done, row.pk, contents)
    for sentence in done.refused.values():
        raise Refused(sentence)
    due_on = sent.due_on.isoformat() if sent.due_on else None  # these go into the journal, too
    values = sent.values(row.authors) | {"due_on": due_on}
    deciding.write(found, signers, done, actor, at, command, values)
    deciding.settle(found, done, actor, at, command, [])
