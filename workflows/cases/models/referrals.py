"""移送 in the product: the process that takes a case from the suspicion to the police."""

from __future__ import annotations

from django.db import models
from viewflow.workflow import PROCESS
from viewflow.workflow.models import Process

from .cases import Case


class ReferralProcess(Process):
    """One run of the agency's own steps of a referral. What happened in it are events of the case."""

    # Of the pack, and names of nodes of the flow. While it runs, nobody else records them.
    STEPS = ("suspected", "team", "reported", "approved", "refused", "handed_over", "copied")

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    more = models.CharField("补充说明", max_length=500, blank=True)  # to the report, after it was returned

    @classmethod
    def running(cls, case: int) -> ReferralProcess | None:
        return cls.objects.filter(case=case, status=PROCESS.NEW).first()
