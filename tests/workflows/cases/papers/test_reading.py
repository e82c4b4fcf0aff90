"""Who finds and reads the documents of a case: who sees the case, and nobody else."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from documents.models import Document
from documents.permissions import reads_document
from documents.services import LABEL
from foundation.files.services import attachments_of
from foundation.journal.models import Entry
from tests.cast import actor, identity
from workflows.cases.models import Case
from workflows.cases.permissions import sees_case

from .desk import Desk


@pytest.fixture
def letter(cast) -> Document:
    return Desk(cast).whole().make("letter")


def test_a_document_of_a_case_is_read_by_exactly_those_who_see_it(cast, letter):
    day = timezone.localdate()
    for seat in cast:
        listed = Document.objects.filter(reads_document.q(seat.pk, day)).exists()
        assert listed == reads_document(letter, actor(seat), day) == sees(letter, seat, day), seat
    assert sees(letter, cast.town.head, day)
    assert not sees(letter, cast.auditor, day)


def sees(letter: Document, seat, day) -> bool:
    return sees_case(Case.objects.get(pk=letter.subject_id), actor(seat), day)


def test_list_and_download_answer_alike(cast, letter):
    (file,) = attachments_of(LABEL, [letter.pk])[letter.pk]
    for seat in (
        cast.town.liaison,
        cast.town.head,
        cast.clerk,
        cast.auditor,
        cast.other.head,
        cast.department.liaison,
    ):
        client = identity(Client(), seat)
        answer = client.get(file.url)
        b"".join(answer)  # read to its end, a file is closed
        listed = letter.title in client.get("/archive/").content.decode()
        looks = Entry.objects.filter(verb="cases.case.look", data__file=file.pk, post=seat).count()
        assert (answer.status_code == 200, looks) == (listed, int(listed))
        assert (answer.status_code == 200) == listed == sees(letter, seat, timezone.localdate())


def test_a_page_of_it_as_a_picture_is_a_look_unless_its_whole_page_was_just_opened(cast, letter):
    address, looks = f"/documents/{letter.pk}/", Entry.objects.filter(verb="cases.case.look")
    client, other = identity(Client(), cast.town.liaison), identity(Client(), cast.town.head)
    b"".join(client.get(f"{address}pages/1.png"))
    assert looks.filter(post=cast.town.liaison, data__document=letter.pk).count() == 1
    assert other.get(address).status_code == 200
    cache.clear()  # the next process that answers has a memory of its own
    b"".join(other.get(f"{address}pages/1.png"))
    assert looks.filter(post=cast.town.head, data__document=letter.pk).count() == 1
