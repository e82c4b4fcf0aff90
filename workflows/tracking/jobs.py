"""What every day brings, in the background."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from foundation.jobs.progress import Progress
from foundation.jobs.registry import Result, register
from foundation.organization.services import working_calendar

from .analysis.exporting import JOB as ANALYSIS
from .analysis.exporting import make_export as make_analysis
from .closing.packing import JOB as CLOSING
from .closing.packing import pack
from .statistics.exporting import JOB as FIGURES
from .statistics.exporting import make_export
from .supervision.papers import register_slip, without_paper
from .supervision.reading import ladder_for
from .supervision.sweep import PAPERS, last_swept, sweep


@register("tracking.sweep", says="督办扫描", every=dt.timedelta(minutes=10))
def sweep_daily(progress: Progress) -> Result:
    """On the morning of every working day, once; a worker that starts late in the day catches up."""
    now = timezone.localtime(progress.at)
    today = now.date()
    if now.time() < ladder_for(today).sweep_at or not working_calendar(today.year, today.year).works(today):
        return None
    if last_swept() == today:
        return None
    return sweep(at=progress.at).as_json()


@register(PAPERS, says="生成督办单")
def papers(progress: Progress) -> Result:
    """One for each slip that has none; a second run makes nothing twice."""
    rows = list(without_paper())
    calendar = working_calendar()
    for done, slip in enumerate(rows):
        progress.step(done, len(rows), str(slip))
        register_slip(slip=slip, calendar=calendar, at=progress.at)
    return None


@register(FIGURES, says="导出统计汇总")
def export_figures(progress: Progress, *, export: int) -> Result:
    return {"url": make_export(export, progress.at).url, "text": "下载统计汇总"}


@register(ANALYSIS, says="导出分析")
def export_analysis(progress: Progress, *, export: int) -> Result:
    return {"url": make_analysis(export, progress.at).url, "text": "下载分析表"}


@register(CLOSING, says="归档并打包活动的公文")
def packing(progress: Progress, *, plan: int) -> Result:
    return pack(plan, progress)
