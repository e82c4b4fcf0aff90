"""停留: how many working days a task has stood where it stands, and the band that lies in. Pure."""

from __future__ import annotations

import datetime as dt

from foundation.organization.calendar import DAY, WorkCalendar

BANDS: dict[str, tuple[int, int | None]] = {"0-1": (0, 1), "2-3": (2, 3), "4-7": (4, 7), "8-": (8, None)}
LABELS = {"0-1": "0–1 天", "2-3": "2–3 天", "4-7": "4–7 天", "8-": "超过 7 天"}


def stood(since: dt.date, today: dt.date, calendar: WorkCalendar) -> int:
    """Working days after `since` up to today; 0 for what moved today, or on free days after the last working day."""
    return calendar.between(since, max(since, today))


def band_of(days: int) -> str:
    return next(band for band, (_, most) in BANDS.items() if most is None or days <= most)


def span_of(band: str, today: dt.date, calendar: WorkCalendar) -> tuple[dt.date | None, dt.date | None]:
    """The first and the last day on which what lies in this band today moved; None where there is no end."""
    least, most = BANDS[band]
    first = None if most is None else _counted_back(today, most + 1, calendar)
    last = _counted_back(today, least, calendar) - DAY if least else None
    return first, last


def _counted_back(today: dt.date, count: int, calendar: WorkCalendar) -> dt.date:
    """The `count`th working day back from today, which is the first if it works."""
    return calendar.add(calendar.previous_working(today), 1 - count)
