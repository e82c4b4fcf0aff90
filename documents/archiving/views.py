"""档案: the 件, one of them, and 整理归档 of a year."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from foundation.organization import typed
from foundation.organization.access import only, opened
from foundation.organization.addresses import chips_of
from foundation.organization.identity import actor_of
from foundation.organization.keyset import NEWEST
from foundation.organization.keyset import page_of as page_of_list
from foundation.organization.models import Unit
from foundation.organization.posts import OFFICE_POSTS, OVERSEERS, UNIT_POSTS
from foundation.organization.refusals import told_in

from ..issuing.centre import centre_of
from ..models import ArchiveItem, Document
from . import services
from .catalogue import CATALOGUES
from .forms import ArrangeForm, VoidForm
from .listing import FILTERS, items_found
from .pages import page_of
from .permissions import archives, reads_item, unarchived
from .scheme import scheme_for

READERS = (*UNIT_POSTS, *OFFICE_POSTS, *OVERSEERS)
SAYS = "档案只给各单位、安委办、领导和审计员看。"
ROWS = 50  # that are arranged on one page
MOST = 500  # that are archived by one press


def readable(request: HttpRequest) -> QuerySet[ArchiveItem]:
    seat = request.identity  # type: ignore[attr-defined]
    return ArchiveItem.objects.filter(reads_item.q(seat.pk, timezone.localdate()))


@require_safe
@only(*READERS, says=SAYS)
def items(request: HttpRequest) -> HttpResponse:
    seat, rows = request.identity, readable(request)  # type: ignore[attr-defined]
    found = items_found(rows, request.GET.dict()).select_related("document__unit")
    context = centre_of(request, "items") | {
        "page": page_of_list(found.defer("content", "document__content"), NEWEST, request.GET),
        "chips": chips_of(
            request.GET, "term", {"": "全部", **dict(ArchiveItem.Term.choices)}, request.GET.get("term", "")
        ),
        "years": rows.order_by("-year").values_list("year", flat=True).distinct(),
        "units": Unit.objects.only("short_name") if seat.post not in UNIT_POSTS else (),
        "filtered": any(request.GET.get(name) for name in FILTERS),
        "filters": [(name, request.GET.get(name, "")) for name in FILTERS],
        "catalogues": [(code, one.title) for code, one in CATALOGUES.items()],
        "office": seat.post in OFFICE_POSTS,
    }
    return render(request, "documents/archiving/items.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@only(*READERS, says=SAYS)
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """One; sent, it is void."""
    row, actor = _item(request, pk), actor_of(request)
    if request.method != "POST":
        check = request.GET.get("check") == "1"
        return render(request, "documents/archiving/item.html", page_of(row, actor, check=check))
    form = VoidForm(request.POST)
    with told_in(form):
        if form.is_valid():
            reason = form.cleaned_data["reason"]
            services.void_item(item=pk, actor=actor, at=timezone.now(), reason=reason)
            messages.success(request, f"{row.reference} 已作废，档号保留。")
            return redirect("archive_item", pk)
    context = page_of(row, actor, check=False) | {"form": form}
    return render(request, "documents/archiving/item.html", context, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@only(*OFFICE_POSTS, says=archives.says)
def arrange(request: HttpRequest) -> HttpResponse:
    """What of a year is not archived yet, the oldest first; sent, what is picked is archived."""
    waiting, year = _waiting(request)
    rows = list(waiting.select_related("organ", "unit").defer("content")[:ROWS])
    form = ArrangeForm(rows, request.POST or None)
    if request.method == "POST":
        with told_in(form):
            if form.is_valid():
                return _archived(request, form, waiting, year)
    status = 422 if form.is_bound and form.errors else 200
    return render(
        request, "documents/archiving/arrange.html", _arranging(request, form, waiting, year), status=status
    )


@require_safe
@only(*READERS, says=SAYS)
def scheme(request: HttpRequest) -> HttpResponse:
    """归档方案 in force: the form of a 档号, the 保管期限表."""
    found, kinds = scheme_for(timezone.localdate()), dict(Document.Kind.choices)
    lines = [
        {"line": one, "kind": kinds.get(one.kind, "其他"), "term": found.terms[one.term]}
        for one in found.retention
    ]
    sample = [
        found.reference(organ=organ, year=timezone.localdate().year, term="y30", number=1)
        for organ in found.organs.values()
    ]
    context = {"section": "archive", "scheme": found, "lines": lines, "sample": sample}
    return render(request, "documents/archiving/scheme.html", context)


def _item(request: HttpRequest, pk: int) -> ArchiveItem:
    rows = ArchiveItem.objects.select_related("document__organ", "document__unit")
    return opened(request, rows, pk, reads_item)


def _arrangeable(request: HttpRequest) -> QuerySet[Document]:
    seat = request.identity  # type: ignore[attr-defined]
    return Document.objects.filter(archives.q(seat.pk, timezone.localdate()), unarchived())


def _waiting(request: HttpRequest) -> tuple[QuerySet[Document], int | None]:
    """What may be archived, of the year asked for; else of the earliest that has any."""
    rows = _arrangeable(request)
    asked = typed.number(request.GET.get("year", "")) or 0
    first = rows.order_by("issued_on").values_list("issued_on__year", flat=True).first()
    year = asked if 0 < asked <= dt.MAXYEAR else first
    return rows.filter(issued_on__year=year).order_by("issued_on", "pk"), year


def _archived(
    request: HttpRequest, form: ArrangeForm, waiting: QuerySet[Document], year: int | None
) -> HttpResponse:
    whole = request.POST.get("do") == "whole"
    wanted = list(waiting.values_list("pk", flat=True)[:MOST]) if whole else form.picked
    made = services.archive_documents(
        documents=wanted, chosen={} if whole else form.chosen, actor=actor_of(request), at=timezone.now()
    )
    messages.success(request, f"已归档 {len(made)} 件。")
    return redirect(f"{request.path}?year={year}")


def _arranging(
    request: HttpRequest, form: ArrangeForm, waiting: QuerySet[Document], year: int | None
) -> dict[str, Any]:
    years = [day.year for day in _arrangeable(request).dates("issued_on", "year")]
    labels = {str(one): f"{one} 年" for one in years}
    return {
        "section": "archive",
        "form": form,
        "rows": form.rows,
        "count": waiting.count(),
        "most": MOST,
        "year": year,
        "years": chips_of(request.GET, "year", labels, str(year)),
        "scheme": scheme_for(timezone.localdate()),
    }
