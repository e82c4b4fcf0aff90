"""What a unit hears of its tasks, along one of them."""

from __future__ import annotations

from foundation.journal.moves import create, record
from foundation.organization.actors import SYSTEM
from foundation.organization.ending import end_unit
from foundation.outbox.models import Message
from foundation.outbox.spreading import spread
from tests.cast import actor
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


def test_a_unit_hears_that_the_office_enters_its_paper(case, cast):
    news()
    services.begin_entry(task=case.pk, paper_on=AT.date(), reason="单位送来纸质件", **case.by(cast.clerk))
    assert news() == [("jia.liaison", "task.entered")]


def test_a_changed_task_is_told_to_whoever_works_on_it(case, cast):
    news()
    by = case.by(cast.clerk)
    record(Task, case.pk, "supplement", data={"supplement": 1, "version": 2}, **by).all_or_refuse()
    assert news() == [("jia.liaison", "task.changed")]


def test_who_assists_hears_that_the_lead_is_through(ready, cast):
    values = {
        "plan": ready.task.plan_id,
        "item": ready.task.item_id,
        "period": ready.task.period_id,
        "role": "assist",
    }
    for house in (cast.other, cast.department):
        create(Task, values | {"unit": house.unit}, actor=SYSTEM, at=AT)
    Task.objects.filter(unit=cast.department.unit).update(state="archived")  # is done
    ready.submit()
    ready.agree(cast.town.deputy, cast.town.head)
    ready.agree(cast.clerk)
    news()
    ready.agree(cast.office_head)
    assert sorted(news()) == [("jia.liaison", "task.decided"), ("yi.liaison", "task.together")]


def test_a_successor_hears_once_of_all_it_takes_over(case, cast):
    news()
    end_unit(
        unit=cast.town.unit,
        on=AT.date(),
        successor=cast.other.unit,
        follow=False,
        actor=actor(cast.administrator),
        at=AT,
    )
    heard = news()
    assert [who for who, kind in heard if kind == "task.inherited"] == ["yi.deputy", "yi.head", "yi.liaison"]
    assert not [who for who, _ in heard if who.startswith("jia")]
