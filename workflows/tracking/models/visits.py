"""When somebody last looked at a campaign: what changed since is told by the journal."""

from __future__ import annotations

from django.db import models

from foundation.organization.models import Person
from workflows.plans.models import Plan


class Visit(models.Model):
    """One a person and campaign, whatever post they look under. A sitting of several looks has one `since`: the end
    of the sitting before it; None in the first."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="+", db_index=False)
    looked_at = models.DateTimeField()
    since = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "plan"], name="visit_once")]
