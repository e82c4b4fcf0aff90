"""The journal: one append-only table for everything that happened, a hash chain for every target."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import ClassVar

from django.conf import settings
from django.db import models
from django_fsm import FSMModelMixin

from foundation.organization import audit
from foundation.organization.models import Appointment

from .chain import canonical, seal, words_digest


class Journaled(FSMModelMixin, models.Model):
    """A row whose history is a chain: how long it is, and the hash at its end.

    Only foundation/journal/moves.py writes these two columns and the state.
    """

    # What happens to it beside its transitions: {"create": "建立草稿"}.
    verbs: ClassVar[dict[str, str]] = {}

    journal_seq = models.PositiveIntegerField(default=0, editable=False)
    journal_head = models.CharField(max_length=64, default="", editable=False)

    class Meta:
        abstract = True


class Book(Journaled):
    """The target of what happens to rows that are no targets themselves. Its name stands where a state would."""

    verbs = audit.VERBS

    name = models.CharField(max_length=20, unique=True)

    def __str__(self) -> str:
        return self.name


class Entry(models.Model):
    """One thing that happened to one target. Written by moves.py, never changed (triggers hold that).

    `words` are personal (opinion, reason, IP): only their salted digest enters the chain, so that the law
    can have them removed without breaking it.
    """

    target = models.CharField(max_length=40)  # "tasks.task"
    target_id = models.BigIntegerField()
    seq = models.PositiveIntegerField()
    verb = models.CharField(max_length=60)  # registered in verbs.py
    source = models.CharField(max_length=20)
    to = models.CharField(max_length=20)  # empty where the state stayed
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, db_index=False, related_name="+"
    )
    post = models.ForeignKey(Appointment, models.PROTECT, null=True, db_index=False, related_name="+")
    behalf = models.ForeignKey(Appointment, models.PROTECT, null=True, db_index=False, related_name="+")
    data = models.JSONField(default=dict)
    words = models.JSONField(null=True)
    words_salt = models.CharField(max_length=32, default="")
    words_hash = models.CharField(max_length=64, default="")
    at = models.DateTimeField()
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["target", "target_id", "seq"], name="journal_chain")]
        indexes = [models.Index(fields=["actor", "-id"], name="journal_actor")]

    def content(self) -> str:
        """What the hash covers beside the place in the chain."""
        return content(
            verb=self.verb, to=self.to, actor=self.actor_id, post=self.post_id, behalf=self.behalf_id,
            data=self.data, words=self.words_hash, at=self.at,
        )  # fmt: skip

    def holds_after(self, head: str) -> bool:
        """The entry is as it was written, after `head`; words may be gone but not changed."""
        try:
            if self.words is not None and self.words_hash != words_digest(self.words_salt, self.words):
                return False
            sealed = seal(head, self.target, self.target_id, self.seq, self.source, self.content())
        except TypeError:  # a float, which nothing writes here
            return False
        return self.hash == sealed


def content(*, at: dt.datetime, **values: object) -> str:
    return canonical(values | {"at": _instant(at)})


@lru_cache(16)
def _instant(at: dt.datetime) -> str:
    """One act writes the same instant many times."""
    return at.astimezone(dt.UTC).isoformat(timespec="microseconds")
