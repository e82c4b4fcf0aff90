"""签名: set once, given with every decision from then on, and never changed on what was signed."""

from base64 import b64encode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from approvals import pictures, services, signatures
from approvals.models import Proxy, Signature, Signer
from approvals.permissions import reads_signature
from foundation.files.models import Attachment, StoredFile
from foundation.journal.models import Entry
from foundation.organization.actors import Actor
from foundation.organization.refusals import Refused
from tests.approvals.test_pictures import written

from .conftest import decide

PAGE = "/approvals/signature/"


def upload(client, content=None, name="签名.png"):
    file = SimpleUploadedFile(name, content or written())
    return client.post(PAGE, {"do": "picture", "picture": file}, follow=True)


def keep(seat, size=(400, 200)) -> Signature:
    return signatures.keep(
        picture=written(size=size), name="签名.png", kind="uploaded", actor=Actor.of(seat), at=timezone.now()
    )


def seen_by(signature: Signature, cast, sign_in) -> set:
    answers = {seat: sign_in(seat).get(url(signature)) for seat in cast}
    assert all(b"".join(answer) for answer in answers.values())  # read to its end, a file is closed
    return {seat for seat, answer in answers.items() if answer.status_code == 200}


def url(signature: Signature) -> str:
    return signatures.pictures_of([signature.pk])[signature.pk].url


def test_everybody_signs_by_name_until_they_keep_a_picture(sign_in, cast):
    client = sign_in(cast.town.deputy)
    assert "正在使用：姓名" in client.get(PAGE).content.decode()
    html = upload(client).content.decode()
    assert "正在使用：图片签名" in html
    assert "何振邦的签名" in html


def test_what_is_drawn_is_kept_too(sign_in, cast):
    sent = pictures.DATA_URL + b64encode(written()).decode()
    html = sign_in(cast.town.deputy).post(PAGE, {"do": "drawn", "drawn": sent}, follow=True).content.decode()
    assert "正在使用：手写签名" in html


def test_one_goes_back_to_the_name(sign_in, cast):
    client = sign_in(cast.town.deputy)
    upload(client)
    assert "正在使用：姓名" in client.post(PAGE, {"do": "name"}, follow=True).content.decode()
    client.post(PAGE, {"do": "name"})
    verbs = list(Entry.objects.order_by("pk").values_list("verb", flat=True))
    assert [verb.rpartition(".")[2] for verb in verbs if ".signature." in verb] == ["keep", "drop"]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"do": "picture"}, "请先选择一张图片"),
        ({"do": "drawn"}, "请先在框内书写"),
        ({"do": "picture", "picture": SimpleUploadedFile("签名.png", b"GIF89a" + bytes(50))}, "不是能识别的"),
        ({"do": "picture", "picture": SimpleUploadedFile("大.png", bytes(20 << 20))}, "“大.png”超过 5 MB"),
        ({}, "请先选择一张图片"),
    ],
)
def test_what_can_not_be_kept_says_why_and_changes_nothing(sign_in, cast, data, says):
    for given in data.values():
        if hasattr(given, "seek"):
            given.seek(0)
    answer = sign_in(cast.town.deputy).post(PAGE, data)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not Signature.objects.exists()
    assert not StoredFile.objects.exists()


def test_a_decision_keeps_the_signature_it_was_given_with(send, sign_in, cast):
    first, second, third = send(1), send(2), send(3)
    client = sign_in(cast.town.deputy)
    client.post(f"/approvals/{first}/", {"signer": 1})
    one = keep(cast.town.deputy)
    client.post(f"/approvals/{second}/", {"signer": 1})
    two = keep(cast.town.deputy, (500, 300))
    client.post(f"/approvals/{third}/return/", {"signer": 1, "to": "initiator", "opinion": "再核"})
    given = dict(Signer.objects.filter(key=1).values_list("approval", "signature"))
    assert given == {first: None, second: one.pk, third: two.pk}
    html = client.get(f"/approvals/{second}/").content.decode()
    assert f'src="{url(one)}" alt="何振邦的签名"' in html
    assert 'class="signature"' not in client.get(f"/approvals/{first}/").content.decode()


def test_a_proxy_signs_with_their_own(send, sign_in, cast):
    pk, handler, today = send(), cast.town.handler, timezone.localdate()
    Proxy.objects.create(owner=cast.town.deputy, to=handler, start=today, end=today, made_by=cast.town.deputy)
    keep(cast.town.deputy)
    own = keep(handler)
    client = sign_in(handler)
    client.post(f"/approvals/{pk}/", {"signer": 1})
    assert Signer.objects.get(approval=pk, key=1).signature == own
    html = client.get(f"/approvals/{pk}/").content.decode()
    assert "（代 何振邦）" in html
    assert "黄立诚的签名" in html


def test_nobody_signs_with_anothers(send, cast):
    pk, theirs = send(), keep(cast.town.head)
    with pytest.raises(Refused, match="只能用本人的签名"):
        decide(pk, cast.town.deputy, signature=theirs)


def test_a_decision_taken_back_takes_its_signature_along(send, cast):
    pk = send()
    decide(pk, cast.town.deputy, signature=keep(cast.town.deputy))
    decide(pk, cast.town.deputy, "take_back")
    assert Signer.objects.get(approval=pk, key=1).signature is None


def test_a_batch_is_signed_too(send, cast):
    from approvals.deciding import Shown
    from approvals.models import RouteVersion
    from tests.approvals.conftest import UNIT_ROUTE

    row = RouteVersion.objects.filter(route__code="test")
    pks = [send(1), send(2)]
    row.update(definition=UNIT_ROUTE | {"batch": True})
    own = keep(cast.town.deputy)
    refused = services.agree_to(
        shown={pk: Shown(1, "d1") for pk in pks}, actor=Actor.of(cast.town.deputy), at=timezone.now(), signature=own
    )  # fmt: skip
    assert not refused
    assert set(Signer.objects.filter(key=1).values_list("signature", flat=True)) == {own.pk}


def test_a_signature_without_a_picture_costs_no_statement(send, cast, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts, own = [], keep(cast.town.deputy)
    for number, signature in enumerate((None, None, own), 1):
        pk = send(number)
        with CaptureQueriesContext(connection) as caught:
            decide(pk, cast.town.deputy, signature=signature)
        counts.append(len(caught))
    assert counts[1] == counts[2]


def test_it_is_seen_by_its_owner_and_by_who_may_open_what_was_signed(send, sign_in, cast):
    own = keep(cast.town.deputy)
    assert seen_by(own, cast, sign_in) == {cast.town.deputy}
    decide(send(), cast.town.deputy, signature=own)
    house = {cast.town.liaison, cast.town.deputy, cast.town.head}
    after = seen_by(own, cast, sign_in)
    assert after == house | {cast.clerk, cast.office_head, cast.twice_office, cast.auditor}
    day = timezone.localdate()
    for seat in cast:
        assert reads_signature(own, Actor.of(seat), day) == (seat in after)
        assert Signature.objects.filter(reads_signature.q(seat.pk, day)).exists() == (seat in after)


def test_the_book_names_no_pixel_and_the_picture_is_kept_by_its_content(cast):
    own = keep(cast.town.deputy)
    entry = Entry.objects.get(verb="journal.book.signature.keep")
    file = Attachment.objects.get(subject=signatures.LABEL, subject_id=own.pk).file
    assert entry.data == {"signature": own.pk, "kind": "uploaded", "sha256": file.sha256}
