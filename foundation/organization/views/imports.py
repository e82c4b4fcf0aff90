"""Import of units and people: template, preview, done."""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from .. import importing_people, importing_units
from ..access import only
from ..forms import UploadForm
from ..identity import actor_of
from ..imports import Kind, Run, run
from ..models import Person
from ..passwords import hand_out
from ..permissions import EDITORS, ONLY_EDITORS
from ..refusals import Refused
from ..tables import XLSX, write_table
from .uploads import STALE, packed, unpacked, uploaded

KINDS = {"units": importing_units.UNITS, "people": importing_people.PEOPLE}
CURRENT = {"units": importing_units.current, "people": importing_people.current}


@require_safe
@only(*EDITORS, says=ONLY_EDITORS)
def import_template(request: HttpRequest, kind: str) -> HttpResponse:
    """What is there now, in the columns of an import: change it and send it back."""
    content = write_table(_kind(kind).columns, CURRENT[kind]())
    headers = {"Content-Disposition": f'attachment; filename="{kind}.xlsx"'}
    return HttpResponse(content, content_type=XLSX, headers=headers)


@never_cache
@require_http_methods(["GET", "POST"])
@only(*EDITORS, says=ONLY_EDITORS)
def import_table(request: HttpRequest, kind: str) -> HttpResponse:
    what = _kind(kind)
    if request.method == "GET":
        return _page(request, what, UploadForm())
    try:
        sure = "rows" in request.POST
        rows = (
            unpacked(kind, request.POST["rows"]) if sure else uploaded(request, what.columns, what.required)
        )
    except (Refused, signing.BadSignature) as error:
        form = UploadForm(request.POST, request.FILES)
        form.add_error("file", str(error) if isinstance(error, Refused) else STALE)
        return _page(request, what, form, status=422)
    done = run(what, rows, actor=actor_of(request), at=timezone.now(), keep=sure)
    if sure and not done.errors:
        return _kept(request, what, done)
    return _page(
        request, what, UploadForm(), run=done, rows=packed(kind, rows), status=422 if done.errors else 200
    )


def _kind(name: str) -> Kind:
    if name not in KINDS:
        raise Http404
    return KINDS[name]


def _kept(request: HttpRequest, kind: Kind, done: Run) -> HttpResponse:
    people = list(Person.objects.filter(pk__in=done.added_people).order_by("pk"))
    given = hand_out(people, actor=done.actor, at=done.at)
    lines = [(person.username, person.name, given[person.pk]) for person in people]
    context = {"kind": kind, "run": done, "handed_out": lines, "days": settings.ONE_TIME_DAYS}
    return render(request, "organization/one_time.html", context)


def _page(
    request: HttpRequest,
    kind: Kind,
    form: UploadForm,
    *,
    run: Run | None = None,
    rows: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {"kind": kind, "form": form, "run": run, "rows": rows}
    return render(request, "organization/import.html", context, status=status)
