"""Archiving a document as 一件, many at once, and taking one back as void. A 件号 is given like a 发文字号: once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from foundation.journal.moves import create
from foundation.journal.moves import transition as move
from foundation.organization.actors import SYSTEM, Actor
from foundation.organization.refusals import Refused

from ..models import ArchiveItem, Document, Series
from ..numbering import next_in
from .finding.index import index_documents
from .permissions import archives, keeps_item, unarchived
from .scheme import Scheme, scheme_for
from .snapshot import digest_of, snapshot_of

FORMED = "{organ}没有全宗号，不能在这里归档；请把它写进归档方案（docs/settings.md），或由该单位自己归档。"

CHOSEN = "改定"
# Filled by the rooms whose documents end in the archive by themselves; false from one where this document doesn't.
WAYS: list[Callable[..., bool]] = []


@dataclass(frozen=True)
class Choice:
    """A 保管期限 that is not the one of the table, and why."""

    term: str
    reason: str


@transaction.atomic
def archive_document(
    *, document: int, actor: Actor, at: dt.datetime, retention: str | None = None, reason: str = ""
) -> int:
    """Give an issued document its 档号 and seal it as it is; the id of the 件."""
    # The lock also keeps a document from being archived twice at the same moment.
    row = Document.objects.select_for_update(of=("self",)).select_related("organ", "unit").get(pk=document)
    _may(row, actor, at)
    scheme = scheme_for(row.issued_on)
    organ = scheme.organ(row.organ)
    if organ is None:
        raise Refused(FORMED.format(organ=row.organ.name))
    term, basis = _term(row, scheme, retention, reason)
    year, snapshot = row.issued_on.year, snapshot_of(row)
    name = scheme.reference(organ=organ, year=year, term=term, number=0)
    series, number = next_in(Series, name=name)
    values = {
        "document": row.pk, "series": series, "number": number, "year": year, "term": term, "basis": basis,
        "reference": scheme.reference(organ=organ, year=year, term=term, number=number),
        "reason": reason.strip() if basis == CHOSEN else "", "archived_on": timezone.localdate(at), "content": snapshot,
        "digest": digest_of(snapshot),
    }  # fmt: skip
    data = {key: values[key] for key in ("document", "reference", "term", "digest")}
    (pk,) = create(ArchiveItem, values, actor=actor, at=at, data=data)
    index_documents([row.pk])
    return pk


@transaction.atomic
def archive_documents(
    *, documents: Iterable[int], chosen: Mapping[int, Choice], actor: Actor, at: dt.datetime
) -> list[int]:
    """All or none, in the order of their dates; the first refusal names its document."""
    rows = Document.objects.filter(pk__in=list(documents)).order_by("issued_on", "pk")
    made = []
    for pk, title in rows.values_list("pk", "title"):
        one = chosen.get(pk)
        try:
            made.append(
                _shelve(
                    pk,
                    actor=actor,
                    at=at,
                    retention=one.term if one else None,
                    reason=one.reason if one else "",
                )
            )
        except Refused as refusal:
            raise Refused(f"“{title}”：{refusal}", field=f"reason-{pk}") from refusal
    if not made:
        raise Refused("请勾选要归档的公文。")
    return made


@transaction.atomic
def void_item(*, item: int, actor: Actor, at: dt.datetime, reason: str) -> None:
    """Archived by mistake. The 件号 stays taken; the document can be archived anew under another one."""
    row = ArchiveItem.objects.get(pk=item)
    if actor != SYSTEM and not keeps_item(row, actor, timezone.localdate(at)):
        raise Refused(keeps_item.says)
    if not reason.strip():
        raise Refused("作废要写明理由，例如：重复归档。", field="reason")
    move(ArchiveItem.void, item, actor=actor, at=at, words={"reason": reason.strip()}).all_or_refuse()
    index_documents([row.document_id])


def _shelve(document: int, **how: Any) -> int:
    """By its own flow where it waits there for this, so that the flow ends too."""
    if not any(way(document=document, **how) for way in WAYS):
        return archive_document(document=document, **how)
    return ArchiveItem.objects.get(document=document, state=ArchiveItem.State.ARCHIVED).pk


def _may(row: Document, actor: Actor, at: dt.datetime) -> None:
    if actor != SYSTEM and not archives(row, actor, timezone.localdate(at)):
        raise Refused(archives.says)
    if row.state != Document.State.ISSUED:
        raise Refused(f"公文当前“{row.get_state_display()}”，印发以后才能归档。")
    if not Document.objects.filter(unarchived(), pk=row.pk).exists():
        raise Refused("这份公文已经归档，请刷新页面。")


def _term(row: Document, scheme: Scheme, retention: str | None, reason: str) -> tuple[str, str]:
    """(保管期限, its basis): the table's, or another one for a reason."""
    line = scheme.proposal(row.kind, row.title)
    if retention is None or retention == line.term:
        return line.term, f"{line.says}（{line.basis}{'' if line.verified else '，待核'}）"
    if retention not in scheme.terms:
        names = "、".join(term.name for term in scheme.terms.values())
        raise Refused(f"保管期限只有{names}，请重新选择。")
    if not reason.strip():
        raise Refused(f"保管期限表里是{scheme.terms[line.term].name}，改成别的要写明理由。")
    if len(reason.strip()) > 200:
        raise Refused("改定保管期限的理由最长 200 字，请写短一些。")
    return retention, CHOSEN
