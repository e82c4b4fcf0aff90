"""What a person wants to hear by which channel, and when. Plain values: no Django here."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from foundation.organization.calendar import DAY, WorkCalendar

NINE = dt.time(9)
MOBILE = re.compile(r"1\d{10}", re.ASCII)


class Wish(StrEnum):
    NOW = "now"
    DIGEST = "digest"  # with all others, at nine of a working day
    OFF = "off"


@dataclass(frozen=True)
class Quiet:
    """Hours of rest, from one time to another over midnight or not; the same time twice is none at all.
    `free`: also the whole of every day that is no working day."""

    start: dt.time = dt.time(21)
    end: dt.time = dt.time(8)
    free: bool = True

    def holds(self, at: dt.datetime, calendar: WorkCalendar) -> bool:
        if self.free and not calendar.works(at.date()):
            return True
        time = at.time()
        if self.start <= self.end:
            return self.start <= time < self.end
        return time >= self.start or time < self.end


@dataclass(frozen=True)
class Contact:
    """Where and how somebody is reached; `choices` are by kind and channel."""

    email: str = ""
    wecom: str = ""
    phone: str = ""
    quiet: Quiet = Quiet()
    choices: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def mobile(self) -> str:
        """The phone, where it takes short messages."""
        digits = self.phone.removeprefix("+86").replace("-", "").replace(" ", "")
        return digits if MOBILE.fullmatch(digits) else ""

    def chosen(self, kind: str, channel: str) -> Wish | None:
        told = self.choices.get(kind, {}).get(channel)
        return Wish(told) if told in list(Wish) else None


def planned(at: dt.datetime, wish: Wish, quiet: Quiet, calendar: WorkCalendar) -> dt.datetime:
    """When it goes out: at once, when the rest is over, or with the next digest, which is never now. `at` is in the
    office's own time."""
    if wish is Wish.DIGEST:
        at = _digest(at, calendar)  # who rests longer than until nine gets it afterwards
    return _awake(at, quiet, calendar)


def _digest(at: dt.datetime, calendar: WorkCalendar) -> dt.datetime:
    day = at.date() if at.time() < NINE else at.date() + DAY
    return dt.datetime.combine(calendar.next_working(day), NINE, at.tzinfo)


def _awake(at: dt.datetime, quiet: Quiet, calendar: WorkCalendar) -> dt.datetime:
    """Rest ends at its end, or at midnight before a working day: each step goes to the next of them."""
    while quiet.holds(at, calendar):
        midnight = dt.datetime.combine(at.date() + DAY, dt.time(), at.tzinfo)
        end = dt.datetime.combine(at.date(), quiet.end, at.tzinfo)
        at = end if end > at and calendar.works(at.date()) else midnight
    return at
