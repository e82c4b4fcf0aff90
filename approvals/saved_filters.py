"""已存筛选: the address of a list as somebody narrowed it, under a name; a post's own.

A room whose list can be kept says in AppConfig.ready how an address of it is written: `PAGES["inbox"] = …`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.db import models, transaction
from django.http import QueryDict

from foundation.organization.actors import Actor
from foundation.organization.models import Appointment
from foundation.organization.refusals import Refused
from foundation.organization.typed import clean

MOST = 12  # of one post: more are no chips any more
LONGEST = 20  # characters of a name
LONG = 2000  # characters of an address: one of Chinese takes nine

INBOX = "inbox"

#: Name of the list's url -> the conditions of an address in one order, without the page it is at; empty for none.
PAGES: dict[str, Callable[[QueryDict], str]] = {}


class SavedFilter(models.Model):
    page = models.CharField("列表", max_length=32, default=INBOX)  # a key of PAGES
    seat = models.ForeignKey(Appointment, models.PROTECT, related_name="+", db_index=False)
    name = models.CharField("名称", max_length=LONGEST)
    query = models.CharField("条件", max_length=LONG)  # as PAGES writes it
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["seat", "page", "name"], name="saved_filter_name")]


@transaction.atomic
def save_filter(*, page: str, name: str, query: str, actor: Actor, at: dt.datetime) -> str:
    """The same name again means the new conditions. Returns them as they are kept."""
    name = clean(name).strip()
    if not name or len(name) > LONGEST:
        raise Refused(f"请给筛选起个名字，最长 {LONGEST} 字。")
    kept = PAGES[page](QueryDict(query)) if page in PAGES else ""
    if not kept:
        raise Refused("没有可以保存的条件，请先筛选或搜索。")
    if len(kept) > LONG:
        raise Refused("筛选条件太长，请缩短搜索的词再保存。")
    seat = Appointment.objects.select_for_update(no_key=True).get(pk=actor.post or 0)  # so that MOST holds
    here = SavedFilter.objects.filter(seat=seat, page=page)
    if here.exclude(name=name).count() >= MOST:
        raise Refused(f"最多保存 {MOST} 个筛选，请先删除不用的。")
    here.update_or_create(seat=seat, page=page, name=name, defaults={"query": kept, "saved_at": at})
    return kept


def remove_filter(*, pk: int, actor: Actor) -> SavedFilter | None:
    """The one that went; None where it is gone already, or somebody else's."""
    row = SavedFilter.objects.filter(pk=pk, seat=actor.post).first()
    if row is not None:
        row.delete()
    return row


def saved_of(page: str, seat: int) -> list[tuple[int, str, str]]:
    """(id, name, query). One query."""
    return list(SavedFilter.objects.filter(page=page, seat=seat).values_list("pk", "name", "query"))
