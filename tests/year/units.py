"""What the units' people do: take their tasks, work on them or don't, hand in, ask for more time or to be let off."""

from __future__ import annotations

import datetime as dt
import random
from collections import defaultdict
from dataclasses import dataclass

from django.utils import timezone

from foundation.organization.actors import Actor
from workflows.campaigns.demo import unit_work, writing
from workflows.plans.deliverables import Deliverable as D
from workflows.tasks import services as tasks
from workflows.tasks.models import Extension, Task

from .world import Year, called

# What may befall a task beside the straight way, each by its chance. Several may.
FATES = {
    "returned": 0.10, "returned_again": 0.03, "rejected": 0.01, "sent_back_inside": 0.05, "taken_back": 0.03,
    "waived": 0.03, "waiver_refused": 0.02, "on_paper": 0.03, "objected": 0.01, "handed_over": 0.10,
    "more_time": 0.08, "more_time_regretted": 0.02, "late": 0.18, "never": 0.02,
}  # fmt: skip
EARLY = (0, 0, 1, 1, 2, 3, 4, 5, 7, 9, 12)  # days before the due day, of who is in time
LATEST = 9  # working days after it, of who is late


@dataclass
class Mind:
    """`on`: the day of the first submission; `pause`: working days in which it puts right what came back; `left`:
    fates that have not struck yet."""

    on: dt.date
    pause: int
    left: set[str]

    def takes(self, fate: str) -> bool:
        """True once, where this fate is still to come."""
        if fate not in self.left:
            return False
        self.left.discard(fate)
        return True


def mind_of(year: Year, task: Task) -> Mind:
    """Made up when the task is first looked at, and kept when it goes to another unit."""
    if task.pk not in year.minds:
        chance = year.chance("mind", task.plan_id == year.monthly, called(task))
        year.minds[task.pk] = _made_up(year, task, chance)
    return year.minds[task.pk]


def _made_up(year: Year, task: Task, chance: random.Random) -> Mind:
    left, pause = {fate for fate, share in FATES.items() if chance.random() < share}, chance.randint(1, 4)
    if {D.CASES, D.REPORT, D.STATISTICS} & set(task.item.deliverables):
        left -= {"waived", "waiver_refused"}
    due = task.due_on or year.today
    if "late" in left:
        return Mind(year.workdays(due, chance.randint(1, LATEST)), pause, left)
    return Mind(year.calendar.previous_working(due - dt.timedelta(days=chance.choice(EARLY))), pause, left)


def receive(year: Year) -> None:
    """A liaison officer takes what came, on the next morning or some days later."""
    waiting: dict[str, list[int]] = defaultdict(list)
    rows = Task.objects.filter(state="issued").order_by("pk")
    for pk, unit, created in rows.values_list("pk", "unit__code", "created"):
        lag = year.chance("lag", unit).randint(1, 4)
        if year.calendar.between(timezone.localdate(created), year.today) >= lag:
            waiting[unit].append(pk)
    for unit, pks in sorted(waiting.items()):
        if liaison := year.seat(unit, "liaison"):
            tasks.receive(tasks=pks, actor=Actor.of(liaison), at=year.at(10))


def work(year: Year) -> None:
    """Everything that is done at the desks of the units today."""
    for task in _of_today(year):
        seats = year.hands.get(task.unit.code, {})
        if (
            liaison := seats.get("liaison") if {"deputy", "head"} <= seats.keys() else None
        ):  # else nobody could sign
            _work_on(year, task, Actor.of(liaison), mind_of(year, task))


def _of_today(year: Year) -> list[Task]:
    """A first version on its day, a next one some days after it came back; who wants more time asks three days before."""
    rows = Task.objects.filter(state__in=("received", "returned"), entry__isnull=True)
    known = ("pk", "version", "changed", "due_on")
    due = [pk for pk, *told in rows.values_list(*known) if pk not in year.minds or _today(year, pk, *told)]
    told = Task.objects.filter(pk__in=due).select_related("unit", "item", "plan", "period", "draft")
    return sorted(told, key=lambda task: (task.unit.order, task.unit.code, task.due_on, task.pk))


def _today(year: Year, pk: int, version: int, changed: dt.datetime, due_on: dt.date | None) -> bool:
    mind = year.minds[pk]
    if "never" in mind.left:
        return False
    if version:
        return year.calendar.between(timezone.localdate(changed), year.today) >= mind.pause
    asks = {"more_time", "more_time_regretted"} & mind.left
    return year.today >= mind.on or bool(asks and due_on and year.today >= year.workdays(due_on, -3))


def _work_on(year: Year, task: Task, liaison: Actor, mind: Mind) -> None:
    if not _today(year, task.pk, task.version, task.changed, task.due_on):
        return
    if task.version == 0 and _asks_for_time(year, task, liaison, mind):
        return
    undecided = Extension.objects.filter(task=task, state="asked").exists()
    if undecided or (not task.version and year.today < mind.on):
        return
    hand = _hand(year, task, liaison, mind)
    if task.version == 0 and (mind.takes("waived") or "waiver_refused" in mind.left):
        reason = year.chance("waiver", called(task)).choice(writing.WAIVERS)
        tasks.ask_waiver(task=task.pk, reason=reason, actor=hand, at=year.at(10, 20))
    elif task.version == 0 and mind.takes("on_paper"):
        mind.left.add("paper_sent")  # the office enters it (office.py)
    elif "paper_sent" not in mind.left or task.version:
        _hand_in(year, task, hand, mind)


def _asks_for_time(year: Year, task: Task, liaison: Actor, mind: Mind) -> bool:
    """延期, on the due day at the latest. Who gets it hands in by the new day, or late again."""
    if task.due_on is None or year.today > task.due_on:
        return False
    regrets = "more_time_regretted" in mind.left
    if not (mind.takes("more_time") or mind.takes("more_time_regretted")):
        return False
    chance = year.chance("time", called(task))
    until = year.workdays(task.due_on, chance.randint(3, 8))
    reason = chance.choice(("原定场地检修，活动顺延。", "汛期值班任务重，恳请延期。", "部分村数据尚未核实。"))
    tasks.ask_extension(task=task.pk, until=until, reason=reason, actor=liaison, at=year.at(10, 20))
    mind.on = until if chance.random() < 0.8 else year.workdays(until, 2)
    if regrets:
        tasks.withdraw_extension(task=task.pk, actor=liaison, at=year.at(10, 20))
        mind.on = year.calendar.next_working(task.due_on)
    return True


def _hand(year: Year, task: Task, liaison: Actor, mind: Mind) -> Actor:
    """The liaison officer, or the handler whom the task was given to."""
    handler = year.seat(task.unit.code, "handler")
    if handler and mind.takes("handed_over"):
        tasks.hand_over(task=task.pk, handler=handler.pk, actor=liaison, at=year.at(10, 20))
        return Actor.of(handler)
    return liaison


def _hand_in(year: Year, task: Task, hand: Actor, mind: Mind) -> None:
    unit_work.fill(year, task, hand, year.at(10, 20))
    tasks.submit(task=task.pk, version=task.version, actor=hand, at=year.at(10, 20))
    if mind.takes("taken_back"):
        tasks.withdraw(task=task.pk, actor=hand, at=year.at(10, 20), reason="附件传错了")
