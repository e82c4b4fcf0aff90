"""The job of a batch: chunk by chunk, with how long it still takes; run again, it goes on where it stood."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.db import transaction as tx

from foundation.files.services import attach, detach, files_of, store
from foundation.jobs.progress import Progress
from foundation.journal.moves import transition
from foundation.organization.actors import Actor
from foundation.organization.whole import disk_told

from ..models import Batch, BatchItem
from .gathering import merged
from .making import CHUNK, FULL, make_copies
from .services import LABEL

WAITING = BatchItem.State.WAITING


class Pace:
    """How long the rest takes, as fast as it went so far."""

    def __init__(self, clock: Callable[[], dt.datetime]) -> None:
        self.clock, self.began, self.made = clock, clock(), 0

    def says(self, left: int) -> str:
        if not self.made:
            return "正在排版"
        seconds = (self.clock() - self.began).total_seconds() / self.made * left
        return (
            f"还要约 {round(seconds / 60)} 分钟" if seconds >= 90 else f"还要约 {max(1, round(seconds))} 秒"
        )


def run_batch(batch: int, progress: Progress) -> None:
    row = Batch.objects.select_related("source__organ", "by").get(pk=batch)
    if row.state != Batch.State.MAKING:
        return
    items = list(row.items.select_related("unit"))
    actor, pace = Actor.of(row.by), Pace(progress.clock)
    done = sum(item.state != WAITING for item in items)
    # The chunks are those of the first run: what a copy is drawn with is the same however often the job begins anew.
    for start in range(0, len(items), CHUNK):
        waiting = [item for item in items[start : start + CHUNK] if item.state == WAITING]
        if waiting:
            progress.step(done, len(items), pace.says(len(items) - done))
            make_copies(row, waiting, actor=actor, at=progress.at)
            done, pace.made = done + len(waiting), pace.made + len(waiting)
    progress.step(done, len(items), "合并成一个 PDF")
    _finish(row, actor, progress.at)


def _finish(row: Batch, actor: Actor, at: dt.datetime) -> None:
    """With all that were issued as one file; one made before is replaced."""
    name, content = f"{row.source.title}（合并）.pdf", merged(row)
    with disk_told(FULL):
        file = store(content, name, at=at) if content else None
    with tx.atomic():
        for old in files_of(LABEL, row.pk):
            if file is None or old.file_id != file.pk:
                detach(old.pk, actor=actor, at=at)
        if file:
            attach(file, subject=LABEL, subject_id=row.pk, slot="merged", name=name, actor=actor, at=at)
        counts = {state: row.items.filter(state=state).count() for state in ("made", "failed")}
        transition(Batch.finish, row.pk, actor=actor, at=at, note=counts).all_or_refuse()
