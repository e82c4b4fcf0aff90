"""撤销、合并: what would move, counted before the press."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from ..access import only
from ..ending import end_unit, preview
from ..forms import EndUnitForm
from ..identity import actor_of
from ..models import Unit
from ..permissions import EDITORS, ONLY_EDITORS
from ..refusals import told_in


@require_http_methods(["GET", "POST"])
@only(*EDITORS, says=ONLY_EDITORS)
def unit_end(request: HttpRequest, pk: int) -> HttpResponse:
    """First press: the preview. Second press (`do=end`): done, if it is still what was shown."""
    row = get_object_or_404(Unit, pk=pk)
    form = EndUnitForm(request.POST or None, unit=row)
    lines = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        heir, about = given["successor"], {name: given[name] for name in ("follow", "groups")}
        lines = preview(row, heir, **about, day=timezone.localdate())
        if request.POST.get("do") == "end":
            with told_in(form):
                end_unit(
                    unit=row, on=given["on"], successor=heir, **about, actor=actor_of(request), at=timezone.now()
                )  # fmt: skip
                messages.success(
                    request, f"“{row.short_name}”已撤销" + (f"，由{heir}承接。" if heir else "。")
                )
                return redirect("unit", pk)
    stops = any(line.stops for line in lines or ())
    context = {"row": row, "form": form, "lines": lines, "stops": stops}
    return render(request, "organization/unit_end.html", context, status=422 if form.errors else 200)
