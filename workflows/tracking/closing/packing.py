"""Everything of a campaign into the archive and into one package, as a job: it goes on where it stood."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from documents.archiving.packing import start_package
from documents.archiving.permissions import archives, unarchived
from documents.archiving.services import archive_documents
from documents.models import ArchiveItem, ArchivePackage
from foundation.jobs import queue
from foundation.jobs.models import Job
from foundation.jobs.progress import Progress
from foundation.organization.actors import Actor
from foundation.organization.models import Appointment
from foundation.organization.refusals import Refused
from workflows.plans.models import Plan, office_works

from .checklist import papers_of

JOB = "tracking.closing"
CHUNK = 50
MOST = 20_000  # 件 in one package


def start_packing(*, plan: int, actor: Actor, at: dt.datetime) -> Job:
    row = Plan.objects.defer("text", "reading").get(pk=plan)
    if not office_works(row, actor, timezone.localdate(at)):
        raise Refused(office_works.says)
    if row.state not in (Plan.State.CLOSING, Plan.State.ARCHIVED):
        raise Refused("活动还在进行，先开始收尾，再全部归档。")
    return queue.put(JOB, args={"plan": plan}, owner=actor.post, at=at)


def pack(plan: int, progress: Progress) -> dict[str, int]:
    """Archive what was issued and is in no 件, fifty at a time; then ask for the package of all of them."""
    row = Plan.objects.select_related("organ").get(pk=plan)
    owner: Any = progress.job.owner_id
    actor = Actor.of(Appointment.objects.select_related("person").get(pk=owner))
    day = timezone.localdate(progress.at)
    left = list(papers_of(row).filter(unarchived(), archives.q(actor.post, day)).values_list("pk", flat=True))
    for first in range(0, len(left), CHUNK):
        progress.step(first, len(left), "归档")
        archive_documents(documents=left[first : first + CHUNK], chosen={}, actor=actor, at=progress.at)
    title = f"{row.title}归档包"
    if not ArchivePackage.objects.filter(title=title[:120], at__gte=progress.job.created).exists():
        items = ArchiveItem.objects.filter(document__in=papers_of(row), state=ArchiveItem.State.ARCHIVED)
        ids = items.values_list("pk", flat=True)
        start_package(items=ids, actor=actor, at=progress.at, title=title, most=MOST)
    return {"archived": len(left)}
