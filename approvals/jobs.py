"""What time does to approvals, in the background."""

from __future__ import annotations

import datetime as dt

from foundation.jobs.progress import Progress
from foundation.jobs.registry import Result, register

from . import services


@register("approvals.tick", says="催办到时未办的审批", every=dt.timedelta(minutes=10))
def tick(progress: Progress) -> Result:
    return {"touched": services.tick(at=progress.at)}
