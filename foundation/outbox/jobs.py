"""Messages are made and sent in the background."""

from __future__ import annotations

import datetime as dt

from foundation.jobs.progress import Progress
from foundation.jobs.registry import Result, register

from .spreading import spread

ROUND = dt.timedelta(seconds=10)


@register("outbox.spread", says="发出消息", every=ROUND, quiet=True)
def tell(progress: Progress) -> Result:
    return {"told": spread(progress.at)}
