"""What a unit hears of its tasks, along one of them."""

from __future__ import annotations

from foundation.outbox.models import Message
from foundation.outbox.spreading import spread
from workflows.tasks import services
from workflows.tasks.models import Task

from .minutes import AT


def news() -> list[tuple[str, str]]:
    before = Message.objects.count()
    spread(AT)
    return list(Message.objects.order_by("pk").values_list("person__username", "kind")[before:])


def test_the_unit_hears_what_it_has_to_do_and_what_became_of_it(ready, cast):
    assert news() == [("jia.liaison", "task.issued")]
    services.hand_over(task=ready.pk, handler=cast.town.handler.pk, **ready.by(None))
    assert news() == [("jia.handler", "task.given")]
    ready.submit()
    assert news() == [("jia.deputy", "approval.turn")]
    ready.decide(cast.town.deputy, "return", "请补照片")
    assert news() == [("jia.liaison", "task.returned"), ("jia.handler", "task.returned")]
    ready.submit()
    ready.agree(cast.town.deputy, cast.town.head)
    assert ("clerk", "approval.turn") in news()


def test_an_urge_reaches_the_unit_once_a_day(case, cast):
    news()
    services.urge(tasks=case.pk, **case.by(cast.clerk)).all_or_refuse()
    assert news() == [("jia.liaison", "task.urged")]
    Task.objects.update(urged_on=None)  # as if the guard of the act itself were not there
    services.urge(tasks=case.pk, **case.by(cast.office_head)).all_or_refuse()
    assert news() == []


def test_what_was_done_before_the_plan_went_out_tells_nobody(make):
    make(state="archived", imported=True)
    assert news() == []


def test_the_approval_of_a_task_is_told_in_the_words_of_tasks(ready, cast):
    ready.submit()
    ready.agree(cast.town.deputy, cast.town.head)
    news()
    ready.agree(cast.clerk, cast.office_head)
    assert news() == [("office_head", "approval.turn"), ("jia.liaison", "task.decided")]
