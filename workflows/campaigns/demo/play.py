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
from approvals.models import Approval, Proxy, Route
from approvals.routing.versions import add_version
from approvals.services import decide, version_for
from approvals.store import route_of
from documents.models import Document
from foundation.files.models import path_of
from foundation.jobs import queue
from foundation.journal.checkpoints import write_checkpoint
from foundation.journal.models import Entry
from foundation.journal.verify import first_bad
from foundation.organization.actors import Actor
from foundation.organization.calendar import DAY
from workflows.campaigns import services
from workflows.campaigns.committees.forms import name_in
from workflows.campaigns.committees.services import add_member, set_up
from workflows.campaigns.drafts import import_plan
from workflows.campaigns.models import CommitteeMember
from workflows.campaigns.starting import start_dispatch
from workflows.plans.models import Item, Plan
from workflows.tasks import services as tasks
from workflows.tasks.models import Task
from workflows.tasks.services.office import PAPERS

from .archiving import play_archive
from .case_papers import play_papers
from .cases import play_cases
from .copies import play_copies
from .days import FOR_THE_WORKER
from .drafting import play_documents
from .editing import edit_draft
from .moving import plan_text
from .people import assemble, list_accounts, seat
from .reading import play_messages
from .recommending import play_recommending
from .registers import play_registers
from .sealing import add_demo_seal
from .story import Story

ARRIVES = (5, 18)  # the plan: a Monday in the year that the story was written for
DISPATCHED = 3 * DAY  # after it arrived


@dataclass(frozen=True)
class Wish:
    """What the command was asked for."""

    units: int
    year: int
    until: dt.date
    seed: int
    out: Path
    shift: int = 0

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
    units = assemble(wish.units, at=_at(start - 30 * DAY, 9), seed=wish.seed)
    list_accounts()
    progress(f"{len(units)} 个单位")
    _routes(_at(start - DAY, 9))
    add_demo_seal(_at(start - DAY, 9))
    plan = _begin(wish, start)
    progress("任务已下达")
    chance = random.Random(wish.seed)  # noqa: S311 - not a secret
    story = Story(plan, wish.year, wish.shift, wish.until, chance, progress)
    _proxy(story)
    story.play()
    end = _at(min(wish.until, story.day(12, 31) + 12 * DAY), 18)
    whole = wish.until >= story.day(12, 31) + 12 * DAY
    if whole:
        story.settle(end)
    _exceptions(story, end)
    play_cases(lambda day, hour: _at(story.day(6, day), hour), end)
    play_recommending(story, seat("hanguang.lianluo").unit_id, end)
    play_papers(lambda day, hour: _at(story.day(6, day), hour), end)
    story.papers(end)
    left = [PAPERS, *FOR_THE_WORKER]
    play_copies(plan, story.clerk, end, but=left)
    play_archive(story.clerk, end, but=left)
    play_documents(end, but=left)
    play_registers(story.day, end)
    if whole:
        _close(story, end)
    play_messages(end)
    write_checkpoint(end)
    return _numbers(plan, len(units), story, wish.out) | {"seconds": round(time.monotonic() - began, 1)}


def _begin(wish: Wish, day: dt.date) -> int:
    """Monday the plan arrives, is read and edited; Tuesday approved, Thursday dispatched."""
    clerk, boss = Actor.of(seat("anweiban.jingban")), Actor.of(seat("anweiban.zhuren"))
    text = plan_text(wish.year, wish.shift)
    plan = import_plan(text=text, actor=clerk, at=_at(day, 9), source_name="方案.txt").pk
    edit_draft(plan=plan, actor=clerk, at=_at(day, 11))
    services.send_for_approval(plan=plan, actor=clerk, at=_at(day, 15))
    _decide_plan(boss, _at(day, 16), "return", "第 9 项请再核对成员单位后送审。")
    services.send_for_approval(plan=plan, actor=clerk, at=_at(day + DAY, 9))
    _decide_plan(boss, _at(day + DAY, 10), "agree", "同意。")
    _set_up_committee(plan, boss, _at(day + DAY, 11))
    start_dispatch(plan=plan, actor=clerk, at=_at(wish.dispatched, 9))
    queue.run_due(_at(wish.dispatched, 10))
    return plan


def _set_up_committee(plan: int, boss: Actor, at: dt.datetime) -> None:
    """As the plan has it, until the campaign ends; the leader chairs it."""
    row = Plan.objects.get(pk=plan)
    if row.ends_on:
        pk = set_up(plan=plan, name=name_in(row), ends_on=row.ends_on, actor=boss, at=at)
        add_member(
            committee=pk,
            person=seat("anweiban.lingdao").person,
            role=CommitteeMember.Role.CHAIR,
            actor=boss,
            at=at,
        )


def _decide_plan(boss: Actor, at: dt.datetime, do: str, opinion: str) -> None:
    decide(approval_id=Approval.objects.get(state="pending").pk, actor=boss, at=at, do=do, opinion=opinion)


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
    for done in Task.objects.filter(state="archived", version=1).order_by("pk")[:1]:
        tasks.reopen(task=done.pk, reason="抽查发现照片非当次活动，请重新报送。", actor=story.boss, at=at)
    for idle in Task.objects.filter(state="received").order_by("-pk")[:1]:
        tasks.cancel(task=idle.pk, reason="与省级活动合并开展，不再单独报送。", actor=story.clerk, at=at)


def _close(story: Story, at: dt.datetime) -> None:
    """What never came is called off with the reason; then the campaign is archived."""
    services.begin_closing(plan=story.plan, actor=story.clerk, at=at)
    left = Task.objects.filter(plan=story.plan, state__in=["issued", "received", "returned"])
    for pk in left.values_list("pk", flat=True):
        tasks.cancel(task=pk, reason="活动结束仍未报送，按未完成处理。", actor=story.clerk, at=at)
    through = Task.objects.filter(plan=story.plan, state="accepted").values_list("pk", flat=True)
    tasks.archive(tasks=list(through), actor=story.clerk, at=at)
    services.archive(plan=story.plan, actor=story.boss, at=at)


def _numbers(plan: int, units: int, story: Story, out: Path) -> dict[str, Any]:
    mine = Task.objects.filter(plan=plan)
    states = Counter(mine.values_list("state", flat=True))
    day = min(story.until, timezone.localdate(_at(story.day(12, 31), 18)))
    entries, bad = first_bad()
    items = Item.objects.filter(plan=plan)
    return {
        "campaign": plan,
        "items": items.filter(kind=Item.Kind.ACTIVITY).count(),
        "reports": items.filter(kind=Item.Kind.REPORT).count(),
        "units": units,
        "tasks": sum(states.values()),
        "states": dict(sorted(states.items())),
        "returned": Entry.objects.filter(verb="tasks.task.office_return")
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


def _at(day: dt.date, hour: int) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour)))
