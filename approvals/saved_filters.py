"""已存筛选: the address of an inbox as somebody narrowed it, under a name; a post's own."""

from __future__ import annotations

import datetime as dt

from django.db import models, transaction

from foundation.organization.actors import Actor
from foundation.organization.models import Appointment
from foundation.organization.refusals import Refused
from foundation.organization.typed import clean

MOST = 12  # of one post: more are no chips any more
LONGEST = 20  # characters of a name
LONG = 500  # characters of an address


class SavedFilter(models.Model):
    seat = models.ForeignKey(Appointment, models.PROTECT, related_name="+", db_index=False)
    name = models.CharField("名称", max_length=LONGEST)
    query = models.CharField("条件", max_length=LONG)  # as approvals/narrowing.py writes it
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["seat", "name"], name="saved_filter_name")]


@transaction.atomic
def save_filter(*, name: str, query: str, actor: Actor, at: dt.datetime) -> None:
    """The same name again means the new conditions."""
    name = clean(name).strip()
    if not name or len(name) > LONGEST:
        raise Refused(f"请给筛选起个名字，最长 {LONGEST} 字。")
    if not query or len(query) > LONG:
        raise Refused("没有可以保存的条件，请先筛选或搜索。")
    seat = Appointment.objects.select_for_update(no_key=True).get(pk=actor.post or 0)  # so that MOST holds
    if SavedFilter.objects.filter(seat=seat).exclude(name=name).count() >= MOST:
        raise Refused(f"最多保存 {MOST} 个筛选，请先删除不用的。")
    SavedFilter.objects.update_or_create(seat=seat, name=name, defaults={"query": query, "saved_at": at})


def remove_filter(*, pk: int, actor: Actor) -> str:
    """Its name; empty where it is gone already, or somebody else's."""
    row = SavedFilter.objects.filter(pk=pk, seat=actor.post).first()
    if row is None:
        return ""
    row.delete()
    return row.name
