"""A hundred registrations at once: a hundred numbers that follow each other."""

import datetime as dt
import threading

import pytest
from django.db import connection

from documents.models import Document
from documents.services import register_document
from foundation.organization.actors import SYSTEM
from tests.cast import engage

AT = dt.datetime(2026, 6, 12, 1, tzinfo=dt.UTC)
PEOPLE, EACH = 20, 5


@pytest.mark.django_db(transaction=True)
def test_a_hundred_at_once_get_a_hundred_numbers_in_a_row():
    office, together = engage().office, threading.Barrier(PEOPLE)

    def several(person: int) -> None:
        try:
            together.wait(60)
            for turn in range(EACH):
                register_document(
                    kind="notice", title="通知", organ=office, subject="documents.draft", subject_id=person * EACH + turn,
                    content={}, actor=SYSTEM, at=AT, numbered=True, code="某安办", issued_on=AT.date(), printed=False,
                )  # fmt: skip
        finally:
            connection.close()

    people = [threading.Thread(target=several, args=(one,)) for one in range(PEOPLE)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    rows = Document.objects.filter(organ=office, code="某安办", year=2026)
    assert sorted(rows.values_list("number", flat=True)) == list(range(1, PEOPLE * EACH + 1))
    assert rows.values("subject_id").distinct().count() == PEOPLE * EACH
