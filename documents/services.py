"""Registering a document and producing its paper. The number is given once, gap-free, and never again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from foundation.files.models import Attachment, StoredFile
from foundation.files.services import attach, in_slot, store
from foundation.jobs import queue
from foundation.journal.moves import create, transition
from foundation.organization.actors import Actor
from foundation.organization.codes import refuse_code
from foundation.organization.models import Unit
from foundation.organization.refusals import Refused
from foundation.organization.whole import disk_told

from .archiving.finding.index import index_documents
from .layout import UNSETTABLE
from .models import Document, Register
from .models.document import digest_of
from .numbering import next_in
from .papers import paper_of
from .sealing.keys import key_for
from .sealing.signing import signed

LABEL = "documents.document"
JOB = "documents.produce"
FULL = "磁盘空间不足，公文的 PDF 没有生成。请系统管理员清理磁盘，再重新生成。"
PAPER, ANNEX = "pdf", "annex"  # places of its files


def next_number(*, organ: Unit, code: str, year: int) -> int:
    """Of the organ's register."""
    return next_in(Register, organ=organ, code=code, year=year)[1]


@transaction.atomic
def register_document(
    *, kind: str, title: str, organ: Unit, subject: str, subject_id: int, content: dict[str, Any],
    actor: Actor, at: dt.datetime, unit: Unit | None = None, numbered: bool = False, mark: str = "",
    code: str = "", issued_on: dt.date | None = None, printed: bool = True, number: int | None = None,
) -> int:  # fmt: skip
    """Write a document down, with its number where it has one, and have its paper produced. Returns its id.

    `mark` follows the 机关代字 in numbers of a register of their own: 移 for 移送书. `content` is what papers.py makes the paper from; it is kept, so the paper can be made again.
    `number` was taken from the register of `code` before, together with others (numbering.last_in).
    One that is not `printed` yet waits for `print_document`: its seal comes first.
    """
    issued_on = issued_on or timezone.localdate(at)
    values: dict[str, Any] = {
        "kind": kind, "title": title[:200], "organ": organ, "unit": unit, "subject": subject,
        "subject_id": subject_id, "issued_on": issued_on, "content": content, "created_by": actor.post,
    }  # fmt: skip
    if numbered:
        code = code or organ.document_code
        if not code:
            raise Refused(f"{organ.short_name}没有设置机关代字，不能编号；请管理员在“单位”中填写。")
        refuse_code(code)
        code += mark
        number = next_number(organ=organ, code=code, year=issued_on.year)
    if number:
        values |= {"code": code, "year": issued_on.year, "number": number}
    (pk,) = create(Document, values, actor=actor, at=at)
    if printed:
        print_document(document=pk, actor=actor, at=at)
    return pk


def print_document(*, document: int, actor: Actor, at: dt.datetime) -> None:
    """Have the paper made; with that the document is issued."""
    job = queue.put(JOB, args={"document": document}, owner=actor.post, at=at)
    Document.objects.filter(pk=document).update(job=job)


def produce(document: int, *, actor: Actor, at: dt.datetime) -> None:
    """Make the paper and issue the document; one that is issued or void already stays as it is."""
    row = Document.objects.select_related("organ").get(pk=document)
    if row.state != Document.State.REGISTERED:
        return
    with disk_told(FULL):
        paper, note = signed_paper(row, _paper(row), at)
        file = store(paper, f"{row.title}.pdf", at=at)
    with transaction.atomic():
        issue_as(row, file, actor=actor, at=at, note=note)
        index_documents([row.pk])


def _paper(row: Document) -> bytes:
    """What can't be set is told in its own words, not as a fault."""
    try:
        return paper_of(row)
    except UNSETTABLE as error:
        raise Refused(str(error)) from error


def issue_as(
    row: Document, file: StoredFile, *, actor: Actor, at: dt.datetime, note: dict[str, str]
) -> None:  # fmt: skip
    """From now on this file is the paper."""
    name = f"{row.title}.pdf"
    attach(file, subject=LABEL, subject_id=row.pk, slot=PAPER, name=name, actor=actor, at=at)
    said = {"file": file.pk, "digest": digest_of(row)}
    transition(Document.issue, row.pk, actor=actor, at=at, data=said, note=note)


def papers_of(documents: Iterable[int]) -> dict[int, Attachment]:
    """The papers of these, since they were issued."""
    return in_slot(LABEL, documents, PAPER)


def file_of(document: int | None) -> Attachment | None:
    """The paper of one; none before it is issued."""
    return papers_of([document]).get(document) if document else None


def enclose(files: Iterable[Attachment], *, document: int, actor: Actor, at: dt.datetime) -> None:
    """Files go with a document, beside its paper, under the names they have."""
    for one in files:
        attach(one.file, subject=LABEL, subject_id=document, slot=ANNEX, name=one.name, actor=actor, at=at)


def signed_paper(row: Document, paper: bytes, at: dt.datetime) -> tuple[bytes, dict[str, str]]:
    """An official paper, which is one that bears a 核验码, is signed where the office has a key; and by which certificate."""
    key = key_for(at) if row.content.get("mark") else None
    if key is None:
        return paper, {}
    return signed(paper, key=key, organ=row.issuer, at=at), {"certificate": key.fingerprint}


@transaction.atomic
def void_document(*, document: int, actor: Actor, at: dt.datetime, reason: str) -> None:
    """A registered document that must not go out. Its number stays taken."""
    if not reason.strip():
        raise Refused("作废要写明理由。")
    transition(Document.void, document, actor=actor, at=at, words={"reason": reason}).all_or_refuse()
