"""审批路线: the list, one with its versions, a new version with a preview of who would be asked."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from foundation.organization.access import only
from foundation.organization.identity import actor_of
from foundation.organization.models import Unit
from foundation.organization.refusals import Refused
from foundation.organization.typed import number

from .. import store
from ..models import Route, RouteVersion
from ..permissions import ONLY_ROUTE_EDITORS, ONLY_ROUTE_READERS, ROUTE_EDITORS, ROUTE_READERS
from ..route_forms import (
    DEDUPES,
    MODES,
    ON_EMPTY,
    ON_SELF,
    RouteForm,
    definition_of,
    posts_to_choose,
    steps_of,
    written,
)
from ..routes import Route as Definition
from ..versions import add_version, preview, versions_of


@require_safe
@only(*ROUTE_READERS, says=ONLY_ROUTE_READERS)
def routes(request: HttpRequest) -> HttpResponse:
    newest: dict[int, RouteVersion] = {}
    for version in RouteVersion.objects.select_related("route").order_by("route", "number"):
        newest[version.route_id] = version
    rows = [(one.route, one.number, store.route_of(one).steps) for one in newest.values()]
    return render(request, "approvals/routes.html", {"rows": rows, "section": "administration"})


@require_safe
@only(*ROUTE_READERS, says=ONLY_ROUTE_READERS)
def route(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Route, pk=pk)
    labels = {value: label for _, group in posts_to_choose() for value, label in group}
    versions = list(versions_of(row).select_related("made_by__person"))
    context = {
        "section": "administration",
        "row": row,
        "versions": [(one, _told(store.route_of(one), labels)) for one in versions],
        "editable": request.identity.post in ROUTE_EDITORS,  # type: ignore[attr-defined]
    }
    return render(request, "approvals/route.html", context)


def _told(route: Definition, labels: dict[str, str]) -> dict[str, Any]:
    """A definition in words."""
    modes, empty = dict(MODES), dict(ON_EMPTY)
    steps = []
    for step in route.steps:
        other = "" if isinstance(step.on_empty, str) else written(step.on_empty)
        steps.append(
            {
                "name": step.name,
                "who": "、".join(labels.get(written(who), written(who)) for who in step.who),
                "mode": modes[step.mode.value].partition("：")[0] if len(step.who) > 1 else "",
                "empty": f"由{labels.get(other, other)}办理" if other else empty[str(step.on_empty)],
            }
        )
    return {
        "steps": steps,
        "dedupe": dict(DEDUPES)[route.dedupe.value],
        "on_self": dict(ON_SELF)[route.on_self.value],
    }


@require_http_methods(["GET", "POST"])
@only(*ROUTE_EDITORS, says=ONLY_ROUTE_EDITORS)
def route_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Begins with the newest version; 预览 asks and saves nothing."""
    row = get_object_or_404(Route, pk=pk)
    last = store.route_of(versions_of(row)[0])
    data = request.POST if request.method == "POST" else None
    initial = {"name": last.name, "dedupe": last.dedupe.value, "on_self": last.on_self.value}
    form, steps = RouteForm(data, initial=initial), steps_of(last, data)
    definition = definition_of(form, steps) if data is not None else None
    asked = None
    if definition and data is not None and "preview" in data:
        asked = _preview(definition, data.get("unit", ""))
    elif definition:
        try:
            made = add_version(route=row, definition=definition, actor=actor_of(request), at=timezone.now())
            messages.success(request, f"已保存第 {made.number} 版，以后新提交的事项按它审批。")
            return redirect("route", pk)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    wrong = data is not None and (definition is None or bool(form.errors))
    context = {
        "section": "administration", "row": row, "form": form, "steps": steps, "asked": asked,
        "units": Unit.objects.filter(ended_on=None).exclude(kind=Unit.Kind.OFFICE),
        "forms": [form, *steps.forms],
    }  # fmt: skip
    return render(request, "approvals/route_edit.html", context, status=422 if wrong else 200)


def _preview(definition: Definition, unit: str) -> Any:
    units = Unit.objects.filter(ended_on=None)
    chosen = units.filter(pk=number(unit) or 0).first()
    return preview(definition, chosen or units.exclude(kind=Unit.Kind.OFFICE)[0], timezone.localdate())
