"""Making the copies: twenty at a time, drawn together, stored, and then issued in one short transaction.

Before that transaction nothing is registered: a full disk or a killed worker leaves whole copies or none, and the job
goes on with what still waits. Numbers of their own are the exception: they are given in the transaction that uses them,
so that none is lost.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

from django.db import transaction as tx

from foundation.files.models import Attachment, StoredFile
from foundation.files.services import files_of, store
from foundation.journal.moves import create, transition
from foundation.organization.actors import Actor
from foundation.organization.whole import disk_told

from .. import layout
from ..archiving.finding.index import index_documents
from ..layout.together import Sections, render_together
from ..models import Batch, BatchItem, Document, Mark
from ..papers import official_of
from ..sealing import codes
from ..sealing.services import address_of
from ..services import ANNEX, enclose, issue_as, next_number, signed_paper
from ..services import LABEL as DOCUMENT
from .filling import content_for
from .services import LABEL

CHUNK = 20  # more at once hold more memory and gain nothing
FULL = "磁盘空间不足，这一批没有印发完；已印发的都完整。请清理磁盘后接着办没有印发的。"


@dataclass
class Copy:
    item: BatchItem
    document: Document  # not in the database yet
    code: str
    sections: Sections


def make_copies(batch: Batch, items: Sequence[BatchItem], *, actor: Actor, at: dt.datetime) -> None:
    """All of these, or none; what can't be set says why and stops nobody else."""
    found = [_copy(batch, item) for item in items]
    wrong = [(item, one) for item, one in zip(items, found, strict=True) if isinstance(one, str)]
    good = [one for one in found if isinstance(one, Copy)]
    own = batch.numbering == Batch.Numbering.OWN
    with disk_told(FULL), tx.atomic() if own and good else nullcontext():
        if own:
            _number(good)
        papers = _papers(good, at)
        annexes = [one for one in files_of(DOCUMENT, batch.source_id) if one.slot == ANNEX]
        with tx.atomic():
            for item, problem in wrong:
                told = {"problem": problem[:300]}
                transition(BatchItem.fail, item.pk, actor=actor, at=at, data=told).all_or_refuse()
            pks = [_issue(one, *paper, annexes, actor, at) for one, paper in zip(good, papers, strict=True)]
            index_documents(pks)


def sections_for(batch: Batch, item: BatchItem) -> Sections:
    """The pages of a copy before it has its 核验码, to look at."""
    return _laid(_document(batch, item, ""))


def _copy(batch: Batch, item: BatchItem) -> Copy | str:
    code = codes.fresh()
    document = _document(batch, item, code)
    try:
        return Copy(item, document, code, _laid(document))
    except layout.UNFIT as error:
        return str(error)


def _document(batch: Batch, item: BatchItem, code: str) -> Document:
    source, rows = batch.source, batch.rows.get(str(item.unit_id), [])
    content = content_for(item.unit, source.content, annex=batch.annex, columns=batch.columns, rows=rows)
    if code:
        content |= {"mark": code} | address_of(code)
    shared = batch.numbering == Batch.Numbering.SHARED
    return Document(
        kind=source.kind, title=layout.parse(content["text"]).title[:200], organ=source.organ, unit=item.unit,
        code=source.code, year=source.year, number=source.number if shared else None, original=source if shared else None,
        subject=LABEL, subject_id=batch.pk, issued_on=source.issued_on, content=content,
    )  # fmt: skip


def _laid(document: Document) -> Sections:
    return layout.sections_of(*official_of(document.content, document))


def _number(good: Sequence[Copy]) -> None:
    for one in good:
        document = one.document
        document.number = next_number(organ=document.organ, code=document.code, year=document.year or 0)
        one.sections = _laid(document)


def _papers(good: Sequence[Copy], at: dt.datetime) -> list[tuple[StoredFile, dict[str, str]]]:
    drawn = render_together([one.sections for one in good]) if good else []
    papers = [signed_paper(one.document, paper, at) for one, paper in zip(good, drawn, strict=True)]
    return [(store(paper, "公文.pdf", at=at), note) for paper, note in papers]


VALUES = ("kind", "title", "organ", "unit", "code", "year", "number", "original", "subject", "subject_id", "issued_on",
          "content")  # fmt: skip


def _issue(
    one: Copy, file: StoredFile, note: dict[str, str], annexes: Sequence[Attachment], actor: Actor, at: dt.datetime
) -> int:  # fmt: skip
    document = one.document
    values: dict[str, Any] = {name: getattr(document, name) for name in VALUES}
    (pk,) = create(Document, values | {"created_by": actor.post}, actor=actor, at=at)
    document.pk = pk
    Mark.objects.create(document_id=pk, digest=codes.digest_of(one.code))
    enclose(annexes, document=pk, actor=actor, at=at)
    issue_as(document, file, actor=actor, at=at, note=note)
    transition(BatchItem.make, one.item.pk, actor=actor, at=at, data={"document": pk}).all_or_refuse()
    return pk
