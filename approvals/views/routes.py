"""审批路线: the list, one with its versions, a new version, and a dry run of what was typed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from foundation.organization.access import only
from foundation.organization.identity import actor_of
from foundation.organization.refusals import Refused
from foundation.organization.typed import number

from .. import store
from ..engine.routes import Route as Definition
from ..models import Route, RouteVersion
from ..permissions import ONLY_ROUTE_EDITORS, ONLY_ROUTE_READERS, ROUTE_EDITORS, ROUTE_READERS
from ..routing.declared import declared_of, undeclared
from ..routing.editor import Editor, grown
from ..routing.signer_words import Directory
from ..routing.trial_form import TrialForm
from ..routing.versions import SELF_APPROVAL, add_version, running, versions_of
from ..routing.words import route_said


@require_safe
@only(*ROUTE_READERS, says=ONLY_ROUTE_READERS)
def routes(request: HttpRequest) -> HttpResponse:
    newest: dict[int, RouteVersion] = {}
    for version in RouteVersion.objects.select_related("route").order_by("route", "number"):
        newest[version.route_id] = version
    runs: dict[int, list[tuple[int, int]]] = {}
    for version, count in running():
        runs.setdefault(version.route_id, []).append((version.number, count))
    rows = [
        (one.route, one.number, store.route_of(one).steps, runs.get(one.route_id, ()))
        for one in newest.values()
    ]
    return render(request, "approvals/routes.html", {"rows": rows, "section": "administration"})


@require_safe
@only(*ROUTE_READERS, says=ONLY_ROUTE_READERS)
def route(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Route, pk=pk)
    rows: Any = versions_of(row).select_related("made_by__person")  # annotated
    versions = [(one, store.route_of(one)) for one in rows]
    directory = Directory(timezone.localdate(), *(definition for _, definition in versions))
    context = {
        "section": "administration",
        "row": row,
        "versions": [(one, route_said(definition, directory)) for one, definition in versions],
        "strangers": directory.strangers(versions[0][1]),
        "undeclared": undeclared(versions[0][1], row.subject),
        "running": sum(one.running for one, _ in versions),
        "editable": request.identity.post in ROUTE_EDITORS,  # type: ignore[attr-defined]
    }
    return render(request, "approvals/route.html", context)


@require_http_methods(["GET", "POST"])
@only(*ROUTE_EDITORS, says=ONLY_ROUTE_EDITORS)
def route_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Begins with the newest version. 试走 and 再加环节 save nothing."""
    row = get_object_or_404(Route, pk=pk)
    newest = versions_of(row)[0]
    last, data = store.route_of(newest), grown(request.POST) if request.method == "POST" else None
    directory = Directory(timezone.localdate(), last)
    editor = Editor(last, directory, data)
    definition = editor.definition() if data and "more" not in data else None
    if definition and data and not {"more", "try"} & set(data):
        try:
            base = number(data.get("base", "")) or 0
            made = add_version(
                route=row, definition=definition, actor=actor_of(request), at=timezone.now(), base=base
            )
            messages.success(request, f"已保存第 {made.number} 版，以后新提交的事项按它审批。")
            return redirect("route", pk)
        except Refused as refusal:
            editor.form.add_error("on_self" if str(refusal) == SELF_APPROVAL else None, str(refusal))
    context = {
        "section": "administration", "row": row, "editor": editor, "base": newest.number,
        "offers": directory.offers(editor.names), "strangers": directory.strangers(definition or last),
        "undeclared": undeclared(definition or last, row.subject), "facts": declared_of(row.subject),
        **tried(definition, last, directory, data),
    }  # fmt: skip
    return render(request, "approvals/route_edit.html", context, status=422 if editor.wrong else 200)


def tried(definition: Definition | None, last: Definition, directory: Directory, data: Any) -> dict[str, Any]:
    """The form of a dry run, and its outcome where one was asked for."""
    asked = bool(data) and "try" in data
    form = TrialForm(definition or last, directory, data if asked else None)
    return {"trial": form, "outcome": form.run(definition, timezone.now()) if definition and asked else None}
