"""Asking for a package, and making it in the background."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from foundation.jobs.models import Job
from foundation.jobs.progress import Progress
from foundation.jobs.queue import put
from foundation.organization.actors import Actor
from foundation.organization.refusals import Refused
from foundation.organization.whole import disk_told

from ..models import ArchiveItem, ArchivePackage
from .listing import in_order
from .package import write_package
from .permissions import keeps_item

JOB = "documents.package"
MOST = 1000  # 件
DAYS = 14  # that its file is kept
FULL = "磁盘空间不足，归档包没有生成，写了一半的已经删去。请清理磁盘后重试。"


def path_of(package: int) -> Path:
    return settings.DATA_DIR / "packages" / f"{package}.zip"


@transaction.atomic
def start_package(
    *, items: Iterable[int], actor: Actor, at: dt.datetime, title: str = "", most: int = MOST
) -> Job:
    """Of those among `items` that the actor keeps and that are not void."""
    rows = ArchiveItem.objects.filter(keeps_item.q(actor.post, timezone.localdate(at)), pk__in=list(items))
    found = list(in_order(rows.filter(state=ArchiveItem.State.ARCHIVED)).values_list("pk", "reference"))
    if actor.post is None or not found:
        raise Refused("没有可以打包的件：只打包本单位归档、没有作废的件。")
    if len(found) > most:
        raise Refused(f"一个归档包最多 {most} 件，现在有 {len(found)} 件，请按年度或保管期限缩小范围。")
    first, last = found[0][1], found[-1][1]
    title = title or (first if len(found) == 1 else f"{first} 至 {last} 共 {len(found)} 件")
    made = ArchivePackage.objects.create(
        by_id=actor.post, title=title[:120], items=[pk for pk, _ in found], at=at
    )
    made.job = put(JOB, args={"package": made.pk}, owner=actor.post, at=at, total=len(found))
    made.save(update_fields=["job"])
    return made.job


def make_package(package: int, progress: Progress) -> ArchivePackage:
    """Once, however often its job runs. A disk that is full leaves nothing behind."""
    row = ArchivePackage.objects.get(pk=package)
    if row.sha256:
        return row
    wanted = ArchiveItem.objects.filter(pk__in=row.items).select_related(
        "document__organ", "document__unit", "document__file"
    )
    items, path = list(in_order(wanted)), path_of(row.pk)
    with disk_told(FULL):
        row.sha256 = write_package(items, row.title, path, lambda done: progress.step(done, len(items)))
    row.size = path.stat().st_size
    row.save(update_fields=["sha256", "size"])
    return row


def remove_packages(at: dt.datetime) -> int:
    """Files of packages that were asked for long ago; the same items give the same bytes again. How many went."""
    old = ArchivePackage.objects.filter(at__lt=at - dt.timedelta(days=DAYS)).exclude(sha256="")
    files = [file for pk in old.values_list("pk", flat=True) if (file := path_of(pk)).exists()]
    for file in files:
        file.unlink(missing_ok=True)
    return len(files)
