"""A rule pack as a file; a file as a new version, once it was checked and looked at."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from foundation.organization.access import only
from foundation.organization.identity import actor_of
from foundation.organization.refusals import Refused

from ..loading import Preview, load, preview, text_of
from ..pack import BadPack
from .rules import LOADERS, READERS, SAYS

MAX_BYTES = 512 * 1024
ONLY_LOADERS = "规则包由系统管理员或安办主任装入。"


class LoadForm(forms.Form):
    file = forms.FileField(
        label="YAML 文件", required=False, widget=forms.FileInput(attrs={"accept": ".yaml,.yml"}),
        help_text="由“导出”得到、改好的文件。选了文件，就以文件为准。",
    )  # fmt: skip
    text = forms.CharField(
        label="或粘贴内容", required=False, strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
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
    form = _given(request) if request.method == "POST" else LoadForm()
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
    context: dict[str, Any] = {"section": "rules", "form": form, "found": found}
    return render(request, "cases/load.html", context, status=422 if form.errors else 200)


def _checked(form: LoadForm) -> Preview | None:
    try:
        return preview(form.cleaned_data["text"])
    except BadPack as fault:
        form.add_error("text", str(fault))
        return None


def _given(request: HttpRequest) -> LoadForm:
    """What was typed, or the file in its place: then it can be put right here."""
    file, text, wrong = request.FILES.get("file"), request.POST.get("text", ""), ""
    if isinstance(file, UploadedFile):
        text, wrong = _read(file)
    form = LoadForm({"text": text})
    if wrong:
        form.add_error("file", wrong)
    elif form.is_valid() and not text.strip():
        form.add_error("text", "请选择文件，或粘贴内容。")
    return form


def _read(file: UploadedFile) -> tuple[str, str]:
    if (file.size or 0) > MAX_BYTES:
        return "", "文件超过 512 KB，不像是一个规则包，请核对。"
    try:
        return file.read().decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        return "", "文件不是 UTF-8 文本，请另存为 UTF-8。"
