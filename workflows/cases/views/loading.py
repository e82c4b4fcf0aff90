"""A rule pack as a file; a file as a new version, once it was checked and looked at."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from foundation.organization.access import only
from foundation.organization.identity import actor_of
from foundation.organization.pasted import PastedForm
from foundation.organization.refusals import Refused

from ..loading import Preview, load, preview, text_of
from ..pack import BadPack
from .rules import LOADERS, READERS, SAYS, section_of

ONLY_LOADERS = "规则包由系统管理员或安办主任装入。"


class LoadForm(PastedForm):
    most, what = 512, "一个规则包"

    file = forms.FileField(
        label="YAML 文件", required=False, widget=forms.FileInput(attrs={"accept": ".yaml,.yml"}),
        help_text="由“导出”得到、改好的文件。选了文件，就以文件为准。",
    )  # fmt: skip


@require_safe
@only(*READERS, says=SAYS)
def rules_export(request: HttpRequest, code: str, version: int) -> HttpResponse:
    text = text_of(code, version)
    if text is None:
        raise Http404
    kind = {"Content-Disposition": f'attachment; filename="{code}-{version}.yaml"'}
    return HttpResponse(text, content_type="application/yaml; charset=utf-8", headers=kind)


@require_http_methods(["GET", "POST"])
@only(*LOADERS, says=ONLY_LOADERS)
def rules_load(request: HttpRequest) -> HttpResponse:
    """Checked and compared first; loaded by a second press, as it was shown."""
    form = LoadForm.given(request) if request.method == "POST" else LoadForm()
    found = _checked(form) if form.is_bound and not form.errors else None
    if found and "save" in request.POST:
        try:
            row = load(text=form.cleaned_data["text"], actor=actor_of(request), at=timezone.now())
            messages.success(
                request, f"已装入第 {row.version} 版，{row.effective_from} 起立案的案件按它办理。"
            )
            return redirect("rules")
        except (Refused, BadPack) as refusal:
            form.add_error(None, str(refusal))
    context: dict[str, Any] = {"section": section_of(request), "form": form, "found": found}
    return render(request, "cases/load.html", context, status=422 if form.errors else 200)


def _checked(form: PastedForm) -> Preview | None:
    try:
        return preview(form.cleaned_data["text"])
    except BadPack as fault:
        form.add_error("text", str(fault))
        return None
