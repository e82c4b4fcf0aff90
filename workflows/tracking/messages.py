"""Who is told of supervision: whom the rung of the ladder names, in the unit of the task; the office, of answers."""

from __future__ import annotations

from collections import defaultdict

from foundation.organization.posts import OFFICE_POSTS, Post
from foundation.outbox.recipients import both, holders, in_office, in_posts, seats
from foundation.outbox.registry import Event, Recipients, Told, inform, kind, shown

from .models import Reminder, Slip, UpwardDuty
from .permissions import sees_reminder, sees_slip, sees_upward
from .supervision.reading import rung_of

REMINDED = kind("supervision.reminder", "期限提醒", urgent=True)
SLIP = kind("supervision.slip", "督办单", urgent=True)
ANSWERED = kind("supervision.answered", "督办回复")
UPWARD = kind("upward.due", "对上报送", urgent=True)
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


def _keepers(events: list[Event]) -> Told:
    """Whom a duty was given to, else the clerks of the office."""
    rows = UpwardDuty.objects.filter(pk__in={one.target_id for one in events})
    named = {pk: (handler, organ) for pk, handler, organ in rows.values_list("pk", "handler", "organ")}
    given = [(one, *named[one.target_id]) for one in events if one.target_id in named]
    yield from in_office((one, handler) for one, handler, _ in given if handler)
    yield from in_posts(((one, organ) for one, handler, organ in given if not handler), Post.OFFICE_CLERK)


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
inform("tracking.upwardduty.create", UPWARD, "有一项对上报送交给您办理。", seats(UpwardDuty, "handler"))
inform("tracking.upwardduty.remind", UPWARD, "有一项对上报送快到期，请按时报送。", _keepers)
inform(
    "tracking.upwardduty.overdue", UPWARD, "有一项对上报送已过期，请尽快报送。",
    both(_keepers, holders(UpwardDuty, Post.OFFICE_HEAD, unit="organ")),
)  # fmt: skip
shown(UpwardDuty, sees_upward, title="title", page="upward_duty")
shown(Reminder, sees_reminder, title="task__item__title", page="task", pk="task")
shown(Slip, sees_slip, title="task__item__title", page="slip")
