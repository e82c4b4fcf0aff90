"""What leaves the archive: catalogues of what the list shows, packages and their download."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from foundation.journal.keys import BadKey, known_fingerprint
from foundation.organization import typed
from foundation.organization.access import only
from foundation.organization.identity import actor_of
from foundation.organization.keyset import NEWEST, page_of
from foundation.organization.posts import OFFICE_POSTS
from foundation.organization.refusals import Refused

from ..fonts import FontsMissing
from ..layout import UndrawableText
from ..models import ArchiveItem, ArchivePackage
from .catalogue import CATALOGUES, FORMATS
from .listing import in_order, items_found
from .packing import DAYS, path_of, start_package
from .permissions import keeps_item
from .views import READERS, SAYS, readable

MOST = 1000  # lines of a catalogue
MINE = "归档包只给制作它的安委办下载。"


@require_safe
@only(*READERS, says=SAYS)
def catalogue(request: HttpRequest, what: str, extension: str) -> HttpResponse:
    """Of the items that the list finds for the same address."""
    kind, form = CATALOGUES.get(what), FORMATS.get(extension)
    if kind is None or form is None:
        raise Http404("没有这种目录。")
    found = kind.of(items_found(readable(request), request.GET.dict()), timezone.localdate())
    items = list(in_order(found).select_related("series")[: MOST + 1])
    says = _unfit(items)
    try:
        content = b"" if says else form[0](kind.table(items))
    except (UndrawableText, FontsMissing) as error:
        says = str(error)
    if says:
        context = {"says": says, "kind": kind, "section": "archive"}
        return render(request, "documents/archiving/refused.html", context)
    name = f"{kind.title}.{extension}"
    headers = {"Content-Disposition": content_disposition_header(True, name) or ""}
    return HttpResponse(content, content_type=form[1], headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
@only(*OFFICE_POSTS, says=MINE)
def packages(request: HttpRequest) -> HttpResponse:
    """Those of the office; sent, one is made of the items named, or of all that the list finds."""
    if request.method == "POST":
        named = [pk for text in request.POST.getlist("item") if (pk := typed.number(text))]
        wanted = named or list(
            items_found(readable(request), request.POST.dict()).values_list("pk", flat=True)
        )
        try:
            return redirect(start_package(items=wanted, actor=actor_of(request), at=timezone.now()))
        except Refused as refusal:
            says = {"says": str(refusal), "section": "archive"}
            return render(request, "documents/archiving/refused.html", says, status=422)
    seat = request.identity  # type: ignore[attr-defined]
    rows = ArchivePackage.objects.filter(by__unit=seat.unit_id).select_related("by__person", "job")
    page = page_of(rows, NEWEST, request.GET)
    there = {one.pk for one in page.rows if path_of(one.pk).exists()}
    context = {"section": "archive", "page": page, "there": there, "days": DAYS, "key": _key()}
    return render(request, "documents/archiving/packages.html", context)


@require_safe
@only(*OFFICE_POSTS, says=MINE)
def package(request: HttpRequest, pk: int) -> HttpResponseBase:
    """For the office that made it, as long as it may read all that is in it."""
    row, seat = get_object_or_404(ArchivePackage.objects.select_related("by"), pk=pk), request.identity  # type: ignore[attr-defined]
    mine = ArchiveItem.objects.filter(keeps_item.q(seat.pk, timezone.localdate()), pk__in=row.items)
    if row.by.unit_id != seat.unit_id or mine.count() != len(row.items):
        raise PermissionDenied(MINE)
    try:
        content = path_of(row.pk).open("rb")
    except FileNotFoundError as error:
        raise Http404("归档包还没有做好，或已被清理；重新制作会得到相同的包。") from error
    return FileResponse(
        content, filename=f"{row.title}.zip", as_attachment=True, content_type="application/zip"
    )


def _key() -> dict[str, str]:
    """What signs packages, or why nothing does."""
    try:
        return {"fingerprint": known_fingerprint()}
    except BadKey as bad:
        return {"says": str(bad)}


def _unfit(items: list[ArchiveItem]) -> str:
    if not items:
        return "没有可以列入目录的件，请放宽筛选。移交清单只列到期应当移交的。"
    return f"超过 {MOST} 行，请按年度或保管期限缩小范围。" if len(items) > MOST else ""
