"""The outbox: one row for each event, person and channel."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from foundation.journal.models import Entry
from foundation.organization.models import Appointment, Person


class MessageQuerySet(models.QuerySet["Message"]):
    def of(self, person: int | None) -> MessageQuerySet:
        """What one reads on the site."""
        return self.filter(person=person, channel=Message.Channel.SITE)

    def unread(self) -> MessageQuerySet:
        return self.filter(read_at=None)


class Message(models.Model):
    """What one person is told of one journal entry by one channel. It holds no words: they follow from the entry's
    verb and the kind (registry.py)."""

    class Channel(models.TextChoices):
        SITE = "site", "站内"

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    seat = models.ForeignKey(Appointment, models.PROTECT, related_name="+", db_index=False)  # told as this
    channel = models.CharField("渠道", max_length=8, choices=Channel)
    kind = models.CharField("类别", max_length=32)  # of registry.KINDS
    read_at = models.DateTimeField(null=True)

    # What a line of a list shows (listing.py).
    name: str
    says: str
    title: str

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "person", "channel"], name="message_once"),
        ]
        indexes = [
            models.Index(fields=["person", "-id"], name="message_of", condition=Q(channel="site")),
            models.Index(
                fields=["person", "-id"], name="message_unread", condition=Q(channel="site", read_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("message", args=[self.pk])


class Cursor(models.Model):
    """How far the journal is spread: a single row. `gaps` lists ranges of ids below `upto` that were not there when
    it was read, with the writers of that moment (horizon.py)."""

    upto = models.BigIntegerField(default=0)
    gaps = models.JSONField(default=list)
