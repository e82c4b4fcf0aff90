"""What time does to cases, in the background."""

from __future__ import annotations

import datetime as dt

from foundation.jobs.progress import Progress
from foundation.jobs.queue import put
from foundation.jobs.registry import Result, register

from .exporting.services import JOB, make_export
from .register import work_out
from .wall.reckoning import differing
from .wall.sweep import sweep

RECKON = "cases.reckon"


@register(JOB, says="导出案件台账")
def export_ledger(progress: Progress, *, export: int) -> Result:
    return {"url": make_export(export, progress.at).url, "text": "下载案件台账"}


@register("cases.sweep", says="登记到期未办的案件时限", every=dt.timedelta(minutes=10))
def lapse(progress: Progress) -> Result:
    return {"lapsed": sweep(at=progress.at)}


@register(RECKON, says="核对案件时限", every=dt.timedelta(days=1))
def reckon(progress: Progress) -> Result:
    """Rows that are not what the law says are written anew, one case after the other."""
    checked = mended = 0
    for count, different in differing(progress.at):
        for case in different:
            work_out(case=case, at=progress.at)
        checked, mended = checked + count, mended + len(different)
        progress.step(checked)
    return {"checked": checked, "mended": mended}


def days_changed(at: dt.datetime) -> None:
    put(RECKON, args={}, owner=None, at=at)
