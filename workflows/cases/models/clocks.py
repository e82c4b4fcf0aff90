"""时限 of open cases, kept for lists."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from .cases import Case


class CaseClock(models.Model):
    """A clock that waits for somebody, as clocks.py worked it out when its case last changed.

    Its values never change: a clock that moved is another row. Whether it is overdue is worked out when it is read.
    One that has lapsed stays as a row when it no longer waits, so that it never lapses again.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="clocks", db_index=False)
    rule = models.CharField(max_length=16)  # of the case's pack
    name = models.CharField("办理事项", max_length=60)
    who = models.CharField("由谁办", max_length=16)  # of rule_words.WHO
    basis = models.TextField("依据")  # as many articles as a pack names
    starts = models.DateTimeField("起算")
    due = models.DateTimeField("最迟", null=True)  # None while it stands still
    unit = models.CharField(max_length=12)  # of counting.Unit
    verified = models.BooleanField()
    above = models.BooleanField()  # overdue, it is told above the head of the agency
    live = models.BooleanField(default=True)
    told = models.PositiveSmallIntegerField(null=True)  # the last step before its end that was told
    lapsed_at = models.DateTimeField("记为逾期", null=True)  # by the sweep

    class Meta:
        ordering = [F("due").asc(nulls_last=True), "pk"]
        indexes = [
            models.Index(
                fields=["due", "id"], name="case_clock_due", condition=Q(live=True, due__isnull=False)
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "rule", "name", "starts", "basis", "due"], name="case_clock_once"
            ),
            models.CheckConstraint(
                condition=Q(live=True) | Q(lapsed_at__isnull=False), name="case_clock_kept"
            ),
        ]

    def __str__(self) -> str:
        return self.name
