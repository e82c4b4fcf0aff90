"""附件 to an opinion: kept when the form is refused, given with the decision, read by whom the approval is for."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from approvals import enclosures
from approvals.models import OpinionDraft, Proxy, RouteVersion, Signer
from approvals.permissions import own_draft, reads_enclosed
from foundation.files.models import Attachment
from foundation.journal.models import Entry
from foundation.organization.actors import Actor
from foundation.organization.refusals import Refused
from tests.approvals.conftest import UNIT_ROUTE
from tests.foundation.files.samples import PDF, PNG, SAMPLES

from .conftest import decide


def pdf(name="核查记录.pdf"):
    return SimpleUploadedFile(name, PDF)


def gather(approval, seat, name="核查记录.pdf", content=PDF, key=1) -> Attachment:
    row = Signer.objects.get(approval=approval, key=key)
    return enclosures.gather(signer=row, source=content, name=name, actor=Actor.of(seat), at=timezone.now())


def given(approval, key=1) -> list[str]:
    row = Signer.objects.get(approval=approval, key=key)
    return [one.name for one in enclosures.given_with([row]).get(row.pk, [])]


def read_by(file: Attachment, cast, sign_in) -> set:
    answers = {seat: sign_in(seat).get(file.url) for seat in cast}
    assert all(b"".join(answer) for answer in answers.values())
    return {seat for seat, answer in answers.items() if answer.status_code == 200}


@pytest.mark.parametrize(
    ("tail", "data"),
    [
        ("", {"text": "见附件。"}),
        ("disagree/", {"opinion": "不属实"}),
        ("return/", {"opinion": "再核", "to": "initiator"}),
    ],
)
def test_what_is_chosen_goes_with_the_decision(send, sign_in, cast, tail, data):
    pk, client = send(), sign_in(cast.town.deputy)
    assert 'enctype="multipart/form-data"' in client.get(f"/approvals/{pk}/{tail}").content.decode()
    files = {"enclosed": [pdf(), SimpleUploadedFile("现场.png", PNG)]}
    assert client.post(f"/approvals/{pk}/{tail}", {"signer": 1, **data, **files}).status_code == 302
    assert given(pk) == ["核查记录.pdf", "现场.png"]
    html = client.get(f"/approvals/{pk}/").content.decode()
    assert html.index("何振邦") < html.index("核查记录.pdf")


def test_a_transfer_takes_files_too(send, sign_in, cast):
    RouteVersion.objects.filter(route__code="test").update(
        definition=UNIT_ROUTE
        | {"steps": [UNIT_ROUTE["steps"][0] | {"allow": ["transfer"]}, UNIT_ROUTE["steps"][1]]}
    )
    pk = send()
    client = sign_in(cast.town.deputy)
    client.post(
        f"/approvals/{pk}/transfer/",
        {"signer": 1, "people": cast.town.handler.pk, "opinion": "请办", "enclosed": pdf()},
    )
    assert given(pk) == ["核查记录.pdf"]


def test_a_refused_form_keeps_words_and_files(send, sign_in, cast):
    pk, client = send(), sign_in(cast.town.deputy)
    answer = client.post(f"/approvals/{pk}/disagree/", {"signer": 1, "opinion": "", "enclosed": pdf()})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "请写明不同意的理由" in html
    assert "核查记录.pdf" in html
    client.post(f"/approvals/{pk}/disagree/", {"signer": 1, "opinion": "不属实"})
    assert given(pk) == ["核查记录.pdf"]


def test_a_file_that_can_not_be_kept_stops_the_decision_and_the_good_one_stays(send, sign_in, cast):
    pk, client = send(), sign_in(cast.town.deputy)
    bad = SimpleUploadedFile("木马.exe", b"MZ" + bytes(9))
    answer = client.post(f"/approvals/{pk}/", {"signer": 1, "text": "写了很久", "enclosed": [pdf(), bad]})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "第 2 个文件：“木马.exe”的类型不能上传" in html
    assert "写了很久" in html
    assert "核查记录.pdf" in html
    assert Signer.objects.get(approval=pk, key=1).state == "open"


@pytest.mark.parametrize("tail", ["", "disagree/", "return/"])
def test_uploading_alone_decides_nothing_and_keeps_what_was_typed(send, sign_in, cast, tail):
    pk, client = send(), sign_in(cast.town.deputy)
    typed = {"signer": 1, "text": "写了很久", "opinion": "写了很久", "quick": "同意报送。", "to": "initiator"}
    answer = client.post(f"/approvals/{pk}/{tail}", typed | {"keep": "files", "enclosed": pdf()})
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "写了很久" in html
    assert "核查记录.pdf" in html
    assert "错误" not in html
    assert Signer.objects.get(approval=pk, key=1).state == "open"


def test_a_file_is_taken_off_again(send, sign_in, cast):
    pk, client = send(), sign_in(cast.town.deputy)
    file = gather(pk, cast.town.deputy)
    html = client.post(
        f"/approvals/{pk}/", {"signer": 1, "text": "写了很久", "remove": file.pk}
    ).content.decode()
    assert "核查记录.pdf" not in html
    assert "写了很久" in html
    client.post(f"/approvals/{pk}/", {"signer": 1})
    assert given(pk) == []


@pytest.mark.parametrize("wrong", ["999999", "x", "-1", "9" * 40])
def test_what_is_not_there_can_not_be_taken_off(send, sign_in, cast, wrong):
    pk = send()
    answer = sign_in(cast.town.deputy).post(f"/approvals/{pk}/", {"signer": 1, "remove": wrong})
    assert answer.status_code in (200, 422)
    assert Signer.objects.get(approval=pk, key=1).state == "open"


def test_before_it_is_given_it_is_its_writers_alone_then_all_may_read_it(send, sign_in, cast):
    pk, deputy = send(), cast.town.deputy
    file, day = gather(pk, deputy), timezone.localdate()
    draft = OpinionDraft.objects.get()
    assert read_by(file, cast, sign_in) == {deputy}
    for seat in cast:
        assert own_draft(draft, Actor.of(seat), day) == (seat == deputy)
        assert OpinionDraft.objects.filter(own_draft.q(seat.pk, day)).exists() == (seat == deputy)
    decide(pk, deputy, files=[file.pk])
    house = {cast.town.liaison, deputy, cast.town.head}
    readers = read_by(file, cast, sign_in)
    assert readers == house | {cast.clerk, cast.office_head, cast.twice_office, cast.auditor}
    row = Signer.objects.get(approval=pk, key=1)
    for seat in cast:
        assert reads_enclosed(row, Actor.of(seat), day) == (seat in readers)
        found = Signer.objects.filter(reads_enclosed.q(seat.pk, day), pk=row.pk)
        assert found.exists() == (seat in readers)


def test_owner_and_proxy_gather_apart(send, sign_in, cast):
    pk, handler, today = send(), cast.town.handler, timezone.localdate()
    Proxy.objects.create(owner=cast.town.deputy, to=handler, start=today, end=today, made_by=cast.town.deputy)
    gather(pk, cast.town.deputy, "甲.pdf")
    gather(pk, handler, "乙.pdf")
    html = sign_in(handler).get(f"/approvals/{pk}/").content.decode()
    assert "乙.pdf" in html
    assert "甲.pdf" not in html
    sign_in(handler).post(f"/approvals/{pk}/", {"signer": 1})
    assert given(pk) == ["乙.pdf"]


@pytest.mark.parametrize("who", ["clerk", "auditor", "head", "liaison"])
def test_nobody_else_puts_anything_beside_it(send, sign_in, cast, who):
    pk, seat = send(), getattr(cast, who, None) or getattr(cast.town, who)
    with pytest.raises(Refused, match="附件没有保存"):
        gather(pk, seat)
    sign_in(seat).post(f"/approvals/{pk}/", {"signer": 1, "enclosed": pdf()})
    assert not Attachment.objects.exists()


def test_nobody_gives_anothers_file(send, cast):
    first, second = send(1), send(2, house=cast.other)
    theirs = gather(second, cast.other.deputy)
    with pytest.raises(Refused, match="附件有变化"):
        decide(first, cast.town.deputy, files=[theirs.pk])
    assert Signer.objects.get(approval=first, key=1).state == "open"


def test_a_stale_page_brings_nothing_to_another_row(send, sign_in, cast):
    pk, deputy, today = send(), cast.town.deputy, timezone.localdate()
    Proxy.objects.create(owner=cast.town.head, to=deputy, start=today, end=today, made_by=cast.town.head)
    decide(pk, deputy)
    assert sign_in(deputy).post(f"/approvals/{pk}/", {"signer": 1, "enclosed": pdf()}).status_code == 409
    assert not Attachment.objects.exists()


def test_who_comes_second_is_told_which_files_were_not_kept(send, sign_in, cast):
    pk, client = send(), sign_in(cast.town.deputy)
    client.post(f"/approvals/{pk}/", {"signer": 1})
    answer = client.post(f"/approvals/{pk}/", {"signer": 1, "enclosed": pdf()})
    assert answer.status_code == 409
    assert "没有保存的附件：核查记录.pdf" in answer.content.decode()


def test_the_journal_names_digest_and_name_and_holds_no_byte(send, cast):
    pk, deputy = send(), cast.town.deputy
    file = gather(pk, deputy)
    decide(pk, deputy, files=[file.pk])
    entry = Entry.objects.filter(target="approvals.approval", target_id=pk).latest("seq")
    told = {"attachment": file.pk, "sha256": file.file.sha256, "size": len(PDF)}
    assert entry.data["files"] == [told]
    assert entry.words["files"] == ["核查记录.pdf"]


def test_a_decision_taken_back_takes_its_files_along(send, cast):
    pk, deputy = send(), cast.town.deputy
    decide(pk, deputy, files=[gather(pk, deputy).pk])
    decide(pk, deputy, "take_back")
    assert given(pk) == []
    decide(pk, deputy)
    assert given(pk) == []


def test_the_same_file_twice_is_one_and_twenty_are_enough(send, cast):
    pk, deputy = send(), cast.town.deputy
    assert gather(pk, deputy) == gather(pk, deputy)
    for number in range(enclosures.MOST - 1):
        gather(pk, deputy, f"{number}.txt", str(number).encode())
    with pytest.raises(Refused, match="最多附 20 个文件"):
        gather(pk, deputy, "再来一个.pdf", PDF + b" ")


def test_every_kind_an_office_uses_can_be_enclosed(send, sign_in, cast):
    pk = send()
    for kind, content in list(SAMPLES.items())[: enclosures.MOST]:
        gather(pk, cast.town.deputy, f"材料.{kind}", content)
    sign_in(cast.town.deputy).post(f"/approvals/{pk}/", {"signer": 1})
    assert len(given(pk)) > 10


def test_an_act_that_is_no_opinion_takes_no_file(send, sign_in, cast):
    pk = send()
    client = sign_in(cast.town.liaison)
    assert "enclosed" not in client.get(f"/approvals/{pk}/urge/").content.decode()
    client.post(f"/approvals/{pk}/urge/", {"enclosed": pdf(), "opinion": "请抓紧"})
    assert not Attachment.objects.exists()
