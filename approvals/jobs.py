"""What time does to approvals, in the background."""

from __future__ import annotations

import datetime as dt

from foundation.jobs.progress import Progress
from foundation.jobs.registry import Result, register

from . import services, timers


@register("approvals.tick", says="催办到时未办的审批", every=dt.timedelta(minutes=10))
def tick(progress: Progress) -> Result:
    """The steps' own time limits first: who is answered for in time leaves no timer to fire."""
    touched = services.tick(at=progress.at)
    return {"touched": touched, "fired": timers.fire(progress.at)}
