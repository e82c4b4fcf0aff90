"""Prepared statements give what the queryset gives, and go on when the connection is another one."""

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import CharField, Count, Exists, F, OuterRef, Subquery
from django.db.models.signals import post_init

from foundation.journal.prepared import Listed, Param, Prepared, PreparedRows, expressions, inlined, run
from foundation.organization.models import Appointment, Person

pytestmark = pytest.mark.django_db
KEPT = ("person__password",)


def appointments():
    rows = Appointment.objects.filter(Listed("pk")).select_related("person", "unit__parent")
    return rows.defer(*KEPT).order_by("pk")


@pytest.fixture
def ids(cast):
    return sorted(Appointment.objects.values_list("pk", flat=True))


def test_the_objects_of_the_rows_are_those_of_the_queryset(ids):
    made = PreparedRows(appointments)(ids=ids)
    asked = Appointment.objects.select_related("person", "unit__parent").order_by("pk")
    for one, other in zip(made, asked, strict=True):
        for mine, theirs in ((one, other), (one.unit, other.unit)):
            fields = [field.attname for field in theirs._meta.concrete_fields]
            assert [getattr(mine, name) for name in fields] == [getattr(theirs, name) for name in fields]
        assert (one.person.name, one.unit.parent) == (other.person.name, other.unit.parent)


def test_they_need_no_more_queries_but_for_what_was_left_out(ids, django_assert_num_queries):
    (one,) = PreparedRows(appointments)(ids=ids[:1])
    with django_assert_num_queries(0):
        assert one.person.is_active
        assert one.unit.name
    with django_assert_num_queries(1):
        assert one.person.password


def test_what_is_annotated_is_there_in_its_own_type(ids):
    def rows(**given):
        posts = Appointment.objects.filter(person=OuterRef("pk")).order_by("pk")
        told = Person.objects.filter(**given).annotate(
            since=Subquery(posts.values("start")[:1]), idle=~Exists(posts), many=Count("appointments")
        )
        return told.order_by("pk")

    seen = [
        [(one.pk, one.since, one.idle, one.many) for one in found]
        for found in (PreparedRows(lambda: rows(name__gte=Param("name", CharField)))(name=""), rows())
    ]
    assert seen[0] == seen[1]
    assert {type(since) for _, since, *_ in seen[0]} == {dt.date}


def test_rows_that_name_the_same_object_share_it(ids):
    made = PreparedRows(appointments)(ids=ids)
    units = {one.unit_id: one.unit for one in made}
    assert len(units) < len(made)
    assert all(one.unit is units[one.unit_id] for one in made)


def test_what_came_from_the_database_is_saved_as_a_change(ids):
    (one,) = PreparedRows(appointments)(ids=ids[:1])
    one.acting = not one.acting
    one.save(update_fields=["acting"])
    assert Appointment.objects.get(pk=one.pk).acting == one.acting


def test_a_model_whose_making_somebody_listens_to_is_refused():
    def listener(**_):
        """Something that would be missed."""

    post_init.connect(listener, sender=Person)
    try:
        with pytest.raises(TypeError, match="Person"):
            PreparedRows(lambda: Person.objects.order_by("pk"))()
    finally:
        post_init.disconnect(listener, sender=Person)


@pytest.mark.django_db(transaction=True)
def test_a_new_connection_gets_a_cursor_of_its_own():
    people = Prepared(lambda: Person.objects.order_by().values_list("pk"))
    Person.objects.create_person("someone", "某人")
    before = people()
    connection.close()
    assert people() == before


def test_what_the_database_refuses_is_an_error_of_django(db):
    with pytest.raises(DatabaseError), transaction.atomic():
        run("SELECT 1 FROM nowhere WHERE 1 = %(one)s", {"one": 1})


def test_a_broken_transaction_takes_no_more_statements(db):
    with transaction.atomic():
        transaction.set_rollback(True)
        with pytest.raises(transaction.TransactionManagementError):
            run("SELECT 1", {})


def test_a_percent_sign_stays_one(db):
    assert run("SELECT %(one)s WHERE '%%' LIKE '%%'", {"one": "1"}) == [("1",)]


@pytest.mark.parametrize("text", ["甲", "it's", "100%", "%(other)s", ":at", "?", "\\"])
def test_a_text_that_never_changes_stands_in_the_statement(db, text):
    sql, left = inlined("SELECT %(fixed)s, %(asked)s", {"fixed": text})
    assert left == {}
    assert run(sql, {"asked": text}) == [(text, text)]


def test_a_day_that_never_changes_is_still_sent():
    sql, left = inlined(
        "SELECT %(day)s, %(yes)s, %(many)s", {"day": dt.date(2026, 6, 1), "yes": True, "many": 7}
    )
    assert (sql, left) == ("SELECT %(day)s, TRUE, 7", {"day": dt.date(2026, 6, 1)})


def test_what_a_row_becomes_is_not_told_by_another_table():
    with pytest.raises(TypeError, match="Appointment"):
        expressions(Appointment, [F("person__name")])
