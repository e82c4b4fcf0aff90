"""导入: the file, what would come of it, and what has to be put right, as a file of its own."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from foundation.organization.access import only
from foundation.organization.forms import UploadForm
from foundation.organization.identity import actor_of
from foundation.organization.posts import OFFICE_POSTS
from foundation.organization.refusals import Refused
from foundation.organization.tables import MAX_BYTES, TOO_LARGE, XLSX, write_table

from ..kind import Kind
from ..known import known_for
from ..models import RegisterImport, office_keeps
from ..services.importing import Line, Preview, faults_of, look_at, match, preview, take
from ..showing import change_said, said, units_in
from .registers import kind_of, opened_register

SHOWN = 50  # lines of each sort on the page
FAULTS = "要改的地方"  # the column of the list that is to be put right; it is matched with none of ours


@require_safe
@only(*OFFICE_POSTS, says=office_keeps.says)
def register_template(request: HttpRequest, code: str) -> HttpResponse:
    kind, _ = opened_register(request, code)
    return as_file(f"{kind.name}模板.xlsx", [column.name for column in kind.columns], [])


@require_http_methods(["GET", "POST"])
@only(*OFFICE_POSTS, says=office_keeps.says)
def register_import(request: HttpRequest, code: str) -> HttpResponse:
    kind, register = opened_register(request, code)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            load = look_at(
                kind=kind, content=_content(form.cleaned_data["file"]), name=form.cleaned_data["file"].name,
                actor=actor_of(request), at=timezone.now(),
            )  # fmt: skip
            return redirect("register_load", load)
        except Refused as refusal:
            form.add_error("file", str(refusal))
    taken = RegisterImport.objects.filter(register=register, state="taken").defer("lines")
    context = {
        "section": "registers", "kind": kind, "form": form, "taken": taken.select_related("by__person")[:10],
        "same": "、".join(kind.by_key[name].name for name in kind.identity),
    }  # fmt: skip
    return render(request, "registers/import.html", context, status=422 if form.errors else 200)


def _content(file: UploadedFile) -> bytes:
    if (file.size or 0) > MAX_BYTES:
        raise Refused(TOO_LARGE)
    return file.read()


@never_cache
@require_http_methods(["GET", "POST"])
@only(*OFFICE_POSTS, says=office_keeps.says)
def register_load(request: HttpRequest, pk: int) -> HttpResponse:
    load = get_object_or_404(RegisterImport.objects.select_related("register", "by__person"), pk=pk)
    kind = kind_of(load.register.code)
    refused = ""
    if request.method == "POST":
        try:
            if "take" in request.POST:
                counts = take(load=pk, actor=actor_of(request), at=timezone.now())
                messages.success(request, f"已导入：新增 {counts['new']} 条，更正 {counts['changed']} 条。")
            else:
                match(load=load, columns={one.key: request.POST.get(one.key, "") for one in kind.columns})
            return redirect("register_load", pk)
        except Refused as refusal:
            refused = str(refusal)
    return render(
        request, "registers/load.html", _context(load, kind, refused), status=422 if refused else 200
    )


def _context(load: RegisterImport, kind: Kind, refused: str) -> dict[str, Any]:
    context: dict[str, Any] = {
        "section": "registers", "kind": kind, "load": load, "refused": refused, "shown": SHOWN,
    }  # fmt: skip
    found = _preview(load, kind)
    context["wrong"] = [
        (number, [(kind.by_key[key].name, says) for key, says in wrong.items()])
        for number, wrong in faults_of(load, kind, found)[:SHOWN]
    ]
    context["counts"] = found.counts() if found else load.counts
    if found:
        context |= {
            "new": _said(kind, found.new), "changed": _changes(kind, found), "withdrawn": found.withdrawn[:SHOWN],
            "columns": [(one, load.columns.get(one.key, "")) for one in kind.columns],
        }  # fmt: skip
    return context


def _preview(load: RegisterImport, kind: Kind) -> Preview | None:
    """Of one that waits."""
    if load.state == RegisterImport.State.TAKEN:
        return None
    return preview(load, kind, known_for(kind, timezone.localdate()))


def _said(kind: Kind, lines: list[Line]) -> list[tuple[int, str, str]]:
    """(line, what names it, the rest in a line)."""
    shown = lines[:SHOWN]
    units = units_in(kind, (one.values["cells"] for one in shown))
    return [
        (
            one.number,
            said(kind.title, one.values["cells"].get(kind.names), units),
            " · ".join(
                text
                for column in kind.columns
                if column.key != kind.names
                and (text := said(column, one.values["cells"].get(column.key), units))
            ),
        )
        for one in shown
    ]


def _changes(kind: Kind, found: Preview) -> list[tuple[int, str, str]]:
    shown = found.changed[:SHOWN]
    units = units_in(kind, (cells for one in shown for cells in (one.before, one.values["cells"])))
    return [
        (
            one.number, said(kind.title, one.values["cells"].get(kind.names), units),
            change_said(kind, one.before, one.values["cells"], units),
        )
        for one in shown
    ]  # fmt: skip


@require_safe
@only(*OFFICE_POSTS, says=office_keeps.says)
def register_load_errors(request: HttpRequest, pk: int) -> HttpResponse:
    """The lines that have to be put right as they came, each with what is wrong: change them and bring them again."""
    load = get_object_or_404(RegisterImport.objects.select_related("register"), pk=pk)
    kind = kind_of(load.register.code)
    texts = {line[0]: line[1] for line in load.lines}
    rows = [
        [*texts[number], "；".join(f"{kind.by_key[key].name}：{says}" for key, says in wrong.items())]
        for number, wrong in faults_of(load, kind, _preview(load, kind))
    ]
    return as_file(f"{kind.name}要改的行.xlsx", [*load.heads, FAULTS], rows)


def as_file(name: str, heads: list[str], rows: list[list[Any]]) -> HttpResponse:
    headers = {"Content-Disposition": content_disposition_header(True, name) or "attachment"}
    return HttpResponse(write_table(heads, rows), content_type=XLSX, headers=headers)
