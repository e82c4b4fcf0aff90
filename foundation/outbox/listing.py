"""消息 of one person: a page of them, with the titles that they may read."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse

from foundation.organization.keyset import NEWEST, Page, page_of
from foundation.organization.models import Appointment

from .models import Message
from .registry import SHOWN, Event, informed, name_of, sentence

SIZE = 30


def page_of_messages(
    person: int, query: QueryDict, *, unread: bool, held: list[Appointment], day: dt.date
) -> Page:
    rows = Message.objects.of(person)
    page = page_of(rows.unread() if unread else rows, NEWEST, query, SIZE, dress=_dress)
    _say(page.rows, held, day)
    return page


def _dress(rows: QuerySet[Message]) -> QuerySet[Message]:
    return rows.select_related("entry", "seat__unit")


def _say(rows: Iterable[Message], held: list[Appointment], day: dt.date) -> None:
    """What a line shows. A title is read under the post that was told, by the subject's own rule: one query for each
    post and kind of subject, however many messages."""
    groups: dict[tuple[str, int], list[int]] = defaultdict(list)
    mine = {seat.pk for seat in held}
    for row in rows:
        if row.entry.target in SHOWN and row.seat_id in mine:
            groups[row.entry.target, row.seat_id].append(row.entry.target_id)
    titles: dict[tuple[str, int, int], str] = {}
    for (label, seat), pks in groups.items():
        shown = SHOWN[label]
        seen = shown.model._base_manager.filter(shown.rule.q(seat, day), pk__in=pks)
        titles |= {(label, seat, pk): title for pk, title in seen.values_list("pk", shown.title)}
    for row in rows:
        row.title = titles.get((row.entry.target, row.seat_id, row.entry.target_id), "")
        row.name, row.says = name_of(row.kind), sentence(row.entry, row.kind)


def page_about(message: Message) -> str:
    """The address of what happened; empty where its room has no page for it."""
    entry = message.entry
    made, shown = informed(entry, message.kind), SHOWN.get(entry.target)
    if made and made.page:
        return made.page(Event.of(entry))
    if shown is None:
        return ""
    target = shown.model._base_manager.filter(pk=entry.target_id).values_list(shown.pk, flat=True).first()
    return reverse(shown.page, args=[target]) if target else ""
