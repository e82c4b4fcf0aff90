"""What is said of one task and what lists ask of the database are the same: holders, lights, bands."""

import pytest
from django.utils import timezone

from foundation.organization.models import Appointment, Person
from workflows.tasks.deadlines import last_near_day, light_for
from workflows.tasks.hands import NO_LIAISON, hands_of, held_by, held_by_nobody, holders_of
from workflows.tasks.ledger.bands import BANDS, band_of, stood
from workflows.tasks.ledger.filters import LIGHTS, TaskFilter
from workflows.tasks.models import Task
from workflows.tasks.querysets import DONE, lit

from .conftest import TODAY


def ids(rows) -> set[int]:
    return set(rows.values_list("pk", flat=True))


def test_who_has_a_task_and_whose_tasks_they_are(several, cast):
    Appointment.objects.filter(pk=cast.department.liaison.pk).update(end=TODAY.replace(day=1))  # nobody now
    holders = holders_of(Task.objects.all(), TODAY)
    people = {one.person for found in holders.values() for one in found}
    assert len(people) >= 6
    for person in Person.objects.all():
        mine = {pk for pk, found in holders.items() if person.pk in [one.person for one in found]}
        assert ids(Task.objects.filter(held_by([person.pk], TODAY))) == mine, person.name
    nobodys = {pk for pk, names in hands_of(Task.objects.all(), TODAY).items() if names == NO_LIAISON}
    assert ids(Task.objects.filter(held_by_nobody(TODAY))) == nobodys
    assert len(nobodys) == 2


def test_who_was_given_a_task_and_left_has_it_no_longer(several, cast):
    Appointment.objects.filter(pk=cast.town.handler.pk).update(end=TODAY.replace(day=1))
    assert not Task.objects.filter(held_by([cast.town.handler.person_id], TODAY)).exists()
    assert Task.objects.filter(
        held_by([cast.town.liaison.person_id], TODAY), handler=cast.town.handler
    ).exists()


def test_the_step_of_its_approval_is_named_with_each_signer(several, cast):
    steps = {
        one.step for found in holders_of(Task.objects.all(), TODAY, steps=True).values() for one in found
    }
    assert {"", "分管负责人审批", "主要负责人审批"} < steps


def test_thousands_are_asked_for_as_the_database_knows_them(several):
    tasks = Task.objects.order_by("pk")
    assert holders_of(tasks, TODAY, among=tasks) == holders_of(tasks, TODAY)


def test_every_task_has_the_light_it_is_found_by(several):
    last = last_near_day(TODAY, several)
    lights = {one.pk: light_for(one, TODAY, several).kind for one in Task.objects.all()}
    assert set(lights.values()) == set(LIGHTS)
    for kind in LIGHTS:
        assert ids(Task.objects.filter(lit(kind, TODAY, last))) == {
            pk for pk, lies in lights.items() if lies == kind
        }


@pytest.mark.parametrize("band", BANDS)
def test_every_open_task_is_in_the_band_it_has_stood_for(several, band, cast):
    for ago, task in enumerate(Task.objects.order_by("pk")):
        Task.objects.filter(pk=task.pk).update(
            changed=timezone.now() - ago * timezone.timedelta(days=1, hours=3)
        )
    found = TaskFilter({"state": "all", "age": band}, Task.objects.all(), today=TODAY, calendar=several).qs
    lies = {
        one.pk
        for one in Task.objects.exclude(state__in=DONE)
        if band_of(stood(timezone.localdate(one.changed), TODAY, several)) == band
    }
    assert ids(found) == lies != set()
