"""What is archived: 件 with their 档号, gap-free in each series, and the packages made of them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django_fsm import FSMField, transition

from foundation.jobs.models import Job
from foundation.journal.models import Journaled
from foundation.organization.models import Appointment

from .document import Document


class Series(models.Model):
    """全宗、门类、年度、保管期限 and 机构（问题） together; `last` is the 件号 given last."""

    name = models.CharField(max_length=60, unique=True)  # a 档号 without its 件号
    last = models.PositiveIntegerField(default=0)


class ArchiveItem(Journaled):
    """一件: a document with its attachments, 处理单 and 审批单, as it was when it was archived.

    `content` is the snapshot that `digest` seals; the digest stands in the journal as well.
    """

    verbs = {"create": "归档"}

    class State(models.TextChoices):
        ARCHIVED = "archived", "已归档"  # nothing of it changes any more
        VOID = "void", "已作废"  # archived by mistake; its number stays taken

    class Term(models.TextChoices):
        PERMANENT = "permanent", "永久"
        Y30 = "y30", "30年"
        Y10 = "y10", "10年"

    document = models.ForeignKey(Document, models.PROTECT, related_name="archive_items", verbose_name="公文")
    series = models.ForeignKey(Series, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField("件号")
    reference = models.CharField("档号", max_length=80, unique=True)
    year = models.PositiveSmallIntegerField("年度")
    term = models.CharField("保管期限", max_length=9, choices=Term)
    basis = models.CharField("期限依据", max_length=200)
    reason = models.CharField("改定理由", max_length=200, blank=True)  # why not the term of the table
    archived_on = models.DateField("归档日期")
    content = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    state = FSMField("状态", default=State.ARCHIVED, choices=State, protected=True, max_length=16)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["year", "term"], name="archive_year_term")]
        constraints = [
            models.UniqueConstraint(fields=["series", "number"], name="archive_number"),
            models.UniqueConstraint(
                fields=["document"], condition=Q(state="archived"), name="archive_document_once"
            ),
            models.CheckConstraint(condition=Q(state__in=["archived", "void"]), name="archive_state"),
        ]

    def __str__(self) -> str:
        return self.reference

    @transition(state, source="archived", target="void", custom={"says": "作废"})
    def void(self):
        return {}


class ArchivePackage(models.Model):
    """归档包: who asked for which 件 as one file, and the digest it must have for ever."""

    by = models.ForeignKey(Appointment, models.PROTECT, related_name="+", verbose_name="制作人")
    title = models.CharField("名称", max_length=120)
    items = models.JSONField(default=list)  # ids of what is in it, in their order
    at = models.DateTimeField("时间")
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")  # that makes it
    sha256 = models.CharField(max_length=64, blank=True)  # empty until it is made
    size = models.PositiveBigIntegerField(default=0)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title


class SearchText(models.Model):
    """A document as it is searched: its lines folded (archiving/finding). The tokens stand in a table of their own."""

    document = models.OneToOneField(Document, models.CASCADE, primary_key=True, related_name="search")
    folded = models.TextField()
