"""Who is told what of tasks: the unit's liaison officer and the handler; approvals tell whoever has to sign."""

from __future__ import annotations

from collections import defaultdict

from django.urls import reverse

from approvals.messages import TELL_THEMSELVES
from foundation.organization.models import Unit
from foundation.organization.posts import OFFICE_POSTS, Post
from foundation.outbox.recipients import both, holders, in_office, in_posts, seats
from foundation.outbox.registry import Event, Told, inform, kind, shown

from .models import Extension, Task
from .permissions import sees_extension, sees_task
from .querysets import DONE

ISSUED = kind("task.issued", "任务下达")
GIVEN = kind("task.given", "任务转交")
URGED = kind("task.urged", "任务催办", urgent=True, daily=True)
RETURNED = kind("task.returned", "任务退回", urgent=True)
DECIDED = kind("task.decided", "任务结果")

CHANGED = kind("task.changed", "任务调整", urgent=True)
ENTERED = kind("task.entered", "代录")
TOGETHER = kind("task.together", "牵头和配合")
INHERITED = kind("task.inherited", "承接任务", urgent=True)
EXTENDED = kind("task.extended", "延期", urgent=True)

handler = seats(Task, "handler")
workers = both(holders(Task, Post.LIAISON), handler)


def assists(events: list[Event]) -> Told:
    """Of a task that led: whoever works on those that assist the same item and are not done."""
    led = Task.objects.filter(pk__in={one.target_id for one in events}, role="lead").values_list(
        "pk", "item", "period"
    )
    by_place = {(item, period): pk for pk, item, period in led}
    rows = Task.objects.filter(role="assist", item__in={item for item, _ in by_place}).exclude(state__in=DONE)
    found = defaultdict(list)
    for item, period, unit, given in rows.values_list("item", "period", "unit", "handler"):
        if lead := by_place.get((item, period)):
            found[lead].append((unit, given))
    asked = [(one, *place) for one in events for place in found[one.target_id]]
    yield from in_posts(((one, unit) for one, unit, _ in asked), Post.LIAISON)
    yield from in_office((one, given) for one, _, given in asked if given)


def heirs(events: list[Event]) -> Told:
    """The people of the unit that takes over the work of one that ended."""
    codes = {one.data.get("successor") for one in events}
    units = dict(Unit.objects.filter(code__in=codes - {None}).values_list("code", "pk"))
    going = [(one, units[code]) for one in events if (code := one.data.get("successor")) in units]
    yield from in_posts(going, Post.LIAISON, Post.DEPUTY, Post.HEAD)


TELL_THEMSELVES.add("tasks.task")
inform(
    "tasks.task.create", ISSUED, "有一件新任务，请签收。", holders(Task, Post.LIAISON),
    when=lambda event: event.to == Task.State.ISSUED,
)  # fmt: skip
inform("tasks.task.hand_over", GIVEN, "有一件任务转交给您办理。", handler)
inform("tasks.task.reassign", GIVEN, "有一件任务由安委办改派了经办人，请查看。", workers)
inform("tasks.task.urge", URGED, "有任务被催办，请尽快办理。", workers)
for name, says in {
    "unit_return": "任务被本单位负责人退回，请修改后重新提交。", "office_return": "任务被安委办退回，请按意见修改。",
    "refuse_waiver": "免报没有获得同意，请继续办理。", "reopen": "任务被重开，请继续办理。",
}.items():  # fmt: skip
    inform(f"tasks.task.{name}", RETURNED, says, workers)
for name, says in {
    "accept": "任务审核通过。", "waive": "免报获得同意。", "reject": "任务没有通过审核。", "cancel": "任务已撤销，不用再办。",
}.items():  # fmt: skip
    inform(f"tasks.task.{name}", DECIDED, says, workers)
for name, says in {
    "agree": "延期获得同意，请看新的截止日。", "refuse": "延期没有获得同意，请按原来的截止日报送。",
}.items():  # fmt: skip
    inform(f"tasks.extension.{name}", EXTENDED, says, seats(Extension, "asked_by"))
inform(
    "tasks.extension.create", EXTENDED, "有单位申请延期，请决定。",
    holders(Extension, *OFFICE_POSTS, unit="task__plan__organ"),
)  # fmt: skip
inform("tasks.task.supplement", CHANGED, "任务的要求或期限有变化，请看补充通知。", workers)
inform("tasks.task.begin_entry", ENTERED, "安委办正在按纸质件代录本单位的一件任务，提交后请确认。", workers)
inform(
    "tasks.task.accept", TOGETHER, "牵头单位的一项工作已通过审核，本单位配合的任务请抓紧报送。", assists,
    page=lambda event: f"{reverse('tasks')}?state=todo",
)  # fmt: skip
inform(
    "journal.book.unit.end", INHERITED, "有单位并入本单位，它没有办结的任务由本单位接着办，请查看任务。", heirs,
    page=lambda event: f"{reverse('tasks')}?state=todo",
)  # fmt: skip
shown(Extension, sees_extension, title="task__item__title", page="task", pk="task")
shown(Task, sees_task, title="item__title", page="task")
