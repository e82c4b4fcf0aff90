"""Background work as rows: the row, not a queue, is the truth."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from foundation.organization.models import Appointment


class JobQuerySet(models.QuerySet["Job"]):
    def due(self, now: dt.datetime) -> JobQuerySet:
        """What a worker may take now, oldest first: queued and due, or running under a lease that ran out."""
        return self.filter(ended=None, due__lte=now).order_by("due", "pk")


class Job(models.Model):
    """Work written down in the transaction of its cause and done after it, at least once.

    Its state is technical and moved only by queue.py and services.py; what the work does to the office's own
    rows goes through the journal like everything else.
    """

    class State(models.TextChoices):
        QUEUED = "queued", "排队中"  # also between two tries or rounds, and when it lets others pass
        RUNNING = "running", "办理中"
        DONE = "done", "已完成"
        FAILED = "failed", "未完成"  # all tries used up, or refused
        CANCELLED = "cancelled", "已取消"

    name = models.CharField("作业", max_length=60)  # registered in registry.py
    args = models.JSONField(default=dict)
    owner = models.ForeignKey(
        Appointment, models.PROTECT, null=True, db_index=False, related_name="+", verbose_name="发起人"
    )  # None: the system
    state = models.CharField("状态", max_length=9, choices=State, default=State.QUEUED)
    due = models.DateTimeField()  # when it may be taken next; while it runs, the end of the lease
    tries = models.PositiveSmallIntegerField(default=0)
    claims = models.PositiveIntegerField(default=0)  # only the worker of the last claim may still write here
    done_count = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    message = models.CharField(max_length=200, blank=True)
    result = models.JSONField(null=True)  # {"url", "text"} becomes a link on the page
    error = models.CharField(max_length=500, blank=True)
    periodic = models.BooleanField(default=False)
    created = models.DateTimeField()
    started = models.DateTimeField(null=True)
    ended = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        # The worker asks several times a second: an index of open jobs alone stays small for ever.
        indexes = [models.Index(fields=["due", "id"], name="job_open", condition=Q(ended=None))]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["queued", "running"], ended=None)
                | Q(state__in=["done", "failed", "cancelled"], ended__isnull=False),
                name="job_state",
            ),
            models.UniqueConstraint(fields=["name"], condition=Q(periodic=True), name="job_periodic_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("job", args=[self.pk])

    @cached_property
    def ahead(self) -> int:
        """How many jobs run, or are taken before this one, which waits."""
        if self.state != self.State.QUEUED:
            return 0
        sooner = Q(due__lt=self.due) | Q(due=self.due, pk__lt=self.pk)
        first = Job.objects.due(timezone.now()).filter(sooner)
        return (first | Job.objects.filter(state=self.State.RUNNING)).count()

    @property
    def title(self) -> str:
        from .registry import title  # the registry imports this module

        return title(self.name)
