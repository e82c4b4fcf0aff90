"""The campaign, day by day, through the services that people use. Working days only, office hours."""

from __future__ import annotations

import datetime as dt
import random
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from approvals.engine.terms import Command, Do
from approvals.models import Approval, Proxy
from approvals.services import decide, decide_many
from foundation.jobs import queue
from foundation.organization.actors import Actor
from foundation.organization.calendar import DAY, WorkCalendar
from foundation.organization.models import Appointment, Unit
from foundation.organization.services import working_calendar
from workflows.plans.models import Item
from workflows.tasks import services as tasks
from workflows.tasks.models import Submission, Task
from workflows.tasks.papers import register_approval_form, register_statistics_of
from workflows.tasks.parts import labels_of
from workflows.tasks.services.office import PAPERS

from . import extending, unit_work
from .days import FOR_THE_WORKER, MORNINGS, moment
from .people import FIRST, seat

CHUNK = 100
LEFT = {
    "deputy": 1,
    "head": 2,
}  # last working days on which heads of the accounts' units leave work for people
FORMS_SHOWN = 6  # approval forms made while playing; the others are left to the worker


@dataclass
class Story:
    """One run. `shift`: days by which everything lies later than in its own year."""

    plan: int
    year: int
    shift: int
    until: dt.date
    chance: random.Random
    progress: Callable[[str], None]
    calendar: WorkCalendar = field(init=False)
    last: dt.date = field(init=False)  # the last working day played
    intents: dict[int, unit_work.Intent] = field(init=False, default_factory=dict)
    returned: set[int] = field(default_factory=set)
    chances: tuple[float, ...] = unit_work.CHANCES

    def __post_init__(self) -> None:
        self.calendar = working_calendar()
        self.last = self.calendar.previous_working(min(self.until, self.day(12, 31) + 12 * DAY))
        self.shown = set(Unit.objects.filter(code__in=FIRST).values_list("pk", flat=True))
        self.clerk, self.boss = Actor.of(seat("anweiban.jingban")), Actor.of(seat("anweiban.zhuren"))
        self.hands: dict[int, dict[str, Actor]] = defaultdict(dict)
        for held in Appointment.objects.select_related("unit", "person").order_by("-pk"):
            self.hands[held.unit_id][held.post] = Actor.of(held)

    def day(self, month: int, day: int) -> dt.date:
        """A day of the campaign as it was moved."""
        return dt.date(self.year, month, day) + dt.timedelta(days=self.shift)

    def at(self, day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
        return moment(day, hour, minute)

    def play(self) -> None:
        """From the day after the dispatch to `until`; the last day of the story is 12 January."""
        self.intents = unit_work.plan_work(self)
        day = self.day(5, 22)
        while day <= self.last:
            if self.calendar.works(day):
                self._working_day(day)
            day += DAY

    def _working_day(self, day: dt.date) -> None:
        for play in MORNINGS:
            play(self.at(day, 8, 30), self.hands, self.clerk, self.calendar)
        extending.decide(self, day)
        self._office_in_the_morning(day)
        unit_work.receive(self, day)
        unit_work.work(self, day)
        extending.ask(self, day)
        self._heads(day, "deputy", 14)
        self._heads(day, "head", 16)
        if day.weekday() == 4:
            self._friday(day)
        queue.run_due(self.at(day, 17, 30), but=[PAPERS, *FOR_THE_WORKER])

    def _heads(self, day: dt.date, post: str, hour: int) -> None:
        """Every head agrees to what waits; what has to be put right goes back inside the unit."""
        waiting = self._waiting(post)
        for unit, approvals in sorted(waiting.items()):
            if unit in self.shown and self.calendar.between(day, self.last) < LEFT[post]:
                continue
            actor, yes = self.hands[unit][post], []
            for approval, task in approvals:
                if post == "deputy" and self.intents[task].takes("unit_return"):
                    decide(
                        approval_id=approval, actor=actor, at=self.at(day, hour), do="return",
                        opinion="小结写得太笼统，请补充具体做法后再报。",
                    )  # fmt: skip
                else:
                    yes.append(approval)
            self._agree(yes, self._stand_in(actor, day), self.at(day, hour, 10), "同意报送。")

    def _stand_in(self, actor: Actor, day: dt.date) -> Actor:
        """The proxy of a head who is away that day, acting in their own name."""
        proxy = Proxy.objects.filter(Proxy.in_force(day), owner=actor.post).select_related("to").first()
        return Actor.of(proxy.to) if proxy else actor

    def _office_in_the_morning(self, day: dt.date) -> None:
        """The clerk looks at what came in before today, the head at what the clerk passed."""
        came = self._waiting("office_clerk", before=self.at(day, 0))
        yes = []
        for approval, task in sorted(one for unit in came.values() for one in unit):
            verdict = self.intents[task].office_verdict()
            if verdict == "agree":
                yes.append(approval)
            else:
                self._object(approval, task, verdict, day)
        self._agree(yes, self.clerk, self.at(day, 9, 30), "材料齐全，拟同意。")
        if day == self.last < self.day(12, 31):
            return  # what the clerk passed today waits for the head
        passed = [a for unit in self._waiting("office_head").values() for a, _ in unit]
        self._agree(passed, self.boss, self.at(day, 11), "同意。")

    def settle(self, at: dt.datetime) -> None:
        """The last evening: nothing that was handed in stays undecided."""
        for post in ("deputy", "head"):
            for unit, waiting in sorted(self._waiting(post).items()):
                self._agree([approval for approval, _ in waiting], self.hands[unit][post], at, "同意报送。")
        for post, actor in (("office_clerk", self.clerk), ("office_head", self.boss)):
            waiting = [one for unit in self._waiting(post).values() for one in unit]
            self._agree([approval for approval, _ in sorted(waiting)], actor, at, "同意。")

    def _object(self, approval: int, task: int, verdict: str, day: dt.date) -> None:
        opinion = self.chance.choice(unit_work.NOTES)
        remarks = _remarks(task, opinion.rstrip("。")) if verdict == "return" else []
        decide(
            approval_id=approval, actor=self.clerk, at=self.at(day, 9), do=verdict, opinion=opinion,
            remarks=remarks,
        )  # fmt: skip
        if verdict == "return":
            self.returned.add(task)

    def _agree(self, approvals: list[int], actor: Actor, at: dt.datetime, opinion: str) -> None:
        command = Command(Do.AGREE, actor.person or 0, opinion=opinion)
        for start in range(0, len(approvals), CHUNK):
            decide_many(approvals=approvals[start : start + CHUNK], actor=actor, at=at, command=command)

    def _waiting(self, post: str, before: dt.datetime | None = None) -> dict[int, list[tuple[int, int]]]:
        """{unit: [(approval, task)]} that wait for this post."""
        rows = Approval.objects.filter(
            state="pending", subject="tasks.task", signers__state="open", signers__appointment__post=post
        )
        if before:
            rows = rows.filter(moved_at__lt=before)
        found: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for unit, approval, task in rows.values_list("unit", "pk", "subject_id").distinct():
            found[unit].append((approval, task))
        return found

    def _friday(self, day: dt.date) -> None:
        """The office chases who is late, and archives what is through."""
        at = self.at(day, 17)
        late = Task.objects.overdue(day).filter(first_submitted_at=None)
        tasks.urge(tasks=list(late.values_list("pk", flat=True)), actor=self.clerk, at=at)
        through = list(Task.objects.filter(state="accepted").values_list("pk", flat=True))
        tasks.archive(tasks=through, actor=self.clerk, at=at)
        queue.run_due(at, but=[PAPERS, *FOR_THE_WORKER])
        self.progress(f"{day} 归档 {len(through)} 件")

    def papers(self, at: dt.datetime) -> None:
        """Consolidated statistics of every duty that asked for them, approval forms of a few tasks."""
        duties = Item.objects.filter(plan=self.plan).select_related("plan__organ")
        for item in duties.filter(kind=Item.Kind.REPORT, deliverables__icontains="statistics"):
            if Task.objects.filter(item=item, state__in=["accepted", "archived"]).exists():
                register_statistics_of(item=item, actor=self.clerk, at=at)
        shown = Task.objects.filter(plan=self.plan, state="archived", version__gt=0).order_by(
            "-version", "pk"
        )
        for task in shown.select_related("item", "unit", "plan")[:FORMS_SHOWN]:
            register_approval_form(task=task, actor=self.clerk, at=at)
        queue.run_due(at, but=[PAPERS, *FOR_THE_WORKER])


def _remarks(task: int, text: str) -> list[dict[str, str]]:
    """The first part of what was handed in is what is wrong with it."""
    last = Submission.objects.filter(task=task).order_by("version").last()
    parts = list(labels_of(last.content))[:1] if last else []
    return [{"part": part, "reason": "other", "text": text} for part in parts]
