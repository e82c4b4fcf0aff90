"""Acts on several tasks at once, ticked in the ledger."""

from __future__ import annotations

from collections.abc import Collection

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from foundation.journal.moves import Moved
from foundation.organization.posts import OFFICE_POSTS, Post
from foundation.organization.typed import number

from .. import services
from ..hands import held_by_nobody
from ..models import Task

BATCH = {"receive": services.receive, "urge": services.urge, "archive": services.archive}
WORDS = {"receive": "签收", "urge": "催办", "archive": "归档"}
MOST_REASONS = 5


@require_POST
@login_required
def batch(request: HttpRequest) -> HttpResponse:
    """What may be done is done; every task that stayed is named with its reason."""
    code = request.POST.get("do", "")
    ids = [pk for one in request.POST.getlist("task") if (pk := number(one))]
    if code not in BATCH or not ids:
        messages.warning(request, "请先勾选任务，再选择办理方式。")
        return back(request)
    moved: Moved = BATCH[code](tasks=ids, actor=request.actor, at=timezone.now())  # type: ignore[attr-defined]
    if moved.ids:
        messages.success(request, f"已{WORDS[code]} {len(moved.ids)} 件。")
    if code == "urge":
        tell_unheard(request, moved.ids)
    _tell_missed(request, WORDS[code], moved.missed())
    return back(request)


def offered(post: str) -> tuple[str, ...]:
    if post in OFFICE_POSTS:
        return "urge", "archive"
    return ("receive",) if post == Post.LIAISON else ()


def back(request: HttpRequest) -> HttpResponse:
    """To the list as it was filtered."""
    return redirect(f"{reverse('tasks')}?{QueryDict(request.POST.get('query', '')).urlencode()}")


def tell_unheard(request: HttpRequest, urged: Collection[int]) -> None:
    """Who was urged and has nobody who would hear of it."""
    day = timezone.localdate()
    alone = Task.objects.filter(held_by_nobody(day), pk__in=urged).order_by("unit__order")
    units = list(dict.fromkeys(alone.values_list("unit__short_name", flat=True)))
    if not units:
        return
    names = "、".join(units[:MOST_REASONS]) + (f"等 {len(units)} 个单位" if len(units) > MOST_REASONS else "")
    words = '{}没有联络员，催办没有人收到。<a href="{}">先指定联络员</a>'
    messages.warning(request, format_html(words, names, f"{reverse('units')}?bare"))


def _tell_missed(request: HttpRequest, word: str, missed: dict[int, str]) -> None:
    if not missed:
        return
    mine = Task.objects.visible_to(request.actor)  # type: ignore[attr-defined]
    titles = {task.pk: str(task) for task in mine.filter(pk__in=missed).select_related("item")}
    reasons = [f"{titles.get(pk, '别的任务')}：{says}" for pk, says in list(missed.items())[:MOST_REASONS]]
    more = f"等 {len(missed)} 件" if len(missed) > MOST_REASONS else ""
    messages.warning(request, f"有 {len(missed)} 件没有{word}。{' '.join(reasons)}{more}")
