"""Where a case came from, told from above: cases knows no register. A room registers its finder in AppConfig.ready."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from foundation.organization.actors import Actor


@dataclass(frozen=True)
class Source:
    name: str
    url: str


Finder = Callable[[int, Actor, dt.date], list[Source]]  # (case, who looks, day): what they may open

FINDERS: list[Finder] = []


def sources_of(case: int, actor: Actor, day: dt.date) -> list[Source]:
    return [source for find in FINDERS for source in find(case, actor, day)]
