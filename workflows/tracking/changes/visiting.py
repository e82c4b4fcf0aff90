"""Remembering a look. It changes nothing that anybody else sees, so a page that is read may do it."""

from __future__ import annotations

import datetime as dt

from ..models import Visit

SITTING = dt.timedelta(minutes=30)  # looks closer together than that are one sitting
STEP = dt.timedelta(minutes=2)  # a look so soon after the last is not written down


def look_at(*, plan: int, person: int, at: dt.datetime) -> dt.datetime | None:
    """Since when changes are told in this sitting; None in the first that somebody has with this campaign."""
    row, first = Visit.objects.get_or_create(person_id=person, plan_id=plan, defaults={"looked_at": at})
    if first or at - row.looked_at < STEP:
        return row.since
    since = row.looked_at if at - row.looked_at > SITTING else row.since
    Visit.objects.filter(pk=row.pk, looked_at=row.looked_at).update(looked_at=at, since=since)
    return since
