"""导出: exactly what the list shows, in the columns of an import."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from foundation.organization.access import only

from ..listing import KEYS, rows_found
from ..models import RegisterRow
from ..permissions import READERS, SAYS
from ..showing import units_in
from .importing import as_file
from .registers import opened_register, seen_rows

MOST = 10_000  # rows of a file: what an import takes


@require_safe
@only(*READERS, says=SAYS)
def register_export(request: HttpRequest, code: str) -> HttpResponseBase:
    kind, book = opened_register(request, code)
    found = rows_found(seen_rows(request).filter(register=book), kind, request.GET)
    rows: list[RegisterRow] = list(found.order_by(*(key.ordering for key in KEYS))[: MOST + 1])
    if len(rows) > MOST:
        messages.error(request, f"一次最多导出 {MOST:,} 条，请缩短日期再导出。")
        return redirect(f"{reverse('register', args=[code])}?{request.GET.urlencode()}")
    units = units_in(kind, (row.cells for row in rows))
    lines = [
        [units.get(value, value) if column.type == "unit" else value
         for column in kind.columns for value in [row.cells.get(column.key, "")]]
        for row in rows
    ]  # fmt: skip
    return as_file(f"{kind.name}.xlsx", [column.name for column in kind.columns], lines)
