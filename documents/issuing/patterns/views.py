"""范本: those in use, one with its versions, a new one or a new version."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation.organization.access import only
from foundation.organization.codes import document_code
from foundation.organization.forms import NamesField
from foundation.organization.identity import actor_of
from foundation.organization.posts import OFFICE_POSTS
from foundation.organization.refusals import Refused, told_in

from ...layout.kinds import KINDS
from ...models import Document, Pattern
from ...writing.tidying import tidy
from ..forms import LONGEST
from . import services

ONLY = "范本由安委办维护。"
HEADS = {"red": "红头文件", "letter": "信函格式"}


class PatternForm(forms.Form):
    name = forms.CharField(label="名称", max_length=60, help_text="如：会议通知、月度通报。")
    kind = forms.ChoiceField(label="文种", choices=Document.OFFICIAL)
    code = forms.CharField(
        label="代字", required=False, max_length=20, validators=[document_code],
        help_text="空着用本单位的机关代字。",
    )  # fmt: skip
    text = forms.CharField(
        label="起头的正文", required=False, strip=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 14}),
        help_text="新拟时照原样放进正文，第一行是标题。",
    )  # fmt: skip
    to = NamesField(label="主送", required=False, max_length=2000, help_text="用顿号隔开。")
    cc = NamesField(label="抄送", required=False, max_length=2000, help_text="用顿号隔开。")

    def clean_text(self) -> str:
        return tidy(self.cleaned_data["text"]).text


@require_safe
@only(*OFFICE_POSTS, says=ONLY)
def patterns(request: HttpRequest) -> HttpResponse:
    organ = request.identity.unit_id  # type: ignore[attr-defined]
    rows = Pattern.objects.filter(organ=organ, state=Pattern.State.IN_USE).defer("text")[:200]
    told = [(row, HEADS[KINDS[row.get_kind_display()].head]) for row in rows]
    return render(request, "documents/patterns.html", {"section": "archive", "rows": told})


@require_http_methods(["GET", "POST"])
@only(*OFFICE_POSTS, says=ONLY)
def pattern_new(request: HttpRequest) -> HttpResponse:
    return _form(request, PatternForm(request.POST or None), None)


@require_http_methods(["GET", "POST"])
@only(*OFFICE_POSTS, says=ONLY)
def pattern(request: HttpRequest, pk: int) -> HttpResponse:
    """One with its versions; sent, it is the next version."""
    row = _opened(request, pk)
    initial = {name: getattr(row, name) for name in ("name", *services.TAKEN)}
    return _form(request, PatternForm(request.POST or None, initial=initial), row)


@require_POST
@only(*OFFICE_POSTS, says=ONLY)
def pattern_stop(request: HttpRequest, pk: int) -> HttpResponse:
    row = _opened(request, pk)
    try:
        services.stop_pattern(pattern=row.pk, actor=actor_of(request), at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("pattern", pk)
    messages.success(request, f"“{row.name}”已停用。")
    return redirect("patterns")


def _form(request: HttpRequest, form: PatternForm, row: Pattern | None) -> HttpResponse:
    if form.is_bound and form.is_valid():
        organ = request.identity.unit  # type: ignore[attr-defined]
        act: dict[str, Any] = {"organ": organ, "actor": actor_of(request), "at": timezone.now()}
        with told_in(form):
            services.save_pattern(**form.cleaned_data, former=row.pk if row else None, **act)
            messages.success(request, "已保存。")
            return redirect("patterns")
    context = {"section": "archive", "form": form, "row": row, "versions": _versions(row)}
    return render(request, "documents/pattern.html", context, status=422 if form.errors else 200)


def _versions(row: Pattern | None) -> list[Pattern]:
    """The row and what it replaced, the latest first."""
    found: list[Pattern] = []
    while row and len(found) < 20:
        found.append(row)
        row = row.former
    return found


def _opened(request: HttpRequest, pk: int) -> Pattern:
    return get_object_or_404(Pattern, pk=pk, organ=request.identity.unit)  # type: ignore[attr-defined]
