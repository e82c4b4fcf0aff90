"""What somebody wrote for a paper of a case before it is made, for whoever goes on with it."""

from __future__ import annotations

from django.db import models

from foundation.organization.models import Appointment


class PaperDraft(models.Model):
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="+")
    paper = models.SlugField(max_length=20)  # of papers/kinds.py
    about = models.PositiveBigIntegerField(default=0)  # the decision it is for, where there is one for each
    typed = models.JSONField("填写的内容", default=dict)
    by = models.ForeignKey(Appointment, models.PROTECT, related_name="+")
    changed = models.DateTimeField("保存时间", auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "paper", "about"], name="paper_draft_once")]
