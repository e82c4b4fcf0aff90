"""Who is told of supervision: whom the rung of the ladder names, in the unit of the task; the office, of answers."""

from __future__ import annotations

from collections import defaultdict

from foundation.organization.posts import OFFICE_POSTS, Post
from foundation.outbox.recipients import holders, in_office, in_posts
from foundation.outbox.registry import Event, Recipients, Told, inform, kind, shown

from .models import Reminder, Slip
from .permissions import sees_reminder, sees_slip
from .supervision.reading import rung_of

REMINDED = kind("supervision.reminder", "期限提醒", urgent=True)
SLIP = kind("supervision.slip", "督办单", urgent=True)
ANSWERED = kind("supervision.answered", "督办回复")
LISTED = kind("supervision.listed", "列入通报名单")

unit = holders(Slip, Post.LIAISON, Post.DEPUTY, Post.HEAD)  # who may answer
office = holders(Slip, *OFFICE_POSTS, unit="organ")


def _of_rung(model: type[Reminder] | type[Slip]) -> Recipients:
    """经办人 is whom the task was given to, not everybody who holds the post."""

    def to(events: list[Event]) -> Told:
        rows = model._base_manager.filter(pk__in={one.target_id for one in events})
        named: dict[int, Reminder | Slip] = {row.pk: row for row in rows.select_related("task")}
        posts: dict[str, list[tuple[Event, int]]] = defaultdict(list)
        handlers: list[tuple[Event, int]] = []
        for event in events:
            row = named[event.target_id]
            rung, unit, handler = rung_of(row.due_on, row.rung), row.task.unit_id, row.task.handler_id
            for post in rung.to if rung else (Post.LIAISON,):
                posts[post].append((event, unit))
            if handler and rung and Post.HANDLER in rung.to:
                handlers.append((event, handler))
        yield from in_office(handlers)
        for post, asked in posts.items():
            if post != Post.HANDLER:
                yield from in_posts(asked, post)

    return to


inform("tracking.reminder.create", REMINDED, "有任务快到期限，请及时办理。", _of_rung(Reminder))
inform("tracking.slip.create", SLIP, "收到督办单，请签收并按期回复。", _of_rung(Slip))
inform(
    "tracking.slip.create", LISTED, "有任务发了红色督办单，列入通报名单。", office,
    when=lambda event: event.data.get("colour") == Slip.Colour.RED,
)  # fmt: skip
inform("tracking.slip.send_back", SLIP, "督办回复被退回，请重新回复。", unit)
inform("tracking.slip.answer", ANSWERED, "有单位回复了督办单，请查看。", office)
inform("tracking.slip.close", ANSWERED, "督办单已办结。", unit)
inform("tracking.slip.void", ANSWERED, "一份督办单已作废，不用再回复。", unit)
shown(Reminder, sees_reminder, title="task__item__title", page="task", pk="task")
shown(Slip, sees_slip, title="task__item__title", page="slip")
