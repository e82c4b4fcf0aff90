"""The office edits a draft: its facts, an item, a new item, and what one press does to an item."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from foundation.organization import typed
from foundation.organization.access import only
from foundation.organization.identity import actor_of
from foundation.organization.posts import OFFICE_POSTS
from foundation.organization.refusals import Refused

from . import editing
from .conflicts import Conflict
from .editor import Editor
from .forms import FactsForm, facts_of
from .models import Item, Plan, office_works
from .problems import name_of
from .state import plan_facts, token

NOT_NOW = "方案当前为“{}”，不能修改；需要改的，请先撤回送审或由审批人退回。"
office = only(*OFFICE_POSTS, says=office_works.says)


@require_http_methods(["GET", "POST"])
@office
def facts(request: HttpRequest, pk: int) -> HttpResponse:
    plan = get_object_or_404(Plan, pk=pk)
    if request.method == "GET" and (closed := _closed(request, plan)):
        return closed
    form = FactsForm(request.POST or None, initial=facts_of(plan))
    seen = request.POST.get("seen") or token(plan_facts(plan))
    if form.is_valid():
        try:
            editing.change_facts(
                plan=pk, facts=form.facts(), seen=seen, actor=actor_of(request), at=timezone.now()
            )
            messages.success(request, "已保存基本信息。")
            return redirect("plan", pk)
        except Conflict as conflict:
            form.add_error(None, str(conflict))
            seen = token(plan_facts(Plan.objects.get(pk=pk)))
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return render(
        request, "plans/facts.html", {"plan": plan, "form": form, "seen": seen}, status=_status(form)
    )


@require_http_methods(["GET", "POST"])
@office
def item(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """`number` is the item's id. One that is gone leads back to the plan, where it can be restored."""
    plan = get_object_or_404(Plan, pk=pk)
    row = plan.items.prefetch_related("periods", "duties").filter(pk=number).first()
    if row is None and not editing.was_removed(pk, number):
        messages.warning(request, "本方案没有这一项，请从列表中打开。")
        return redirect("plan", pk)
    if row is None and request.method == "GET":
        messages.warning(request, "这一项已经被删除，可以在“已删除的事项”中恢复。")
        return redirect("plan", pk)
    if request.method == "GET" and (closed := _closed(request, plan)):
        return closed
    gone = row is None
    editor = _editor(request, row or Item(plan=plan), plan)
    if request.method == "POST" and "do" in request.POST and request.POST["do"] in ("save", "check"):
        return _save(request, plan, editor, gone)
    return _item_page(request, plan, editor, request.POST.get("seen") or editor.seen)


@require_http_methods(["GET", "POST"])
@office
def item_new(request: HttpRequest, pk: int) -> HttpResponse:
    """`?from=2715&to=2733`: filled with these words of the text, 补成任务."""
    plan = get_object_or_404(Plan, pk=pk)
    if request.method == "GET" and (closed := _closed(request, plan)):
        return closed
    text, source = _words(plan, request.GET)
    new = Item(plan=plan, number=_next_number(plan), title=text[:200], text=text, source=source)
    editor = _editor(request, new, plan)
    if request.method == "POST" and request.POST.get("do") in ("save", "check"):
        return _save(request, plan, editor, gone=False)
    return _item_page(request, plan, editor, "")


@require_POST
@office
def item_act(request: HttpRequest, pk: int, number: int, act: str) -> HttpResponse:
    """check, uncheck or remove an item; restore one (`number` is the journal's entry then)."""
    who: dict[str, Any] = {"actor": actor_of(request), "at": timezone.now()}
    try:
        if act in ("check", "uncheck"):
            editing.check_item(item=number, checked=act == "check", **who)
        elif act == "remove":
            editing.remove_item(item=number, **who)
            messages.success(request, "已删除这一项。需要时可以在本页“已删除的事项”中恢复。")
        else:
            restored = editing.restore_item(entry=number, **who)
            messages.success(request, f"已恢复{name_of(restored)}“{restored.title}”。")
    except Refused as refusal:
        messages.error(request, str(refusal))
    there = f"#item-{number}" if act in ("check", "uncheck") else ""
    return redirect(reverse("plan", args=[pk]) + there)


def _save(request: HttpRequest, plan: Plan, editor: Editor, gone: bool) -> HttpResponse:
    seen = request.POST.get("seen") or ""
    if not editor.is_valid():
        return _item_page(request, plan, editor, seen)
    try:
        saved = _stored(request, plan, editor, seen, gone)
    except Conflict as conflict:
        editor.form.add_error(None, str(conflict))
        return _item_page(request, plan, editor, editor.seen)
    except Refused as refusal:
        editor.form.add_error(None, str(refusal))
        return _item_page(request, plan, editor, seen)
    messages.success(request, f"已保存{name_of(saved)}。")
    if request.POST["do"] == "check":
        after = plan.items.filter(checked=False, order__gt=saved.order).order_by("order").first()
        if after := after or plan.items.filter(checked=False).order_by("order").first():
            return redirect("plan_item", plan.pk, after.pk)
    return redirect(reverse("plan", args=[plan.pk]) + f"#item-{saved.pk}")


def _stored(request: HttpRequest, plan: Plan, editor: Editor, seen: str, gone: bool) -> Item:
    who: dict[str, Any] = {"actor": actor_of(request), "at": timezone.now()}
    row = editor.item
    given = editor.given(checked=request.POST["do"] == "check" or row.checked)
    position = editor.form.cleaned_data["position"]
    if gone:  # somebody removed it meanwhile: what was typed becomes a new item
        raise Refused("这一项刚刚被别人删除了。您填的内容还在；请复制到“新增事项”，或先在方案页面恢复它。")
    if row.pk is None:
        return editing.add_item(plan=plan.pk, given=given, source=tuple(row.source), position=position, **who)
    editing.save_item(item=row.pk, given=given, seen=seen, position=position, **who)
    return Item.objects.get(pk=row.pk)


def _editor(request: HttpRequest, row: Item, plan: Plan) -> Editor:
    position = plan.items.filter(order__lt=row.order).count() + 1 if row.pk else plan.items.count() + 1
    return Editor(row, request.POST if request.method == "POST" else None, position=position)


def _item_page(request: HttpRequest, plan: Plan, editor: Editor, seen: str) -> HttpResponse:
    wrong = any(one.is_bound and one.errors for one in editor.errors) and request.POST.get("do") in (
        "save",
        "check",
    )
    context = {"plan": plan, "editor": editor, "item": editor.item, "seen": seen, "wrong": wrong}
    return render(request, "plans/item.html", context, status=422 if wrong else 200)


def _closed(request: HttpRequest, plan: Plan) -> HttpResponse | None:
    """Only a draft has forms; who followed an old link is told and sent to the plan."""
    if plan.state == Plan.State.DRAFT:
        return None
    messages.warning(request, NOT_NOW.format(plan.get_state_display()))
    return redirect("plan", plan.pk)


def _words(plan: Plan, given: QueryDict) -> tuple[str, list[int]]:
    start, end = typed.number(given.get("from", "")), typed.number(given.get("to", ""))
    if start is None or end is None or not start < end <= len(plan.text):
        return "", []
    return plan.text[start:end], [start, end]


def _next_number(plan: Plan) -> str:
    numbers = [one for one in plan.items.values_list("number", flat=True) if one.isdecimal()]
    return str(max(map(int, numbers), default=0) + 1)


def _status(form: FactsForm) -> int:
    return 422 if form.is_bound and form.errors else 200
