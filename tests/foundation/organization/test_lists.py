"""Lists make the same number of queries whatever they hold, and page through it."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from foundation.organization.models import Appointment, Person, Unit

# Four of them are the frame: session, person, posts, and the number beside 待办.
LISTS = {"units": 7, "address_book": 7, "people": 7}


def more(count):
    start = Unit.objects.count()
    units = [
        Unit(code=f"u{n}", name=f"第{n}镇人民政府", short_name=f"第{n}镇", order=90)
        for n in range(start, start + count)
    ]
    people = [Person(username=f"p{n}", name=f"某{n}", password="!") for n in range(start, start + count)]
    Unit.objects.bulk_create(units)
    Person.objects.bulk_create(people)
    Appointment.objects.bulk_create(
        Appointment(person=p, unit=u, post="liaison", start=dt.date(2020, 1, 1))
        for p, u in zip(people, units, strict=True)
    )


@pytest.mark.parametrize("name", LISTS)
def test_ten_times_the_rows_make_the_same_queries(cast, sign_in, name):
    client = sign_in(cast.clerk)
    for count in (4, 40):
        more(count)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(reverse(name))
        assert len(asked) == LISTS[name]


def test_one_unit_and_one_person_cost_the_same_with_ten_times_the_posts(cast, sign_in):
    client, town = sign_in(cast.clerk), cast.town.unit
    pages = [reverse("unit", args=[town.pk]), reverse("person", args=[cast.town.head.person_id])]
    counts = []
    for count in (2, 20):
        old = [dt.date(1990 + n, 1, 1) for n in range(count)]
        Appointment.objects.bulk_create(
            Appointment(person=cast.town.head.person, unit=town, post="handler", start=day, end=day)
            for day in old
        )
        with CaptureQueriesContext(connection) as asked:
            for page in pages:
                client.get(page)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_landing_page_counts_in_few_queries(cast, sign_in, django_assert_num_queries):
    client = sign_in(cast.administrator)
    with django_assert_num_queries(10):
        client.get(reverse("administration"))


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("", "第 1–50 个，共 105 个"),
        ("3", "第 101–105 个，共 105 个"),
        ("99", "第 101–105 个"),
        ("x", "第 1–50 个"),
    ],
)
def test_a_page_number_that_makes_no_sense_gives_the_nearest_page(cast, sign_in, page, text):
    more(100)
    assert text in sign_in(cast.clerk).get(reverse("units"), {"page": page}).content.decode()


def test_the_next_page_keeps_what_was_searched(cast, sign_in):
    more(100)
    page = sign_in(cast.clerk).get(reverse("units"), {"q": "镇", "kind": ""}).context["page"]
    assert (page.older, page.newer) == ("?q=%E9%95%87&kind=&page=2", "")
