"""全文检索: words of the text, of the title, a 文号 or a 档号, narrowed by kind, year and unit."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from foundation.organization.access import only
from foundation.organization.addresses import chips_of
from foundation.organization.finding.grams import words_of
from foundation.organization.keyset import NEWEST, page_of
from foundation.organization.models import Unit
from foundation.organization.posts import UNIT_POSTS

from ...issuing.centre import centre_of
from ...models import Document
from ...permissions import reads_document
from ...services import papers_of
from ..views import READERS, SAYS
from .listing import FILTERS, dressed, found, shown

SIZE = 20
ONLY = {"": "全部公文", "archived": "已归档"}


@require_safe
@only(*READERS, says=SAYS)
def search(request: HttpRequest) -> HttpResponse:
    seat, asked = request.identity, request.GET.dict()  # type: ignore[attr-defined]
    readable = Document.objects.filter(reads_document.q(seat.pk, timezone.localdate()))
    words = words_of(asked.get("q", ""))
    looks = bool(words) or any(asked.get(name) for name in (*FILTERS, "only"))
    page = page_of(found(readable, asked), NEWEST, request.GET, SIZE, dressed) if looks else None
    rows = page.rows if page else []
    papers = papers_of(one.pk for one in rows) if rows else {}
    context = centre_of(request, "items") | {
        "rows": [shown(one, words) | {"paper": papers.get(one.pk)} for one in rows],
        "page": page,
        "looks": looks,
        "chips": chips_of(request.GET, "only", ONLY, asked.get("only", "")),
        "kinds": Document.Kind.choices,
        "units": Unit.objects.only("short_name") if seat.post not in UNIT_POSTS else (),
    }
    return render(request, "documents/archiving/search.html", context)
