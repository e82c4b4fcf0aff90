"""The outbox: one row for each event, person and channel; and how each person wants to be told."""

from __future__ import annotations

from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from foundation.journal.models import Entry
from foundation.organization.models import Appointment, Person

from .wishes import Quiet

# No @all, and no second person behind a bar.
ACCOUNT = RegexValidator(
    r"\A[A-Za-z0-9][A-Za-z0-9_.@-]*\Z", "企业微信账号由字母、数字和 _ - @ . 组成，以字母或数字开头。"
)


class MessageQuerySet(models.QuerySet["Message"]):
    def of(self, person: Any) -> MessageQuerySet:
        """What one reads on the site."""
        return self.filter(person=person, channel=Message.Channel.SITE)

    def unread(self) -> MessageQuerySet:
        return self.filter(read_at=None)


class Message(models.Model):
    """What one person is told of one journal entry by one channel. It holds no words: they follow from the entry's
    verb and the kind (registry.py)."""

    class Channel(models.TextChoices):
        SITE = "site", "站内"
        EMAIL = "email", "邮件"
        WECOM = "wecom", "企业微信"
        ROBOT = "robot", "群机器人"
        SMS = "sms", "短信"

    class State(models.TextChoices):
        """Technical, like a job's: moved by sending.py alone."""

        WAITING = "waiting", "待发"  # also between two tries
        SENT = "sent", "已发"  # or made, on the site
        SKIPPED = "skipped", "不用发"  # read on the site, or switched off, before it was time
        FAILED = "failed", "未送达"  # all tries used up, or refused for good; somebody may have it sent again

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    seat = models.ForeignKey(Appointment, models.PROTECT, related_name="+", db_index=False)  # told as this
    channel = models.CharField("渠道", max_length=8, choices=Channel)
    kind = models.CharField("类别", max_length=32)  # of registry.KINDS
    read_at = models.DateTimeField(null=True)
    state = models.CharField("状态", max_length=8, choices=State, default=State.SENT)
    digest = models.BooleanField(default=False)  # told with others, at nine
    planned = models.DateTimeField(null=True)  # when it is to go out; never changes
    due = models.DateTimeField(null=True)  # the next try; while one is under way, when it counts as lost
    parcel = models.BigIntegerField(
        null=True
    )  # the first of those that were told together: they stay together
    tries = models.PositiveSmallIntegerField(default=0)
    ended = models.DateTimeField(null=True)
    error = models.CharField("原因", max_length=200, blank=True)

    # What a line of a list shows (listing.py).
    name: str
    says: str
    title: str

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "person", "channel"], name="message_once"),
            models.CheckConstraint(
                condition=Q(channel="site", planned=None, state="sent")
                | (~Q(channel="site") & Q(planned__isnull=False, due__isnull=False)),
                name="message_planned",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-id"], name="message_of", condition=Q(channel="site")),
            models.Index(
                fields=["person", "-id"], name="message_unread", condition=Q(channel="site", read_at=None)
            ),
            models.Index(fields=["due", "id"], name="message_due", condition=Q(state="waiting")),
            models.Index(fields=["-id"], name="message_failed", condition=Q(state="failed")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("message", args=[self.pk])


class Preference(models.Model):
    """消息设置 of one person; without a row everything is as wishes.py has it."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="preference")
    email = models.EmailField("邮箱", blank=True)
    wecom = models.CharField("企业微信账号", max_length=64, blank=True, validators=[ACCOUNT])
    quiet_from = models.TimeField("免打扰自", default=Quiet.start)
    quiet_to = models.TimeField("至", default=Quiet.end)
    quiet_free = models.BooleanField("非工作日全天免打扰", default=Quiet.free)
    choices = models.JSONField(default=dict)  # {kind: {channel: wish}}, as far as chosen


class Cursor(models.Model):
    """How far the journal is spread: a single row. `gaps` lists ranges of ids below `upto` that were not there when
    it was read, with the writers of that moment (horizon.py)."""

    upto = models.BigIntegerField(default=0)
    gaps = models.JSONField(default=list)
