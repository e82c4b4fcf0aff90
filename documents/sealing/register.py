"""用印登记簿: every use of every seal, page by page, and a year of it as a table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from foundation.journal.models import Entry
from foundation.organization import typed
from foundation.organization.access import only
from foundation.organization.keyset import NEWEST, page_of
from foundation.organization.tables import XLSX, write_table
from foundation.organization.templatetags.components import moment

from ..models import BatchItem, Document, Seal, SealUse
from ..permissions import reads_document
from .permissions import ONLY_REGISTER_READERS, REGISTER_READERS
from .services import LABEL

MOST = 50  # batches that the page of a seal shows
COLUMNS = ("序号", "用印时间", "印章", "用印机关", "发文字号", "标题", "用途", "用印人")


def uses_found(wanted: Any) -> QuerySet[SealUse]:
    """`wanted`: q (words of the title), seal, year. What makes no sense filters nothing."""
    rows = SealUse.objects.select_related(
        "seal__organ", "document", "by__person", "by__unit"
    ).defer("document__content")  # fmt: skip
    if words := typed.words(wanted.get("q", "")):
        rows = rows.filter(document__title__icontains=words)
    if seal := typed.number(wanted.get("seal", "")):
        rows = rows.filter(seal=seal)
    year = typed.number(wanted.get("year", ""))
    return rows.filter(at__year=year) if year and year in typed.YEARS else rows


def copied_with(seal: Seal) -> list[dict[str, Any]]:
    """The batches whose copies bear it, the latest first, each with how many were issued: told in the seal's journal when
    it is begun, and begun again for those that failed; no lines of the register."""
    told = Entry.objects.filter(target=LABEL, target_id=seal.pk, verb=f"{LABEL}.use", data__has_key="batch")
    begun = {one.data["batch"]: one for one in told.select_related("actor").order_by("seq")}
    last = sorted(begun.items(), key=lambda item: -item[1].seq)[:MOST]
    issued = BatchItem.objects.filter(batch__in=[pk for pk, _ in last], state=BatchItem.State.MADE)
    counts = dict(issued.order_by().values_list("batch").annotate(Count("pk")))
    return [{"batch": pk, "at": one.at, "by": one.actor, "copies": counts.get(pk, 0)} for pk, one in last]


@require_safe
@only(*REGISTER_READERS, says=ONLY_REGISTER_READERS)
def seal_uses(request: HttpRequest) -> HttpResponse:
    page = page_of(_readable(request, uses_found(request.GET)), NEWEST, request.GET)
    context = {
        "section": "administration",
        "page": page,
        "rows": page.rows,
        "seals": Seal.objects.only("name"),
        "years": [day.year for day in SealUse.objects.dates("at", "year", order="DESC")],
        "filtered": any(request.GET.get(name) for name in ("q", "seal", "year")),
    }
    return render(request, "documents/seal_uses.html", context)


@require_safe
@only(*REGISTER_READERS, says=ONLY_REGISTER_READERS)
def seal_uses_export(request: HttpRequest) -> HttpResponse:
    """What the page shows, all pages of it."""
    rows = _readable(request, uses_found(request.GET)).order_by("pk")
    answer = HttpResponse(write_table(COLUMNS, _lines(rows)), content_type=XLSX)
    answer["Content-Disposition"] = (
        "attachment; filename*=UTF-8''%E7%94%A8%E5%8D%B0%E7%99%BB%E8%AE%B0%E7%B0%BF.xlsx"
    )
    return answer


def _readable(request: HttpRequest, rows: QuerySet[SealUse]) -> QuerySet[SealUse]:
    """The uses on papers that this reader may see: those of a case stay with the case."""
    seat = request.identity  # type: ignore[attr-defined]
    return rows.filter(document__in=Document.objects.filter(reads_document.q(seat.pk, timezone.localdate())))


def _lines(rows: Iterable[SealUse]) -> Iterable[tuple[object, ...]]:
    for number, row in enumerate(rows, 1):
        yield (
            number, moment(row.at), row.seal.name, row.seal.organ.name, row.document.full_number, row.document.title, row.reason,
            row.by or "系统",
        )  # fmt: skip
