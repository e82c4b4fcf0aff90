"""How the people of a chunk are reached outside the house: nothing is asked where no channel is open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from foundation.organization.calendar import WorkCalendar
from foundation.organization.models import Person
from foundation.organization.services import working_calendar

from .channels import Channel, channels
from .models import Preference
from .registry import Kind
from .wishes import Contact, Quiet, Wish, planned


@dataclass(frozen=True)
class Outside:
    now: dt.datetime
    open: list[Channel] = field(default_factory=list)
    contacts: Mapping[int, Contact] = field(default_factory=dict)
    calendar: WorkCalendar = field(default_factory=WorkCalendar)

    @classmethod
    def at(cls, now: dt.datetime, people: Collection[int]) -> Outside:
        """`now` in the office's own time."""
        ways = channels() if people else []
        if not ways:
            return cls(now)
        return cls(now, ways, contacts_of(people), working_calendar(now.year, now.year + 1))

    def ways(self, person: int, kind: Kind) -> Iterator[tuple[str, Wish, dt.datetime]]:
        for channel in self.open:
            contact = self.contacts[person]
            wish = contact.chosen(kind.code, channel.code) or channel.wish(kind.urgent)
            if wish is not Wish.OFF and channel.address(contact):
                yield channel.code, wish, planned(self.now, wish, contact.quiet, self.calendar)


def contacts_of(people: Collection[int]) -> dict[int, Contact]:
    rows = Person.objects.filter(pk__in=people).select_related("preference").only("phone", "preference")
    return {one.pk: contact_of(one.phone, getattr(one, "preference", None)) for one in rows}


def contact_of(phone: str, kept: Preference | None) -> Contact:
    if kept is None:
        return Contact(phone=phone)
    quiet = Quiet(kept.quiet_from, kept.quiet_to, kept.quiet_free)
    return Contact(kept.email, kept.wecom, phone, quiet, kept.choices)
