"""Documents that can be archived."""

from __future__ import annotations

import datetime as dt

from documents.archiving.services import archive_document
from documents.models import ArchiveItem, Document
from documents.services import LABEL
from foundation.files.services import attach, store
from foundation.journal.moves import create, transition
from foundation.organization.actors import SYSTEM
from tests.cast import Cast, actor

AT = dt.datetime(2026, 6, 12, 9, tzinfo=dt.timezone(dt.timedelta(hours=8)))
PDF = b"%PDF-1.7\n%%EOF\n"


def issued(cast: Cast, title: str = "关于开展检查的通知", *, paper: bytes = PDF, **values: object) -> int:
    """An issued document of the office with its paper."""
    fixed = {"kind": "notice", "organ": cast.office, "subject": "plans.plan", "subject_id": 1,
             "issued_on": AT.date(), "content": {"text": f"{title}\n各镇：\n请认真组织安全生产检查。"}}  # fmt: skip
    (pk,) = create(Document, {"title": title, **fixed, **values}, actor=SYSTEM, at=AT)
    file = attached(pk, f"{title}.pdf", paper, slot="pdf")
    transition(Document.issue, pk, actor=SYSTEM, at=AT, data={"file": file, "digest": ""})
    return pk


def attached(document: int, name: str, content: bytes, slot: str = "annex") -> int:
    file = store(content, name, at=AT)
    attach(file, subject=LABEL, subject_id=document, slot=slot, name=name, actor=SYSTEM, at=AT)
    return file.pk


def archived(cast: Cast, *args: object, **values: object) -> ArchiveItem:
    pk = issued(cast, *args, **values)  # type: ignore[arg-type]
    return ArchiveItem.objects.get(pk=archive_document(document=pk, actor=actor(cast.clerk), at=AT))
