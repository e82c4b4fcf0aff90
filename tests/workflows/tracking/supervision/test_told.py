"""Who hears of reminders, slips, answers and extensions; each once, at the end of the sweep."""

import datetime as dt

from django.urls import reverse

from foundation.organization.models import Appointment
from foundation.outbox.models import Message
from tests.cast import actor
from tests.workflows.tracking.conftest import CHINA, NOW, SENT, move
from workflows.tasks import services as tasks
from workflows.tasks.models import Task
from workflows.tracking.models import Slip
from workflows.tracking.supervision import services
from workflows.tracking.supervision.sweep import sweep


def told(kind: str, *before: int) -> list[str]:
    rows = Message.objects.filter(kind=kind).exclude(pk__in=before)
    return sorted(rows.values_list("person__username", flat=True))


def fresh(kind: str) -> list[int]:
    return list(Message.objects.filter(kind=kind).values_list("pk", flat=True))


def at(day: int) -> dt.datetime:
    return dt.datetime(2026, 6, day, 8, 30, tzinfo=CHINA)


def test_every_colour_reaches_the_posts_of_its_rung(campaign, cast):
    late = campaign.tasks["jia", "1"]
    Task.objects.exclude(pk=late).update(due_on=dt.date(2027, 1, 1))
    move(Task.receive, late, seat=cast.town.liaison, at=SENT)
    tasks.hand_over(task=late, handler=cast.town.handler.pk, actor=actor(cast.town.liaison), at=SENT)
    found = sweep(at=at(12))
    assert told("supervision.slip") == ["jia.handler", "jia.liaison"]
    assert found.messages == Message.objects.count()
    before = fresh("supervision.slip")
    sweep(at=at(16))
    assert told("supervision.slip", *before) == ["jia.deputy", "jia.handler", "jia.liaison"]
    before = fresh("supervision.slip")
    sweep(at=at(22))
    assert told("supervision.slip", *before) == ["jia.deputy", "jia.handler", "jia.head", "jia.liaison"]
    assert {"clerk", "office_head"} <= set(told("supervision.listed"))
    assert sweep(at=at(22)).messages == 0


def test_a_reminder_reaches_the_unit(campaign, cast):
    sweep(at=at(12))
    assert told("supervision.reminder") == ["jia.liaison"]


def test_answers_go_to_the_office_and_back(campaign, cast):
    sweep(at=at(12))
    slip = Slip.objects.get(task=campaign.tasks["jia", "1"]).pk
    services.answer(slip=slip, reply="周一补报。", actor=actor(cast.town.liaison), at=NOW)
    sweep(at=NOW)
    assert {"clerk", "office_head"} <= set(told("supervision.answered"))
    services.close(slip=slip, actor=actor(cast.clerk), at=NOW)
    before = fresh("supervision.answered")
    sweep(at=NOW)
    assert told("supervision.answered", *before) == ["jia.deputy", "jia.head", "jia.liaison"]


def test_an_extension_is_told_to_the_office_and_decided_to_who_asked(campaign, cast, sign_in, settings):
    settings.ROOT_URLCONF = "config.urls"
    task = campaign.tasks["jia", "2"]
    move(Task.receive, task, seat=cast.town.liaison, at=SENT)
    until = dt.date(2026, 6, 24)
    tasks.ask_extension(task=task, until=until, reason="场地检修。", actor=actor(cast.town.liaison), at=NOW)
    sweep(at=NOW)
    office = Appointment.objects.filter(post__in=("office_clerk", "office_head"))
    assert told("task.extended") == sorted(office.values_list("person__username", flat=True))
    before = fresh("task.extended")
    tasks.agree_extension(task=task, until=until, actor=actor(cast.clerk), at=NOW)
    sweep(at=NOW)
    assert told("task.extended", *before) == ["jia.liaison"]
    page = sign_in(cast.town.liaison).get(reverse("messages")).content.decode()
    assert "延期获得同意" in page
    assert "开展第2项活动" in page  # who may see the task reads its title
