"""作品评选: the selections of a register, and one with its works."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.organization.access import only, opened
from foundation.organization.identity import actor_of
from foundation.organization.keyset import NEWEST, page_of
from foundation.organization.posts import OFFICE_POSTS, Post
from foundation.organization.refusals import Refused, told_in
from foundation.organization.typed import number

from ..forms import SelectionForm
from ..kind import Kind
from ..models import Candidate, Selection
from ..permissions import sees_selection
from ..services import selecting
from ..showing import said
from .registers import keeps, kind_of, opened_register

LIGHTS = {"waiting": "idle", "judging": "near", "passed": "ok", "failed": "refused", "chosen": "done"}
STEPS = list(Selection.State.choices)


@require_http_methods(["GET", "POST"])
@only(*OFFICE_POSTS, Post.AUDITOR, says=sees_selection.says)
def register_selections(request: HttpRequest, code: str) -> HttpResponse:
    kind, register = opened_register(request, code)
    if not kind.votes:
        raise Http404
    form = SelectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            pk = selecting.begin(kind=kind, **form.cleaned_data, actor=actor_of(request), at=timezone.now())
            return redirect("register_selection", pk)
    page = page_of(Selection.objects.filter(register=register), NEWEST, request.GET, 20)
    context = {"section": "registers", "kind": kind, "keeps": keeps(request), "page": page, "form": form}
    return render(request, "registers/selections.html", context, status=422 if form.errors else 200)


@require_safe
@login_required
def register_selection(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, pk)


def _page(request: HttpRequest, pk: int, refused: str = "") -> HttpResponse:
    row = opened(request, Selection.objects.select_related("register"), pk, sees_selection)
    kind = kind_of(row.register.code)
    works = list(row.candidates.select_related("row", "row__unit"))
    here = [code for code, _ in STEPS].index(row.state)
    marked = {int(one) for one in request.POST.getlist("work") if number(one)} or _best(row, works)
    context = {
        "section": "registers", "kind": kind, "selection": row, "keeps": keeps(request), "refused": refused,
        "works": [_shown(kind, one, row, one.pk in marked) for one in works], "left": _left(works),
        "steps": [
            {"title": label, "state": "past" if n < here else "now" if n == here else "future"}
            for n, (_, label) in enumerate(STEPS)
        ],
    }  # fmt: skip
    return render(request, "registers/selection.html", context, status=422 if refused else 200)


def _shown(kind: Kind, one: Candidate, selection: Selection, marked: bool) -> dict[str, Any]:
    decided = one.state in ("passed", "failed", "chosen")
    chips = said(kind.by_key[kind.chips], one.row.cells.get(kind.chips), {}) if kind.chips else ""
    return {
        "one": one, "light": LIGHTS[one.state], "decided": decided, "kind": chips, "marked": marked,
        "open": selection.state == "judging" and one.state == "passed",
        "out": selection.state in ("chosen", "voted") and one.state != "chosen",
    }  # fmt: skip


def _best(selection: Selection, works: list[Candidate]) -> set[int]:
    """Offered: those with the most votes of the judges. Where the last place is shared, nobody is put there by chance."""
    passed = [one for one in works if one.state == "passed"]  # the most yes, the fewest no first
    best = passed[: selection.wanted]
    tied = passed[selection.wanted : selection.wanted + 1]
    shares = [(one.yes, one.no) for one in tied]
    return {one.pk for one in best if (one.yes, one.no) not in shares}


def _left(works: list[Candidate]) -> int:
    return sum(one.state in ("waiting", "judging") for one in works)


@require_POST
@only(*OFFICE_POSTS, says=sees_selection.says)
def register_selection_act(request: HttpRequest, pk: int, do: str) -> HttpResponse:
    opened(request, Selection.objects.all(), pk, sees_selection)
    by: dict[str, Any] = {"selection": pk, "actor": actor_of(request), "at": timezone.now()}
    try:
        if do == "send":
            messages.success(request, f"{selecting.send(**by)} 件作品已送评委，在评委的待办里。")
        elif do == "choose":
            chosen = [found for one in request.POST.getlist("work") if (found := number(one))]
            selecting.choose(candidates=chosen, **by)
            messages.success(request, "已选定。")
        elif do == "votes":
            selecting.record_votes(**by)
            messages.success(request, "投票结果已记录。")
        else:
            raise Http404
    except Refused as refusal:
        return _page(request, pk, str(refusal))
    return redirect("register_selection", pk)
