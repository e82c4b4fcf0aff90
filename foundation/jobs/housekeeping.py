"""What the site does by itself: the journal is signed, old jobs go, SQLite learns what it holds. Here, because the journal stands below the jobs."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db.models import Max
from django.utils import timezone

from foundation.journal.checkpoints import prune_checkpoints, write_checkpoint
from foundation.journal.models import Entry
from foundation.organization.database import take_statistics
from foundation.organization.whole import sweep

from .models import Job
from .progress import Progress
from .queue import put
from .registry import Result, register

CHECKPOINT = "journal.checkpoint"
LONGEST = dt.timedelta(days=1)  # that anything is being written


@register(CHECKPOINT, says="为留痕签名", every=dt.timedelta(minutes=5))
def checkpoint(progress: Progress) -> Result:
    """A quiet night makes no files: the last round's result says up to which entry was signed."""
    last = Entry.objects.aggregate(last=Max("pk"))["last"]
    signed = {"entry": last}
    if last and progress.job.result != signed:
        write_checkpoint(progress.at)
    return signed


def sign(at: dt.datetime) -> None:
    """Sign as soon as the caller's transaction holds: what is archived now can't be forged from then on."""
    put(CHECKPOINT, args={}, owner=None, at=at)


@register("jobs.clean", says="清理已结束的后台任务、过密的检查点和没有写完的文件", every=dt.timedelta(days=1))
def clean(progress: Progress) -> Result:
    """A job that ended long ago helps nobody any more; what it did stands in the journal."""
    kept_from = progress.at - dt.timedelta(days=settings.JOB_DAYS)
    gone, _ = Job.objects.filter(ended__lt=kept_from).delete()
    left = sweep(settings.DATA_DIR, (progress.at - LONGEST).timestamp())
    return {"deleted": gone, "checkpoints": prune_checkpoints(settings.CHECKPOINTS), "unfinished": left}


@register("jobs.statistics", says="更新数据库统计信息", every=dt.timedelta(hours=1), quiet=True)
def statistics(progress: Progress) -> Result:
    """Of everything once a day, in between of what has doubled: a first dispatch makes ten thousand tasks at once."""
    day = timezone.localdate(progress.at).isoformat()
    taken_today = (progress.job.result or {}).get("day") == day
    return {"day": day, "tables": len(take_statistics(grown=taken_today))}
