"""The county's units, invented ones, and invented people in their posts."""

import datetime as dt
from collections import Counter

import pytest
from django.db.models import Count

from foundation.organization.actors import SYSTEM
from foundation.organization.county import invent_units, load_county
from foundation.organization.importing_units import UNITS, current
from foundation.organization.imports import SAME, run
from foundation.organization.inventing import RARE
from foundation.organization.models import Appointment, Person, Unit, UnitGroup
from foundation.organization.people import people_for
from foundation.organization.posts import Post
from foundation.organization.services import without_liaison
from foundation.organization.tables import read_table, write_table

AT = dt.datetime(2026, 5, 1, 9, tzinfo=dt.UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def county():
    return load_county(at=AT)


def test_it_has_one_subdistrict_23_towns_36_departments_and_the_office(county):
    assert Counter(unit.kind for unit in county) == {
        "subdistrict": 1,
        "town": 23,
        "department": 36,
        "office": 1,
    }


def test_a_second_run_adds_nothing_and_keeps_what_was_edited(county):
    Unit.objects.filter(code="hanguang").update(aliases=["光镇"])
    assert load_county(at=AT) == county
    assert Unit.objects.get(code="hanguang").aliases == ["光镇"]


def test_groups_hold_whom_a_plan_means_by_them(county):
    sizes = dict(UnitGroup.objects.annotate(n=Count("units")).values_list("code", "n"))
    assert sizes["all_units"] == 60
    assert (sizes["towns"], sizes["departments"], sizes["members"], sizes["office"]) == (24, 36, 36, 1)


def test_no_name_of_a_unit_means_two_units(county):
    names = Counter(n for u in county for n in {u.name, u.short_name, *u.aliases})
    assert not [name for name, count in names.items() if count > 1]


def test_every_unit_is_found_by_its_initials(county):
    assert Unit.objects.filter(initials__contains="hgz").get().short_name == "浛洸镇"


def test_invented_units_are_the_same_every_time(county):
    first = [unit.short_name for unit in invent_units(5, at=AT)]
    Unit.objects.filter(short_name__in=first).delete()
    assert [unit.short_name for unit in invent_units(5, at=AT)] == first


def test_five_hundred_units_get_their_people_in_few_statements(county, django_assert_max_num_queries):
    invent_units(440, at=AT)
    units = list(Unit.objects.all())
    assert len(units) == 501
    with django_assert_max_num_queries(50):
        people_for(units, at=AT, seed=1, password=None)
    assert Appointment.objects.filter(post=Post.LIAISON).count() == 500


def test_the_office_gets_its_own_posts(county):
    people_for(county, at=AT, seed=1, password=None)
    held = Counter(Appointment.objects.filter(unit__code="anweiban").values_list("post", flat=True))
    assert (held["office_clerk"], held["office_head"], held["auditor"], held["administrator"]) == (2, 1, 1, 1)


def test_one_unit_has_no_liaison_officer_and_one_person_two_posts(county):
    people_for(county, at=AT, seed=1, password=None)
    assert [unit.code for unit in without_liaison(county, AT.date())] == ["gongdian"]
    assert Person.objects.annotate(n=Count("appointments")).get(n__gt=1).username == "anweiban.jingban2"


def test_names_hold_rare_characters_and_do_not_repeat(county):
    people_for(county, at=AT, seed=1, password=None)
    names = list(Person.objects.values_list("name", flat=True))
    assert len(set(names)) == len(names)
    assert set("".join(names)) & set(RARE)


def test_the_same_seed_gives_the_same_people_and_another_one_others(county):
    def called(seed):
        Appointment.objects.all().delete()
        Person.objects.all().delete()
        people_for(county, at=AT, seed=seed, password=None)
        return list(Person.objects.order_by("pk").values_list("name", flat=True))

    assert called(1) == called(1) != called(2)


def test_the_county_can_be_exported_and_imported_again(county):
    rows = read_table(write_table(UNITS.columns, current()), UNITS.columns, UNITS.columns)
    done = run(UNITS, rows, actor=SYSTEM, at=AT, keep=False)
    assert {line.what for line in done.lines} == {SAME}
