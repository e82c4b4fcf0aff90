"""Files of a task: kinds, places, and what stays readable."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from foundation.files.services import attachments_of
from foundation.journal.models import Entry
from foundation.organization.refusals import Refused
from tests.cast import identity
from tests.foundation.files.samples import image

PDF = b"%PDF-1.4\n"


@pytest.fixture
def liaison(client, cast):
    return identity(client, cast.town.liaison)


def send(client, case, do="save", **files):
    return client.post(
        reverse("task", args=[case.pk]), {"do": do, "revision": 0, "version": 0, "summary": "小结", **files}
    )


def there(case):
    return [file.name for file in attachments_of("tasks.task", [case.pk]).get(case.pk, [])]


def test_it_is_kept_with_the_draft_and_told_once(received):
    for _ in range(2):
        received.upload("sign_in", "签到表.pdf", PDF)
    assert there(received) == ["签到表.pdf"]
    assert Entry.objects.filter(verb="tasks.task.attach").count() == 1


def test_a_place_takes_only_its_kinds(received):
    with pytest.raises(Refused, match="现场照片只收 jpg"):
        received.upload("photos", "照片.pdf", PDF)
    with pytest.raises(Refused, match="没有这个附件栏"):
        received.upload("final", "总结.pdf", PDF)


def test_a_file_that_lies_about_its_kind_is_named_and_the_others_stay(liaison, received):
    answer = send(liaison, received, **{"files-photos": [
        SimpleUploadedFile("好.png", image("png")), SimpleUploadedFile("假.jpg", b"MZ\x00\x01not a picture"),
    ]})  # fmt: skip
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "第 2 个文件：“假.jpg”" in html
    assert there(received) == ["好.png"]
    assert received.task.draft.content["summary"] == "小结"


def test_an_empty_file_is_refused_in_words(liaison, received):
    answer = send(liaison, received, **{"files-other": SimpleUploadedFile("空.txt", b"")})
    assert answer.status_code == 422
    assert "空.txt" in answer.content.decode()


def test_files_survive_a_refused_submission(liaison, received):
    answer = send(liaison, received, "submit", **{"files-photos": SimpleUploadedFile("好.png", image("png"))})
    assert answer.status_code == 422
    assert there(received) == ["好.png"]


def test_one_is_taken_off_and_the_version_it_was_in_keeps_it(liaison, ready):
    file = ready.upload("sign_in", "签到表.pdf", PDF)
    ready.submit()
    ready.withdraw()
    liaison.post(reverse("task", args=[ready.pk]), {"revision": 0, "version": 1, "remove": file.pk})
    assert there(ready) == []
    assert ready.last().content["attachments"][0]["name"] == "签到表.pdf"
    answer = liaison.get(reverse("file", args=[file.pk]))
    assert b"".join(answer.streaming_content) == PDF


def test_somebody_elses_file_is_not_taken_off(received, make, cast):
    from workflows.tasks import services

    from .minutes import Minutes

    theirs = Minutes(make(), cast)
    theirs.receive()
    file = theirs.upload()
    with pytest.raises(Refused, match="不属于本任务"):
        services.detach(task=received.pk, attachment=file.pk, **received.by(None))


def test_nothing_is_added_while_it_is_being_approved(ready):
    ready.submit()
    with pytest.raises(Refused, match="单位审批中"):
        ready.upload()
    with pytest.raises(Refused, match="单位审批中"):
        ready.hold("宣讲")
    with pytest.raises(Refused, match="单位审批中"):
        ready.write(summary="改")
