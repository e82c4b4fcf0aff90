"""The 审批单 of a task: every opinion with its signature and files, as they were when it was made."""

import datetime as dt

from django.utils import timezone

from approvals import enclosures, signatures
from documents.models import Document
from documents.services import JOB as PRODUCE
from documents.services import produce
from foundation.files.services import attachments_of
from foundation.jobs import queue
from foundation.organization.actors import SYSTEM
from tests.approvals.test_pictures import written
from tests.cast import actor
from tests.documents.papers import measured, texts
from workflows.tasks.papers import register_approval_form
from workflows.tasks.services import archive


def keep(seat, at, size=(400, 200)):
    return signatures.keep(
        picture=written(size=size), name="签名.png", kind="uploaded", actor=actor(seat), at=at
    )


def digest(signature) -> str:
    (file,) = attachments_of(signatures.LABEL, [signature.pk])[signature.pk]
    return file.file.sha256


def test_it_shows_every_signature_and_what_was_enclosed(received):
    cast = received.cast
    received.hold()
    received.submit()
    own = keep(cast.town.head, received.tick())
    file = enclosures.gather(
        signer=received.pending.signers.get(key=1), source=b"text", name="核查记录.txt",
        actor=actor(cast.town.deputy), at=received.tick(),
    )  # fmt: skip
    received.decide(cast.town.deputy, "agree", "见附件。", files=[file.pk])
    received.decide(cast.town.head, "agree", signature=own)
    keep(cast.town.head, received.tick(), (500, 300))  # changed since: what was signed stays
    pk = register_approval_form(task=received.task, actor=SYSTEM, at=received.tick())
    content = Document.objects.get(pk=pk).content
    first, second = content["opinions"]
    assert (first["person"], first["signed"], first["signature"], first["files"]) == (
        "何振邦", True, "", ["核查记录.txt"]
    )  # fmt: skip
    assert (second["person"], second["signature"]) == ("周晓岚", digest(own))
    assert content["attachments"][-1] == {
        "name": "核查记录.txt（何振邦的意见附件）", "size": 4, "sha256": file.file.sha256
    }  # fmt: skip
    produce(pk, actor=SYSTEM, at=received.tick())
    found = measured(Document.objects.get(pk=pk).file.path.read_bytes())
    text = "\n".join(line for page in found["pages"] for line in texts(page))
    assert "分管负责人 何振邦" in text
    assert "附件：核查记录.txt" in text
    assert found["missing_glyphs"] == []


def test_a_paper_kept_before_there_were_signatures_is_made_all_the_same(received):
    received.hold()
    received.submit()
    received.unit_agrees()
    pk = register_approval_form(task=received.task, actor=SYSTEM, at=received.tick())
    row = Document.objects.get(pk=pk)
    new = ("signed", "signature", "files")
    old = [{key: value for key, value in one.items() if key not in new} for one in row.content["opinions"]]
    Document.objects.filter(pk=pk).update(content=row.content | {"opinions": old})
    produce(pk, actor=SYSTEM, at=received.tick())
    assert Document.objects.get(pk=pk).state == "issued"


def test_it_is_of_the_day_of_the_archive_however_late_the_worker_comes(received):
    received.hold()
    received.submit()
    received.unit_agrees()
    received.office_agrees()
    day = received.tick()
    archive(tasks=received.task.pk, actor=actor(received.cast.clerk), at=day)
    queue.run_due(day + dt.timedelta(days=3), but=[PRODUCE])
    form = Document.objects.get(kind=Document.Kind.APPROVAL_FORM)
    assert form.issued_on == timezone.localdate(day)
