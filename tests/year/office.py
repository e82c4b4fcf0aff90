"""The office's working day: what units asked for is decided, what they sent is read, the late are urged, the rest archived."""

from __future__ import annotations

from typing import Any

from approvals.services import decide
from foundation.organization.actors import Actor
from workflows.campaigns.demo import writing
from workflows.campaigns.demo.unit_work import fill
from workflows.tasks import services as tasks
from workflows.tasks.models import Extension, Submission, Task
from workflows.tasks.parts import labels_of

from .heads import agree, waiting
from .world import Year, called


def decide_extensions(year: Year) -> None:
    """Asked for before today: most agreed to as asked, some to another day, every fourth or so refused."""
    rows = Extension.objects.filter(state="asked", asked_at__lt=year.at(9, 30))
    for one in rows.select_related("task__unit", "task__item", "task__period").order_by("pk"):
        chance = year.chance("extension", called(one.task))
        if chance.random() < 0.4:
            continue  # it waits: the clerk is at a meeting
        about: dict[str, Any] = {"task": one.task_id, "actor": year.clerk, "at": year.at(9, 30)}
        if chance.random() < 0.25:
            tasks.refuse_extension(reason="活动时间已经统一安排，请按期报送。", **about)
            year.minds[one.task_id].on = year.today
            continue
        until = one.wanted_on if chance.random() < 0.8 else year.workdays(one.wanted_on, -1)
        tasks.agree_extension(until=until, opinion="同意。", **about)


def review(year: Year) -> None:
    """The clerk reads what came in before today, the head what the clerk passed."""
    came = sorted(one for unit in waiting("office_clerk", before=year.at(9, 40)).values() for one in unit)
    ours = _entered({task for _, task in came})
    for reader, read in ((year.clerk, False), (year.second_clerk, True)):  # nobody reviews what they entered
        mine = [one for one in came if (one[1] in ours) == read]
        agree(year, [one for one in mine if not _objects(year, *one, reader)], reader, 9, 40)
    agree(year, [one for unit in waiting("office_head").values() for one in unit], year.boss, 9, 50)


def _entered(tasks: set[int]) -> set[int]:
    """Those of which the clerk typed something for the unit."""
    rows = Submission.objects.filter(task__in=tasks, paper__isnull=False)
    return set(rows.values_list("task", flat=True))


def _objects(year: Year, approval: int, task: int, reader: Actor) -> bool:
    mind = year.minds[task]
    about: dict[str, Any] = {"approval_id": approval, "actor": reader, "at": year.at(9, 40)}
    if Task.objects.filter(pk=task, state="waiver_review").exists():
        if not mind.takes("waiver_refused"):
            return False
        decide(do="return", opinion="辖区内有此类单位，请继续办理。", **about)
        return True
    if mind.takes("rejected"):
        decide(do="disagree", opinion="与本项无关，不予通过。", **about)
        return True
    if not (mind.takes("returned") or mind.takes("returned_again")):
        return False
    opinion = year.chance("note", mind.on, mind.pause).choice(writing.NOTES)
    decide(do="return", opinion=opinion, remarks=_remarks(task, opinion), **about)
    return True


def _remarks(task: int, text: str) -> list[dict[str, str]]:
    """The first part of what was handed in is what is wrong with it."""
    last = Submission.objects.filter(task=task).order_by("version").last()
    parts = list(labels_of(last.content))[:1] if last else []
    return [{"part": part, "reason": "other", "text": text.rstrip("。")} for part in parts]


def enter(year: Year) -> None:
    """代录: what came on paper. Its day is the day on which the unit sent it."""
    sent = [pk for pk, mind in year.minds.items() if "paper_sent" in mind.left]
    rows = Task.objects.filter(pk__in=sent, state__in=("received", "returned"), version=0, entry__isnull=True)
    for task in rows.select_related("unit", "item", "plan", "period").order_by("pk"):
        year.minds[task.pk].left.discard("paper_sent")
        about: dict[str, Any] = {"task": task.pk, "actor": year.clerk, "at": year.at(11)}
        tasks.begin_entry(paper_on=year.today, reason="该单位网络中断，送来盖章纸质件。", **about)
        fresh = Task.objects.select_related("unit", "item", "plan", "period").get(pk=task.pk)
        fill(year, fresh, year.clerk, year.at(11))
        tasks.attach(slot="scan", source=writing.final_paper(task.item.title), name="纸质件.pdf", **about)
        tasks.submit(version=0, **about)


def confirm(year: Year) -> None:
    """The unit's liaison officer confirms what the office entered, or objects: then the unit hands in itself."""
    for unit, approvals in sorted(waiting("liaison").items()):
        if not (liaison := year.seat(unit, "liaison")):
            continue
        right = []
        for approval, task in approvals:
            if year.minds[task].takes("objected"):
                act: dict[str, Any] = {"actor": Actor.of(liaison), "at": year.at(14)}
                decide(approval_id=approval, do="return", opinion="人数录错了，由本单位重新填报。", **act)
            else:
                right.append((approval, task))
        agree(year, right, Actor.of(liaison), 14)


def wednesday(year: Year) -> None:
    """Now and then: something archived turns out to be wrong and is opened again; a late task is given to the unit's
    handler."""
    chance = year.chance("wednesday", year.today)
    done = Task.objects.filter(state="archived", plan__state="running", version__gt=0, unit__ended_on=None)
    if chance.random() < 0.2 and (pks := list(done.order_by("pk").values_list("pk", flat=True))):
        reason = "抽查发现照片非当次活动，请重新报送。"
        tasks.reopen(task=chance.choice(pks), reason=reason, actor=year.boss, at=year.at(15, 30))
    late = Task.objects.overdue(year.today).filter(state="received", handler=None, plan__state="running")
    for task in late.select_related("unit").order_by("pk")[:1]:
        if handler := year.seat(task.unit.code, "handler"):
            about: dict[str, Any] = {"actor": year.clerk, "at": year.at(15, 30)}
            tasks.reassign(task=task.pk, handler=handler.pk, reason="联络员外出，请经办人抓紧办理。", **about)


def friday(year: Year) -> None:
    """The office chases who is late, and archives what is through."""
    late = Task.objects.overdue(year.today).filter(first_submitted_at=None, plan__state="running")
    tasks.urge(tasks=list(late.order_by("pk").values_list("pk", flat=True)), actor=year.clerk, at=year.at(17))
    through = Task.objects.filter(state="accepted").order_by("pk").values_list("pk", flat=True)
    tasks.archive(tasks=list(through), actor=year.clerk, at=year.at(17))
