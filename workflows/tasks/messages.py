"""Who is told what of tasks: the unit's liaison officer and the handler; approvals tell whoever has to sign."""

from __future__ import annotations

from approvals.messages import TELL_THEMSELVES
from foundation.organization.posts import OFFICE_POSTS, Post
from foundation.outbox.recipients import both, holders, seats
from foundation.outbox.registry import inform, kind, shown

from .models import Extension, Task
from .permissions import sees_extension, sees_task

ISSUED = kind("task.issued", "任务下达")
GIVEN = kind("task.given", "任务转交")
URGED = kind("task.urged", "任务催办", urgent=True, daily=True)
RETURNED = kind("task.returned", "任务退回", urgent=True)
DECIDED = kind("task.decided", "任务结果")

EXTENDED = kind("task.extended", "延期", urgent=True)

handler = seats(Task, "handler")
workers = both(holders(Task, Post.LIAISON), handler)

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
shown(Extension, sees_extension, title="task__item__title", page="task", pk="task")
shown(Task, sees_task, title="item__title", page="task")
