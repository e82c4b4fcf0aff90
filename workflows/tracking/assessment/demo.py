"""Assessment in the demo: fixed once, before a campaign is archived."""

from __future__ import annotations

import datetime as dt

from foundation.organization.actors import Actor

from . import keeping


def fix(plan: int, boss: Actor, at: dt.datetime) -> None:
    keeping.fix(plan=plan, actor=boss, at=at)
