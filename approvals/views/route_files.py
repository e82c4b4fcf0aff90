"""A version as a JSON file; a file as a new version, once it was looked at."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from foundation.organization.access import only
from foundation.organization.identity import actor_of
from foundation.organization.pasted import PastedForm
from foundation.organization.refusals import told_in
from foundation.organization.typed import number

from .. import store
from ..engine.route_json import RouteError
from ..engine.routes import Route as Definition
from ..models import Route, RouteVersion
from ..permissions import ONLY_ROUTE_EDITORS, ROUTE_EDITORS
from ..routing.declared import undeclared
from ..routing.files import exported, imported
from ..routing.signer_words import Directory
from ..routing.versions import add_version, versions_of
from ..routing.words import route_said
from .routes import tried

SHOWN = 200  # characters of a problem: what was wrong may be a whole file


class ImportForm(PastedForm):
    what = "一条审批路线"

    file = forms.FileField(
        label="JSON 文件", required=False, widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
        help_text="由“导出”得到的文件。选了文件，就以文件为准。",
    )  # fmt: skip


@require_safe
@only(*ROUTE_EDITORS, says=ONLY_ROUTE_EDITORS)
def route_export(request: HttpRequest, pk: int, version: int) -> HttpResponse:
    found = get_object_or_404(RouteVersion.objects.select_related("route"), route=pk, number=version)
    name = f"{found.route.code}-{version}.json"
    return HttpResponse(
        exported(store.route_of(found)),
        content_type="application/json; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_http_methods(["GET", "POST"])
@only(*ROUTE_EDITORS, says=ONLY_ROUTE_EDITORS)
def route_import(request: HttpRequest, pk: int) -> HttpResponse:
    """Read and shown first; saved by a second press, as it was shown."""
    row = get_object_or_404(Route, pk=pk)
    newest = versions_of(row)[0]
    form = ImportForm.given(request) if request.method == "POST" else ImportForm()
    definition, problems = _read(form) if form.is_bound else (None, [])
    if definition and "save" in request.POST:
        with told_in(form):
            base = number(request.POST.get("base", "")) or 0
            made = add_version(
                route=row, definition=definition, actor=actor_of(request), at=timezone.now(), base=base
            )
            messages.success(request, f"已导入为第 {made.number} 版，以后新提交的事项按它审批。")
            return redirect("route", pk)
    context = {"section": "administration", "row": row, "form": form, "problems": problems, "newest": newest}
    if definition:
        context |= _shown(definition, row.subject, request)
    return render(
        request, "approvals/route_import.html", context, status=422 if problems or form.errors else 200
    )


def _read(form: PastedForm) -> tuple[Definition | None, list[tuple[str, str]]]:
    """The route, or what is wrong with it: where, and what to do."""
    if form.errors:
        return None, []
    try:
        return imported(form.cleaned_data["text"]), []
    except RouteError as error:
        return None, [(_shown_text(one.path), _shown_text(one.says)) for one in error.problems]


def _shown_text(words: str) -> str:
    """What is quoted may be a whole file, or halves of characters."""
    return words[:SHOWN].encode("utf-8", "replace").decode()


def _shown(definition: Definition, subject: str, request: HttpRequest) -> dict[str, Any]:
    directory = Directory(timezone.localdate(), definition)
    said, strangers = route_said(definition, directory), directory.strangers(definition)
    told = {"said": said, "strangers": strangers, "undeclared": undeclared(definition, subject)}
    return {**told, **tried(definition, definition, directory, request.POST)}
