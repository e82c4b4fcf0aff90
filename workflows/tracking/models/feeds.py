"""日程订阅: the secret address under which a unit's schedule is read by calendars outside."""

from __future__ import annotations

from django.core.signing import BadSignature, Signer
from django.db import models

from foundation.journal.models import Journaled
from foundation.organization.models import Unit

SIGNER = Signer(sep="~", salt="tracking.feed")


class Feed(Journaled):
    """One for a unit. Its address bears a signature over `number`: nothing secret is stored, and a new number
    makes the old address worthless."""

    verbs = {"create": "开通日程订阅", "renew": "更换日程订阅地址"}

    unit = models.OneToOneField(Unit, models.PROTECT, related_name="feed")
    number = models.PositiveIntegerField(default=1)

    @property
    def token(self) -> str:
        return SIGNER.sign(f"{self.pk}-{self.number}")

    @classmethod
    def of(cls, token: str) -> Feed | None:
        """None for what is no address of ours, or one that was renewed since."""
        try:
            pk, _, number = SIGNER.unsign(token).partition("-")
        except BadSignature:
            return None
        return cls.objects.select_related("unit").filter(pk=int(pk), number=int(number)).first()
