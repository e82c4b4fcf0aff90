"""The registers, and the rows of one."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from foundation.organization.access import only
from foundation.organization.addresses import chips_of, same_list
from foundation.organization.identity import actor_of
from foundation.organization.keyset import page_of
from foundation.organization.posts import OFFICE_POSTS, OVERSEERS
from foundation.organization.typed import words
from workflows.tasks.annexes import statistics_on

from ..kind import Kind
from ..library import kind_on, kinds_on
from ..listing import KEYS, chips_for, counts_of, rows_found, totals
from ..models import Register, RegisterRow
from ..permissions import READERS, SAYS, sees_register, sees_row
from ..showing import heads_of, listed


def kind_of(code: str) -> Kind:
    """As it stands today."""
    found = kind_on(code, timezone.localdate())
    if found is None:
        raise Http404
    return found


def opened_register(request: HttpRequest, code: str) -> tuple[Kind, Register]:
    kind, register = kind_of(code), get_object_or_404(Register, code=code)
    if not sees_register(register, actor_of(request), timezone.localdate()):
        raise PermissionDenied(sees_register.says)
    return kind, register


def seen_rows(request: HttpRequest) -> Any:
    return RegisterRow.objects.filter(sees_row.q(request.identity.pk, timezone.localdate()))  # type: ignore[attr-defined]


def cell_said(kind: Kind, cell: str) -> str:
    """What a list is narrowed to that shows the rows of one cell of 附件2."""
    found = counts_of(kind, cell)
    row = next(
        (row for row in statistics_on(timezone.localdate()).rows if found and row.code == found[0].code), None
    )
    return f"{row.code} {row.name}：{row.cell(found[0].cell).name}" if row else ""


def keeps(request: HttpRequest) -> bool:
    return request.identity.post in OFFICE_POSTS  # type: ignore[attr-defined]


@require_safe
@only(*READERS, says=SAYS)
def registers(request: HttpRequest) -> HttpResponse:
    seen = Register.objects.filter(sees_register.q(request.identity.pk, timezone.localdate()))  # type: ignore[attr-defined]
    ids, held = dict(seen.values_list("code", "pk")), totals(seen_rows(request))
    lines = []
    for kind in kinds_on(timezone.localdate()):
        if kind.code in ids:
            count, latest = held.get(ids[kind.code], (0, None))
            lines.append({"kind": kind, "count": f"{count:,}", "latest": latest})
    reads_all = keeps(request) or request.identity.post in OVERSEERS  # type: ignore[attr-defined]
    context = {"section": "registers", "lines": lines, "keeps": keeps(request), "counts": reads_all}
    return render(request, "registers/registers.html", context)


@require_safe
@only(*READERS, says=SAYS)
def register(request: HttpRequest, code: str) -> HttpResponse:
    kind, book = opened_register(request, code)
    chips, here = chips_for(kind), request.GET.get("only", "")
    here = here if here in chips else ""
    found = rows_found(seen_rows(request).filter(register=book), kind, request.GET)
    page = page_of(found, KEYS, request.GET)
    kept = {name: request.GET[name] for name in ("only", "unit", "cell") if request.GET.get(name)}
    context = {
        "section": "registers", "kind": kind, "keeps": keeps(request), "page": page, "heads": heads_of(kind),
        "rows": listed(kind, page.rows), "chips": chips_of(request.GET, "only", chips, here), "kept": kept,
        "q": words(request.GET.get("q", "")), "start": request.GET.get("start", ""), "end": request.GET.get("end", ""),
        "query": same_list(request.GET, before="", after="").removeprefix("?"),
        "counted": cell_said(kind, request.GET.get("cell", "")), "uncounted": same_list(request.GET, cell="", before="", after=""),
    }  # fmt: skip
    return render(request, "registers/register.html", context)
