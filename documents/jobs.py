"""Papers are made in the background: a page never waits for one."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse

from foundation.jobs.progress import Progress
from foundation.jobs.registry import Result, register
from foundation.organization.actors import SYSTEM

from . import services
from .archiving import packing
from .batches import running
from .batches import services as batches


@register(services.JOB, says="生成公文 PDF")
def produce(progress: Progress, *, document: int) -> Result:
    services.produce(document, actor=SYSTEM, at=progress.at)
    return None


@register(packing.JOB, says="制作归档包")
def package(progress: Progress, *, package: int) -> Result:
    packing.make_package(package, progress)
    return {"url": reverse("archive_package", args=[package]), "text": "下载归档包"}


@register("documents.clean", says="清理过期的归档包", every=dt.timedelta(days=1))
def clean(progress: Progress) -> Result:
    return {"packages": packing.remove_packages(progress.at)}


@register(batches.JOB, says="批量印发", lets_pass=True)
def batch(progress: Progress, *, batch: int) -> Result:
    running.run_batch(batch, progress)
    return {"url": reverse("document_batch", args=[batch]), "text": "查看批量印发"}
