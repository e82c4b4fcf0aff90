"""Reading a file: the liaison officer of the town may, another town's may not."""

import pytest
from django.utils import timezone

from foundation.files import readers
from foundation.files.models import Attachment
from foundation.files.services import attach, store
from foundation.organization.actors import SYSTEM, Actor
from foundation.organization.models import Unit
from foundation.organization.posts import Post
from foundation.organization.rules import Rule, holds
from tests.foundation.files.samples import DOCX, PNG
from tests.foundation.ground import AT, act, ada, bob

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.foundation.ground")]
RULE = Rule("只有本单位的联络员可以查看。", holds(Post.LIAISON, unit="pk"))


@pytest.fixture(autouse=True)
def _towns_show_their_files(monkeypatch):
    monkeypatch.setattr(readers, "READERS", {})
    readers.register(Unit, RULE)


@pytest.fixture
def town():
    return ada()


def put(town, content=PNG, name="现场 照片.png"):
    file = store(content, name, at=AT)
    return attach(
        file, subject="organization.unit", subject_id=town.unit_id, slot="photos", name=name,
        actor=act(town), at=AT,
    )  # fmt: skip


def get(client, seat, attachment, **headers):
    client.force_login(seat.person, "django.contrib.auth.backends.ModelBackend")
    answer = client.get(attachment.url, headers=headers)
    answer.body = b"".join(answer)  # read to its end, a file is closed
    return answer


def test_a_picture_is_shown_under_its_chinese_name(client, town):
    answer = get(client, town, put(town))
    assert answer.body == PNG
    assert answer["Content-Disposition"] == (
        "inline; filename*=utf-8''%E7%8E%B0%E5%9C%BA%20%E7%85%A7%E7%89%87.png"
    )
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/png", "nosniff")


@pytest.mark.parametrize(("content", "name"), [(DOCX, "总结.docx"), (b"<script>alert(1)</script>", "x.txt")])
def test_what_is_no_picture_or_pdf_is_only_handed_out(client, town, content, name):
    answer = get(client, town, put(town, content, name))
    assert answer["Content-Disposition"].startswith("attachment")


def test_a_link_to_somebody_elses_file_is_refused_in_words(client, town):
    answer = get(client, bob(), put(town))
    assert answer.status_code == 403
    assert RULE.says in answer.body.decode()


def test_a_known_etag_spares_the_content_but_not_the_permission(client, town):
    attachment = put(town)
    etag = get(client, town, attachment)["ETag"]
    assert get(client, town, attachment, if_none_match=etag).status_code == 304
    assert get(client, bob(), attachment, if_none_match=etag).status_code == 403


def test_without_sign_in_there_is_no_file(client, town, settings):
    settings.LOGIN_URL = "/in/"
    assert client.get(put(town).url)["Location"].startswith("/in/?next=/files/")


def test_a_person_without_a_post_reads_nothing(client, town):
    attachment = put(town)
    town.revoked = True
    town.save()
    assert get(client, town, attachment).status_code == 403


def test_a_lost_content_is_not_found(client, town):
    attachment = put(town)
    attachment.file.path.unlink()
    assert get(client, town, attachment).status_code == 404


def test_what_no_room_speaks_for_is_read_by_nobody(client, town, monkeypatch):
    monkeypatch.setattr(readers, "READERS", {})
    assert get(client, town, put(town)).status_code == 403


def test_a_second_rule_for_the_same_rows_is_an_error():
    with pytest.raises(ValueError, match="two rules"):
        readers.register(Unit, Rule("", holds(Post.HEAD, unit="pk")))


def test_the_predicate_and_the_query_agree(town):
    seats = [town, bob()]
    attachments = [put(seat) for seat in seats]
    day = timezone.localdate(AT)
    for actor in [*map(Actor.of, seats), SYSTEM]:
        listed = set(Attachment.objects.filter(readers.readable(actor, day)))
        assert listed == {a for a in attachments if readers.may_read(a, actor, day)}
    assert len(listed) == 0
