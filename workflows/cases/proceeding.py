"""The page of a case: the clocks that wait as cards, both tracks on one spine of dates."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from .clocks import Clock, Status
from .models import CaseEvent
from .referring.effects import notes_of
from .rule_words import STATUS, TRACKS, WHO
from .standing import LIVE, Standing
from .wall.lights import light_of
from .wall.listing import due_said

HOUR = dt.timedelta(hours=1)
ENDED = (Status.MET, Status.MET_LATE, Status.VOID)
DONE = {one: ("idle" if one is Status.VOID else "done", STATUS[one]) for one in ENDED}  # lights
COUNTED = re.compile(r"(\d+)")


@dataclass
class Row:
    """What lies on one day of the spine, by track; `day` is None for today, where clocks wait."""

    day: dt.date | None
    tracks: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: {track: [] for track in TRACKS})

    @property
    def sides(self) -> list[tuple[str, str, list[dict[str, Any]]]]:
        return [(track, TRACKS[track], cards) for track, cards in self.tracks.items() if cards]


def clock_of(stands: Standing, one: Clock) -> dict[str, Any]:
    live = one.status in LIVE
    light = light_of(one.due, one.limit.unit, stands.now, stands.calendar) if live else DONE[one.status]
    kind, words = light
    return {
        "name": one.rule.name, "who": WHO[one.rule.who], "due": due_said(one.due, one.limit.unit), "kind": kind, "words": words,
        "basis": stands.pack.cite(*one.cites), "verified": one.verified,
    }  # fmt: skip


def cards_of(stands: Standing) -> list[dict[str, Any]]:
    """Of every clock that waits what is left, said large, and how much of its time is gone."""
    return [_card(stands, one) for one in stands.live]


def _card(stands: Standing, one: Clock) -> dict[str, Any]:
    told = clock_of(stands, one)
    return told | _left(one, stands.now) | {"pieces": pieces(told["words"])}


def _left(one: Clock, now: dt.datetime) -> dict[str, Any]:
    if one.due is None:
        return {"total": 0}
    total = max(1, (one.due - one.starts) // HOUR)
    return {"total": total, "gone": min(total, max(0, (now - one.starts) // HOUR))}


def pieces(words: str) -> list[tuple[str, bool]]:
    """剩 6 个工作日 → numbers apart from what they count; a time of day is no number that is left."""
    if ":" in words:
        return [(words, True)]
    return [(piece, piece.isdigit()) for piece in COUNTED.split(words) if piece]


def rows_of(stands: Standing, events: Iterable[CaseEvent]) -> list[Row]:
    """Days on which something happened, in order, then what waits today. `events` are in order of time."""
    days: dict[dt.date, Row] = {}
    for one in events:
        day = timezone.localdate(one.at)
        row = days.setdefault(day, Row(day))
        row.tracks[stands.pack.steps[one.step].track].append(_happened(stands, one))
    today = Row(None)
    for clock in stands.live:
        track = stands.pack.steps[clock.rule.ends[0]].track
        today.tracks[track].append({"clock": clock_of(stands, clock)})
    for track, note in _notes(stands):
        today.tracks[track].append(note)
    return [*days.values(), *([today] if today.sides else [])]


def _happened(stands: Standing, one: CaseEvent) -> dict[str, Any]:
    step = stands.pack.steps[one.step]
    told = [stands.pack.posts.get(one.post, ""), one.document, one.number]
    return {"row": one, "name": step.name, "who": WHO[step.who], "told": "，".join(filter(None, told))}


def _notes(stands: Standing) -> Iterator[tuple[str, dict[str, Any]]]:
    """What one track means for the other."""
    for track in TRACKS:
        for note in notes_of(stands, track):
            yield track, {"note": note}
