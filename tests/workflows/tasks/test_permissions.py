"""Who sees a task: the predicate, the queryset, the files and the pages agree."""

import pytest
from django.urls import reverse
from django.utils import timezone

from foundation.files.models import Attachment
from foundation.files.readers import may_read, readable
from tests.cast import actor, identity
from workflows.tasks import services
from workflows.tasks.models import Task
from workflows.tasks.permissions import sees_task

from .minutes import AT, Minutes


@pytest.fixture
def two(make, cast):
    return [make(), make(unit=cast.other.unit)]


def test_the_rule_and_the_list_agree_for_everybody(two, cast):
    day = timezone.localdate()
    for seat in cast:
        listed = set(Task.objects.visible_to(actor(seat)).values_list("pk", flat=True))
        allowed = {task.pk for task in Task.objects.all() if sees_task(task, actor(seat), day)}
        assert listed == allowed, seat


def test_a_unit_sees_its_own_the_office_and_the_auditor_all_the_administrator_none(two, cast):
    mine, theirs = two

    def seen(seat):
        return sorted(Task.objects.visible_to(actor(seat)).values_list("pk", flat=True))

    assert seen(cast.town.liaison) == seen(cast.town.head) == [mine]
    assert seen(cast.other.handler) == [theirs]
    assert seen(cast.clerk) == seen(cast.office_head) == seen(cast.auditor) == [mine, theirs]
    assert seen(cast.administrator) == seen(cast.department.liaison) == []


def test_the_files_of_a_task_are_read_by_who_sees_it(two, cast):
    case = Minutes(two[0], cast)
    case.receive()
    file = case.upload()
    day = timezone.localdate(AT)
    for seat in cast:
        task = Task.objects.get(pk=case.pk)
        assert may_read(file, actor(seat), day) == sees_task(task, actor(seat), day)
        assert Attachment.objects.filter(readable(actor(seat), day), pk=file.pk).exists() == may_read(
            file, actor(seat), day
        )


PAGES = ["task", "task_version", "act"]


def address(name, pk):
    return {
        "task": reverse("task", args=[pk]),
        "task_version": reverse("task_version", args=[pk, 1]),
        "act": reverse("task_act", args=[pk, "cancel"]),
    }[name]


@pytest.mark.parametrize("page", PAGES)
def test_every_page_of_a_task_is_open_to_who_sees_it_and_to_nobody_else(ready, cast, client, page):
    ready.submit()
    for seat in cast:
        sees = sees_task(ready.task, actor(seat), timezone.localdate())
        answer = identity(client, seat).get(address(page, ready.pk))
        assert answer.status_code == (200 if sees else 403), seat
        if not sees:
            assert "只给本单位、牵头单位、安委办、领导和审计员看" in answer.content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_nobody_signed_out_gets_in(ready, client, page):
    assert client.get(address(page, ready.pk)).status_code == 302


def test_posting_to_somebody_elses_task_changes_nothing(case, cast, client):
    stranger = identity(client, cast.other.liaison)
    for path in (reverse("task", args=[case.pk]), reverse("task_act", args=[case.pk, "receive"])):
        assert stranger.post(path, {"do": "submit", "version": 0}).status_code == 403
    stranger.post(reverse("tasks_batch"), {"do": "receive", "task": [case.pk]})
    assert case.state == "issued"


def test_the_list_is_not_for_administrators(client, cast):
    assert identity(client, cast.administrator).get(reverse("tasks")).status_code == 403


def test_the_service_refuses_whom_the_page_refuses(case, cast):
    for seat in cast:
        if seat.pk != cast.town.liaison.pk:
            assert not services.receive(tasks=case.pk, actor=actor(seat), at=AT).ids
    assert case.state == "issued"
