"""From the arrival of the plan to the archive, and what became of it as numbers."""

from __future__ import annotations

import datetime as dt
import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from django.utils import timezone

from approvals.engine.routes import Resubmit
from approvals.models import Proxy, Route
from approvals.routing.versions import add_version
from approvals.services import version_for
from approvals.store import route_of
from documents.models import Document
from foundation.files.models import path_of
from foundation.journal.checkpoints import write_checkpoint
from foundation.journal.models import Entry
from foundation.journal.verify import first_bad
from foundation.organization.actors import Actor
from foundation.organization.calendar import DAY
from workflows.plans.models import Item
from workflows.tasks import services as tasks
from workflows.tasks.models import Task
from workflows.tasks.services.office import PAPERS

from . import last_year
from .archiving import play_archive
from .beginning import DISPATCHED, begin
from .case_papers import play_papers
from .cases import play_cases
from .copies import play_copies
from .days import FOR_THE_WORKER, moment
from .drafting import play_documents
from .editing import TITLES
from .ending import close
from .moving import plan_text
from .people import assemble, list_accounts, seat
from .reading import play_messages
from .recommending import play_recommending
from .registers import play_registers
from .sealing import add_demo_seal
from .story import Story

ARRIVES = (5, 18)  # the plan: a Monday in the year that the story was written for


@dataclass(frozen=True)
class Wish:
    """What the command was asked for. `last_year`: a smaller campaign goes before."""

    units: int
    year: int
    until: dt.date
    seed: int
    out: Path
    shift: int = 0
    last_year: bool = False

    @property
    def start(self) -> dt.date:
        return dt.date(self.year, *ARRIVES) + dt.timedelta(days=self.shift)

    @property
    def dispatched(self) -> dt.date:
        """Before that day there is nothing to stop at."""
        return self.start + DISPATCHED


def play(wish: Wish, progress: Callable[[str], None]) -> dict[str, Any]:
    """The contract's document. The database is empty before; the same wish gives the same campaign."""
    began = time.monotonic()
    start = wish.start
    first = last_year.start(wish.year, wish.shift) if wish.last_year else start
    units = assemble(wish.units, at=moment(first - 30 * DAY, 9), seed=wish.seed, through=wish.year + 1)
    list_accounts()
    progress(f"{len(units)} 个单位")
    _routes(moment(first - DAY, 9))
    add_demo_seal(moment(first - DAY, 9))
    if wish.last_year:
        last_year.play(wish.year, wish.shift, wish.seed, progress)
    plan = begin(plan_text(wish.year, wish.shift), TITLES, start, wrong="第 9 项请再核对成员单位后送审。")
    progress("任务已下达")
    chance = random.Random(wish.seed)  # noqa: S311 - not a secret
    story = Story(plan, wish.year, wish.shift, wish.until, chance, progress)
    _proxy(story)
    story.play()
    end = moment(min(wish.until, story.day(12, 31) + 12 * DAY), 18)
    whole = wish.until >= story.day(12, 31) + 12 * DAY
    if whole:
        story.settle(end)
    _exceptions(story, end)
    play_cases(lambda day, hour: moment(story.day(6, day), hour), end)
    play_recommending(story, seat("hanguang.lianluo").unit_id, end)
    play_papers(lambda day, hour: moment(story.day(6, day), hour), end)
    story.papers(end)
    left = [PAPERS, *FOR_THE_WORKER]
    play_copies(plan, story.clerk, end, but=left)
    play_archive(story.clerk, end, but=left)
    play_documents(end, but=left)
    play_registers(story.day, end)
    if whole:
        close(story, end)
    play_messages(end)
    write_checkpoint(end)
    return _numbers(plan, len(units), story, wish.out) | {"seconds": round(time.monotonic() - began, 1)}


def _routes(at: dt.datetime) -> None:
    """The office lets its routes be agreed to in batches, and go on at the returner where nothing else changed."""
    boss = Actor.of(seat("anweiban.zhuren"))
    for route in Route.objects.filter(subject="tasks.task").order_by("pk"):
        now = route_of(version_for(route.code))
        better = replace(now, batch=True, resubmit=Resubmit.JUMP_BACK)
        add_version(route=route, definition=better, actor=boss, at=at)


def _proxy(story: Story) -> None:
    """The deputy of 浛洸镇 is away for a fortnight; the head of the town decides in their place."""
    owner, to = seat("hanguang.fenguan"), seat("hanguang.zhuyao")
    Proxy.objects.create(
        owner=owner, to=to, start=story.day(6, 8), end=story.day(6, 19), reason="外出学习", made_by=owner
    )


def _exceptions(story: Story, at: dt.datetime) -> None:
    """Accepted wrongly and given back; called off. One each, where there is one to be had."""
    mine = Task.objects.filter(plan=story.plan)
    for done in mine.filter(state="archived", version=1).order_by("pk")[:1]:
        tasks.reopen(task=done.pk, reason="抽查发现照片非当次活动，请重新报送。", actor=story.boss, at=at)
    for idle in mine.filter(state="received").order_by("-pk")[:1]:
        tasks.cancel(task=idle.pk, reason="与省级活动合并开展，不再单独报送。", actor=story.clerk, at=at)


def _numbers(plan: int, units: int, story: Story, out: Path) -> dict[str, Any]:
    mine = Task.objects.filter(plan=plan)
    states = Counter(mine.values_list("state", flat=True))
    day = min(story.until, timezone.localdate(moment(story.day(12, 31), 18)))
    entries, bad = first_bad()
    items = Item.objects.filter(plan=plan)
    return {
        "campaign": plan,
        "items": items.filter(kind=Item.Kind.ACTIVITY).count(),
        "reports": items.filter(kind=Item.Kind.REPORT).count(),
        "units": units,
        "tasks": sum(states.values()),
        "states": dict(sorted(states.items())),
        "returned": Entry.objects.filter(verb="tasks.task.office_return", target_id__in=mine.values("pk"))
        .values("target_id")
        .distinct()
        .count(),
        "late": _late(mine, day),
        "waived": states.get("waived", 0),
        "documents": list(_write_papers(out)),
        "journal": {"entries": entries, "ok": bad is None},
    }


def _late(mine: Any, day: dt.date) -> int:
    """First handed in after the due day, or not at all and overdue."""
    after = [1 for due, at in mine.exclude(first_submitted_at=None).values_list("due_on", "first_submitted_at")
             if due and timezone.localdate(at) > due]  # fmt: skip
    never = mine.filter(first_submitted_at=None, due_on__lt=day, imported=False)
    return len(after) + never.exclude(state__in=["waived", "cancelled", "archived"]).count()


def _write_papers(out: Path) -> list[str]:
    out.mkdir(parents=True, exist_ok=True)
    paths = []
    for document in Document.objects.select_related("file").order_by("pk"):
        if document.file is None:
            continue
        path = out / f"{document.pk:03d} {document.title[:60]}.pdf"
        path.write_bytes(path_of(document.file.sha256).read_bytes())
        paths.append(str(path))
    return paths
