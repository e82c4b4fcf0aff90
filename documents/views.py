"""公文: what was issued and archived, with its paper."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from foundation.organization.access import only
from foundation.organization.addresses import chips_of
from foundation.organization.keyset import NEWEST, page_of
from foundation.organization.models import Unit
from foundation.organization.posts import OFFICE_POSTS, OVERSEERS, UNIT_POSTS

from .formats.stored import menu_of
from .issuing.centre import centre_of
from .issuing.making import standing_of, with_making
from .listing import documents_found
from .models import Document
from .permissions import goes_to_all, reads_document
from .services import papers_of

SAYS = "公文只给各单位、安委办、领导和审计员看。"


@require_safe
@only(*UNIT_POSTS, *OFFICE_POSTS, *OVERSEERS, says=SAYS)
def archive(request: HttpRequest) -> HttpResponse:
    seat = request.identity  # type: ignore[attr-defined]
    readable = Document.objects.filter(reads_document.q(seat.pk, timezone.localdate()))
    found = documents_found(readable, request.GET.dict()).select_related("organ", "unit").defer("content")
    page = page_of(with_making(found), NEWEST, request.GET)
    papers = papers_of(row.pk for row in page.rows)
    context = centre_of(request, "out") | {
        "rows": [
            {
                "document": row,
                "paper": papers.get(row.pk),
                "menu": menu_of(row),
                "to_all": goes_to_all(row),
                "standing": standing_of(row),
            }
            for row in page.rows
        ],
        "page": page,
        "chips": chips_of(
            request.GET, "kind", {"": "全部", **dict(Document.Kind.choices)}, request.GET.get("kind", "")
        ),
        "years": [day.year for day in readable.dates("issued_on", "year", order="DESC")],
        "units": Unit.objects.only("short_name") if seat.post not in UNIT_POSTS else (),
        "filtered": any(request.GET.get(name) for name in ("q", "kind", "year", "unit")),
    }
    return render(request, "documents/archive.html", context)
