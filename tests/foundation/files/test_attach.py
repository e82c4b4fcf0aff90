import pytest

from foundation.files.models import Attachment
from foundation.files.services import attach, attachments_of, detach, store
from foundation.organization.actors import SYSTEM
from foundation.organization.refusals import Refused
from tests.foundation.files.samples import PDF, PNG
from tests.foundation.ground import AT, act, ada

pytestmark = pytest.mark.django_db


def put(content=PNG, name="照片.png", row=1, actor=SYSTEM, slot="photos"):
    file = store(content, name, at=AT)
    return attach(file, subject="tasks.task", subject_id=row, slot=slot, name=name, actor=actor, at=AT)


def names(row: int = 1) -> list[str]:
    return [a.name for a in attachments_of("tasks.task", [row]).get(row, [])]


def test_an_attachment_says_who_put_it_where():
    seat = ada()
    added = put(actor=act(seat))
    assert (added.added_by, added.slot, added.size) == (seat, "photos", len(PNG))


def test_a_form_sent_twice_attaches_once():
    assert put() == put()
    assert names() == ["照片.png"]


def test_the_same_content_may_stand_in_two_places():
    assert len({put().pk, put(slot="report").pk, put(row=2).pk}) == 3


def test_what_is_taken_off_is_kept_and_may_be_put_on_again():
    seat = ada()
    detach(put().pk, actor=act(seat), at=AT)
    assert names() == []
    assert Attachment.objects.get(removed_at=AT).removed_by == seat
    put()
    assert names() == ["照片.png"]


def test_taking_off_twice_is_refused():
    added = put()
    detach(added.pk, actor=SYSTEM, at=AT)
    with pytest.raises(Refused, match="已经移除"):
        detach(added.pk, actor=SYSTEM, at=AT)


def test_the_attachments_of_many_rows_are_one_query(django_assert_num_queries):
    for row in range(20):
        put(row=row)
        put(PDF, "总结.pdf", row=row)
    with django_assert_num_queries(1):
        found = attachments_of("tasks.task", range(20))
        sizes = {a.size for rows in found.values() for a in rows}
    assert (len(found), sizes) == (20, {len(PNG), len(PDF)})
