"""What is asked: each check says how it is in one word for machines, and in a sentence for people.

`fail` is what nobody can work with; `warn` is what somebody should look at, while the site does its work.
"""

from __future__ import annotations

import datetime as dt
import logging
import shutil
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Count, Max, Q
from django.utils import timezone

from foundation.jobs.models import Job
from foundation.journal.models import Entry
from foundation.outbox.delivery import alarm as unsent
from foundation.outbox.models import Cursor

log = logging.getLogger(__name__)
OK, WARN, FAIL = "ok", "warn", "fail"
SILENT = dt.timedelta(minutes=3)  # rounds are made every ten seconds; a long job beside them renews its lease
UNTOLD = dt.timedelta(minutes=15)  # what happened and nobody was told of
RECENT = dt.timedelta(days=7)
FITS: list[bool] = []
LITTLE, NEXT_TO_NOTHING = 10, 2  # per cent of the disk


@dataclass(frozen=True)
class Health:
    status: str
    says: str


@dataclass(frozen=True)
class Check:
    code: str
    label: str
    ask: Callable[[dt.datetime], Health]


@dataclass(frozen=True)
class Answer:
    check: Check
    health: Health


def answers(at: dt.datetime) -> list[Answer]:
    """One for each check; what can't be answered is not well, and its reason stands in the log alone."""
    return [Answer(check, _asked(check, at)) for check in CHECKS]


def worst(found: list[Answer]) -> str:
    return max((one.health.status for one in found), key=(OK, WARN, FAIL).index, default=OK)


def alarm() -> str:
    """For the page of administration, which many look at: whether anything is done in the background, in one query."""
    at = timezone.now()
    return "" if _alive(at)[0] else "后台进程没有运行"


def _asked(check: Check, at: dt.datetime) -> Health:
    try:
        return check.ask(at)
    except Exception:
        log.exception("health: %s", check.code)
        return Health(FAIL, "无法检查，原因见服务器日志。")


def _database(at: dt.datetime) -> Health:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    return Health(OK, f"{connection.display_name}，可以连接。")


def _migrations(at: dt.datetime) -> Health:
    if missing := _missing():
        return Health(FAIL, f"还有 {missing} 个数据库变更没有执行，请运行 manage.py migrate。")
    return Health(OK, "数据库结构与程序一致。")


def _missing() -> int:
    """The files of all migrations are read; what once fitted fits as long as this process runs."""
    if not FITS:
        executor = MigrationExecutor(connection)
        if missing := len(executor.migration_plan(executor.loader.graph.leaf_nodes())):
            return missing
        FITS.append(True)
    return 0


def _worker(at: dt.datetime) -> Health:
    alive, last = _alive(at)
    if not alive:
        since = f"{timezone.localtime(last):%m-%d %H:%M} 以后没有动静" if last else "从来没有启动"
        return Health(FAIL, f"后台进程{since}，请启动 manage.py work。")
    failed = Job.objects.filter(state=Job.State.FAILED, ended__gte=at - RECENT).count()
    ill = Job.objects.filter(periodic=True).exclude(error="").count()
    if failed or ill:
        return Health(WARN, f"后台进程在运行；7 天里有 {failed} 项未完成，{ill} 项定期任务上次出错。")
    return Health(OK, "后台进程在运行，没有未完成的。")


def _alive(at: dt.datetime) -> tuple[bool, dt.datetime | None]:
    """Alive is who holds a lease, or took up a job a moment ago; its periodic jobs come round every ten seconds."""
    held = Count("pk", filter=Q(state=Job.State.RUNNING, due__gt=at))
    found = Job.objects.aggregate(last=Max("started"), held=held)
    last = found["last"]
    return bool(found["held"]) or (last is not None and at - last <= SILENT), last


def _outbox(at: dt.datetime) -> Health:
    upto = Cursor.objects.values_list("upto", flat=True).first() or 0
    oldest = Entry.objects.filter(pk__gt=upto).order_by("pk").values_list("at", flat=True).first()
    if oldest and at - oldest > UNTOLD:
        return Health(FAIL, "发生的事超过 15 分钟没有生成消息，请看后台进程。")
    if told := unsent():
        return Health(WARN, f"{told}，在“消息发送”里查看。")
    return Health(OK, "消息都按时发出。")


def _disk(at: dt.datetime) -> Health:
    usage = shutil.disk_usage(settings.DATA_DIR)
    left, free = 100 * usage.free // usage.total, usage.free / 2**30
    says = f"数据所在磁盘还剩 {free:.1f} GB（{left}%）。"
    if left < NEXT_TO_NOTHING:
        return Health(FAIL, says + "马上就写不进去了，请立即清理或扩容。")
    return Health(WARN, says + "请清理或扩容。") if left < LITTLE else Health(OK, says)


CHECKS = (
    Check("database", "数据库", _database),
    Check("migrations", "数据库结构", _migrations),
    Check("worker", "后台进程", _worker),
    Check("outbox", "消息", _outbox),
    Check("disk", "磁盘", _disk),
)
