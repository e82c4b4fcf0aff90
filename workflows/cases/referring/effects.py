"""What either track means for the other, as the pack tells it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ..events import Event, first_after
from ..pack import Effect, Pack
from ..standing import Standing


def effects_of(pack: Pack, told: Sequence[Event]) -> Iterator[Effect]:
    """Those that count now; `told` are the effective events in order of time."""
    happened = {one.step for one in told}
    for effect in pack.effects:
        last = next((one for one in reversed(told) if one.step == effect.step), None)
        fits = set(effect.needs) <= happened and not happened & {*effect.unless}
        if last and fits and not first_after(told, effect.until, last.at):
            yield effect


def notes_of(stands: Standing, track: str) -> list[dict[str, Any]]:
    """For the page of the case, beside what happened on that track."""
    found = effects_of(stands.pack, stands.told)
    return [
        {"note": one.note, "basis": stands.pack.cite(*one.cites), "verified": one.verified}
        for one in found
        if one.track == track
    ]
