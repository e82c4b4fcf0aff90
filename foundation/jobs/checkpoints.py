"""The journal signs itself every few minutes. Here, because the journal stands below the jobs."""

from __future__ import annotations

import datetime as dt

from django.db.models import Max

from foundation.journal.checkpoints import write_checkpoint
from foundation.journal.models import Entry

from .progress import Progress
from .registry import Result, register


@register("journal.checkpoint", says="为留痕签名", every=dt.timedelta(minutes=5))
def checkpoint(progress: Progress) -> Result:
    """A quiet night makes no files: the last round's result says up to which entry was signed."""
    last = Entry.objects.aggregate(last=Max("pk"))["last"]
    signed = {"entry": last}
    if last and progress.job.result != signed:
        write_checkpoint(progress.at)
    return signed
