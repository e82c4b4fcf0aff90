"""A schedule as iCalendar (RFC 5545). Pure: the same slots give the same bytes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

WIDTH = 75  # octets of a line, without its break
OFFSET = dt.timedelta(hours=8)  # China has one time, all the year round
PRODUCT = "-//anban//schedule//ZH"


@dataclass(frozen=True)
class Event:
    """`span`: minutes of the day, one that ends where it begins has no known end; None for
    the whole day. `stamp`: when what it says was handed in."""

    uid: str
    title: str
    on: dt.date
    span: tuple[int, int] | None
    stamp: dt.datetime
    place: str = ""
    text: str = ""
    sequence: int = 0
    settled: bool = True


def calendar(name: str, events: Iterable[Event]) -> bytes:
    head = (
        "BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(name)}", "X-WR-TIMEZONE:Asia/Shanghai",
    )  # fmt: skip
    body = (line for event in events for line in _event(event))
    return "".join(f"{folded(line)}\r\n" for line in (*head, *body, "END:VCALENDAR")).encode()


def _event(event: Event) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"DTSTAMP:{_utc(event.stamp)}"
    yield from _times(event)
    yield f"SUMMARY:{escaped(event.title)}"
    if event.place:
        yield f"LOCATION:{escaped(event.place)}"
    if event.text:
        yield f"DESCRIPTION:{escaped(event.text)}"
    yield f"SEQUENCE:{event.sequence}"
    yield f"STATUS:{'CONFIRMED' if event.settled else 'TENTATIVE'}"
    yield "END:VEVENT"


def _times(event: Event) -> Iterator[str]:
    if event.span is None:
        yield f"DTSTART;VALUE=DATE:{event.on:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{event.on + dt.timedelta(days=1):%Y%m%d}"
        return
    midnight = dt.datetime.combine(event.on, dt.time(), dt.UTC) - OFFSET
    start, end = (midnight + dt.timedelta(minutes=minute) for minute in event.span)
    yield f"DTSTART:{_utc(start)}"
    if end > start:
        yield f"DTEND:{_utc(end)}"


def _utc(at: dt.datetime) -> str:
    return f"{at.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"


def escaped(text: str) -> str:
    r"""As TEXT: \ ; , and line breaks; controls are no text."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\\", "\\\\")
    plain = plain.replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
    return "".join(one for one in plain if one == "\t" or (one >= " " and one != "\x7f"))


def folded(line: str) -> str:
    """No line is longer than 75 octets, no character is cut."""
    parts, width = [""], 0
    for one in line:
        size = len(one.encode())
        if width + size > WIDTH:
            parts.append(" ")
            width = 1
        parts[-1] += one
        width += size
    return "\r\n".join(parts)
