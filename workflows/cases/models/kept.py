"""What a case is made of is never deleted: a wrong row is struck out with the reason."""

from __future__ import annotations

from django.db import models

from foundation.organization.models import Appointment


class Kept(models.Model):
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    by = models.ForeignKey(Appointment, models.PROTECT, related_name="+")
    recorded = models.DateTimeField(auto_now_add=True)
    struck_at = models.DateTimeField(null=True)
    struck_by = models.ForeignKey(Appointment, models.PROTECT, null=True, related_name="+")
    struck_why = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True


def verbs_of(row: str, name: str) -> dict[str, str]:
    """What the journal of a case says of such a row."""
    return {f"add_{row}": f"登记{name}", f"change_{row}": f"修改{name}", f"strike_{row}": f"划去{name}"}
