"""Papers are made in the background: a page never waits for one."""

from __future__ import annotations

from foundation.jobs.progress import Progress
from foundation.jobs.registry import Result, register
from foundation.organization.actors import SYSTEM

from . import services


@register(services.JOB, says="生成公文 PDF")
def produce(progress: Progress, *, document: int) -> Result:
    services.produce(document, actor=SYSTEM, at=progress.at)
    return None
