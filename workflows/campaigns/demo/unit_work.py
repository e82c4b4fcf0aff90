"""What each unit means to do with each task, drawn once by chance, and how it goes about it."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from django.utils import timezone

from foundation.organization.actors import Actor
from foundation.organization.calendar import DAY, WorkCalendar
from workflows.plans.deliverables import Deliverable as D
from workflows.tasks import services as tasks
from workflows.tasks.annexes import statistics_on
from workflows.tasks.figures.known import held_of
from workflows.tasks.models import Task

from . import writing
from .days import FORGETS, thrown

if TYPE_CHECKING:
    from .story import Story

NOTES = writing.NOTES
# What befalls a task beside the straight way. The first tasks of the shuffled list get one each, so that even
# a small run has them all; the others by these chances.
FATES = (
    "return",
    "return_twice",
    "unit_return",
    "waive",
    "waive_refused",
    "withdraw",
    "reject",
    "late",
    "never",
)
CHANCES = (0.06, 0.02, 0.03, 0.03, 0.01, 0.01, 0.0, 0.08, 0.015)


class Desk(Protocol):
    """What filling in needs of who plays."""

    calendar: WorkCalendar


@dataclass
class Intent:
    """`left`: fates that have not struck yet; `on`: the day of the first submission."""

    left: list[str]
    on: dt.date
    done: set[str] = field(default_factory=set)

    def takes(self, fate: str) -> bool:
        """True once, where this fate is still to come."""
        if fate not in self.left:
            return False
        self.left.remove(fate)
        return True

    def office_verdict(self) -> str:
        if self.takes("reject"):
            return "disagree"
        return "return" if self.takes("return") or self.takes("waive_refused") else "agree"


def plan_work(story: Story) -> dict[int, Intent]:
    """An intent for every task that was dispatched."""
    rows = list(
        Task.objects.filter(plan=story.plan, imported=False).select_related("item", "unit").order_by("pk")
    )
    order = list(range(len(rows)))
    story.chance.shuffle(order)
    fates = {rows[n].pk: [fate] for n, fate in zip(order, FATES, strict=False)}
    intents = {task.pk: _intent(story, task, fates.get(task.pk)) for task in rows}
    if story.last < story.day(6, 30):
        _forget_one(rows, intents)
    for unit in sorted(story.shown):
        _leave_work(story, [task for task in rows if task.unit_id == unit], intents)
    return intents


def _forget_one(rows: list[Task], intents: dict[int, Intent]) -> None:
    """One of the accounts' units never sends its plan of activities: it gets slips of all three colours."""
    for task in rows:
        if task.item.number == "R1" and task.unit.code == FORGETS:
            intents[task.pk] = Intent(["never"], dt.date.max)


def _leave_work(story: Story, rows: list[Task], intents: dict[int, Intent]) -> None:
    """A demo that stops in full swing leaves the units of its accounts something to do: two for the deputy, two
    for the head, one that the office gave back."""
    open_ones = [
        task for task in rows if task.due_on and task.due_on > story.last and task.item.number.isdigit()
    ]
    for task, ago in zip(open_ones, (0, 0, 1, 1, 3), strict=False):
        fate = ["return"] if ago == 3 else []
        intents[task.pk] = Intent(fate, story.calendar.add(story.last, -ago) if ago else story.last)


def _intent(story: Story, task: Task, given: list[str] | None) -> Intent:
    drawn = story.chance.random()
    left = given or _drawn(drawn, story.chances)
    left = ["return", "return"] if left == ["return_twice"] else left
    if D.CASES in task.item.deliverables or D.REPORT in task.item.deliverables:
        left = [fate for fate in left if not fate.startswith("waive")]
    due = task.due_on or story.day(12, 31)
    if "late" in left:
        on = story.calendar.add(due, story.chance.randint(1, 6))
    else:
        on = story.calendar.previous_working(
            due - DAY * story.chance.choice((0, 1, 2, 4, 7, 9, 11, 13, 15, 17, 20, 23))
        )
    return Intent(left, max(on, story.calendar.next_working(story.day(5, 27))))


def _drawn(drawn: float, chances: Iterable[float]) -> list[str]:
    total = 0.0
    for fate, share in zip(FATES, chances, strict=True):
        total += share
        if drawn < total:
            return [fate]
    return []


def receive(story: Story, day: dt.date) -> None:
    """The liaison officers take what was issued, each unit some days after the dispatch."""
    waiting: dict[tuple[int, str], list[int]] = {}
    rows = Task.objects.filter(plan=story.plan, state="issued")
    for unit, code, pk in rows.values_list("unit", "unit__code", "pk"):
        waiting.setdefault((unit, code), []).append(pk)
    lag = story.calendar.between(story.day(5, 21), day)
    for (unit, code), pks in sorted(waiting.items()):
        liaison = story.hands[unit].get("liaison")
        if liaison and lag > thrown(code, 4):
            tasks.receive(tasks=pks, actor=liaison, at=story.at(day, 9, thrown(code, 60)))


def work(story: Story, day: dt.date) -> None:
    """Everything the units hand in today: first submissions, and what was given back to them."""
    open_ones = Task.objects.filter(plan=story.plan, state__in=["received", "returned"])
    due = [
        pk
        for pk, version, changed in open_ones.values_list("pk", "version", "changed")
        if "never" not in story.intents[pk].left and _today(story, pk, version, changed, day)
    ]
    rows = Task.objects.filter(pk__in=due).select_related("item", "unit", "plan", "period").order_by("pk")
    for task in rows:
        liaison = story.hands[task.unit_id].get("liaison")
        at = story.at(day, 10, thrown(f"{task.unit.code} {task.item.number}", 60))
        if liaison:
            _hand_in(story, task, story.intents[task.pk], liaison, at)


def _today(story: Story, pk: int, version: int, changed: dt.datetime, day: dt.date) -> bool:
    """A first submission on its day; a second one three working days after the return."""
    if not version:
        return day >= story.intents[pk].on
    return story.calendar.between(timezone.localdate(changed), day) >= 3


def _hand_in(story: Story, task: Task, intent: Intent, actor: Actor, at: dt.datetime) -> None:
    if intent.takes("waive") or ("waive_refused" in intent.left and "waive_refused" not in intent.done):
        intent.done.add("waive_refused")
        tasks.ask_waiver(task=task.pk, reason=story.chance.choice(writing.WAIVERS), actor=actor, at=at)
        return
    fill(story, task, actor, at)
    tasks.submit(task=task.pk, version=task.version, actor=actor, at=at)
    if intent.takes("withdraw"):
        tasks.withdraw(task=task.pk, actor=actor, at=at + dt.timedelta(minutes=5), reason="附件传错了")
        tasks.submit(task=task.pk, version=task.version + 1, actor=actor, at=at + dt.timedelta(minutes=20))


def fill(story: Desk, task: Task, actor: Actor, at: dt.datetime) -> None:
    """Records, files and the typed parts, as the item asks for them; a second version adds to the first. Drawn by what
    the task is called, not by its id: a database that had others writes the same."""
    called = f"{task.unit.code} {task.item.number} {task.period.name} {task.version}"
    chance, day = random.Random(called), at.date()  # noqa: S311 - not a secret
    parts = set(task.item.deliverables)
    common: dict[str, Any] = {"task": task.pk, "actor": actor, "at": at}
    if D.RECORDS in parts:
        for n in range(chance.randint(1, 2)):
            held = story.calendar.previous_working(day - DAY * chance.randint(0, 6))
            token = f"demo-{task.version}-{n}"
            tasks.add_record(activity=writing.activity(task, chance, held), token=token, **common)
    for slot, source, name in _files(task, parts, chance):
        tasks.attach(slot=slot, source=source, name=name, **common)
    draft = getattr(task, "draft", None)
    # A return names the summary: the rest was accepted and stays as it was.
    kept = {key: value for key, value in draft.content.items() if key != "summary"} if draft else {}
    typed = writing.draft_of(task, chance) | kept
    if D.STATISTICS in parts:
        typed["statistics"] = _figures(task, chance, day, kept.get("statistics"))
    if typed:
        tasks.save_draft(content=typed, revision=draft.revision if draft else 0, **common)


def _files(task: Task, parts: set[str], chance: random.Random) -> Iterable[tuple[str, bytes, str]]:
    if D.REPORT in parts:
        yield "final", writing.final_paper(task.item.title), f"{task.unit.short_name}报送材料.pdf"
        yield "editable", writing.editable_paper(task.item.title), f"{task.unit.short_name}报送材料.docx"
        for n, picture in enumerate(writing.photos(task), 1):
            yield "photos", picture, f"现场照片{n}.png"
    if parts & {D.RECORDS, D.EVENT} and chance.random() < 0.3:
        yield "photos", writing.photo(chance.randrange(writing.PICTURES)), "现场照片.png"


def _figures(task: Task, chance: random.Random, day: dt.date, kept: dict[str, Any] | None) -> dict[str, Any]:
    """Up to the day before they are due, or up to today where that is sooner; a second version keeps its figures."""
    due = task.due_on or day
    form, cutoff = statistics_on(due), min(day, due - DAY)
    held = held_of(task, form, due, kept or {"cutoff": cutoff.isoformat()})
    if kept:
        return writing.explained(form, kept, held, chance)
    return writing.figures(form, held, cutoff, chance)
