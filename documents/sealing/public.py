"""公文核验: open to everybody. Who holds a paper learns whether it is what was issued, and nothing else."""

from __future__ import annotations

import logging

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from .. import limits
from ..models import Document
from ..permissions import goes_to_all
from . import codes
from .keys import BadKey
from .reasons import REASONS
from .verifying import Verdict, document_of, verify

log = logging.getLogger(__name__)

LOOKS, UPLOADS = 60, 10  # a minute, of one address
MB = 1024 * 1024
MOST = 20 * MB
NO_CODE = "核验码是十个字母和数字，印在公文最后一页下方，如 {}。请核对。"
UNKNOWN = "没有查到这个核验码。请核对：其中没有字母 O、I、L、U，也没有数字 0、1。"
CANT = "本系统的签名证书设置有误，现在不能比对文件。请联系发文机关，或稍后再试；按核验码查询不受影响。"
EXAMPLE = codes.shown("K7QM2F9PXR")


class FileForm(forms.Form):
    file = forms.FileField(
        label="PDF 文件",
        help_text=f"最大 {MOST // MB} MB，只用来比对，不保存。",
        error_messages={"required": "请选择要比对的 PDF 文件。", "empty": "文件是空的，请重新选择。"},
        widget=forms.FileInput(attrs={"accept": ".pdf,application/pdf"}),
    )

    def clean_file(self) -> bytes:
        file = self.cleaned_data["file"]
        content = file.read(MOST + 1)
        if len(content) > MOST:
            raise forms.ValidationError(f"文件超过 {MOST // MB} MB，请上传印发的 PDF 原件。")
        if b"%PDF-" not in content[:1024]:
            raise forms.ValidationError("这不是 PDF 文件，请上传印发的 PDF 原件。")
        return content


@never_cache
@require_http_methods(["GET", "POST"])
def verification(request: HttpRequest) -> HttpResponse:
    """A code is typed, or a file compared with everything that was issued."""
    text = request.GET.get("code", "").strip()
    if code := codes.typed(text):
        return redirect("verify", code)
    problem = NO_CODE.format(EXAMPLE) if text else ""
    return _answer(request, None, {"problem": problem, "typed": text[:40]})


@never_cache
@require_http_methods(["GET", "POST"])
def verify_code(request: HttpRequest, code: str) -> HttpResponse:
    """Of the paper that bears the code; a file is compared with that one."""
    plain = codes.typed(code)
    if not limits.allowed("verify-look", _ip(request), most=LOOKS):
        return _slower(request)
    document = document_of(plain) if plain else None
    if document is None:
        return _answer(request, None, {"problem": UNKNOWN, "typed": code[:40]}, status=404)
    return _answer(request, document, {"code": codes.shown(plain)})


def _answer(
    request: HttpRequest, document: Document | None, told: dict[str, object], status: int = 200
) -> HttpResponse:
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if form.is_bound and not limits.allowed("verify-file", _ip(request), most=UPLOADS):
        return _slower(request)
    if form.is_bound and form.is_valid() and (found := _compared(form, document)):
        told |= {"found": found, "result": _result(found)}
        document = document or found.document
    # What goes to everybody is shown with its title; of all else only whose it is, its number and its day.
    told |= {"form": form, "document": document, "public": document is not None and goes_to_all(document)}
    if document:
        told["corrections"] = (
            Document.objects.filter(draft__corrects=document, state=Document.State.ISSUED)
            .select_related("organ")
            .order_by("pk")
        )
    status = 422 if form.errors else status
    return render(request, "documents/verification.html", told, status=status)


def _compared(form: FileForm, document: Document | None) -> Verdict | None:
    """What is wrong with the key is told to who runs the site, not to everybody."""
    try:
        return verify(form.cleaned_data["file"], document=document)
    except BadKey as bad:
        log.error("%s", bad)
        form.add_error("file", CANT)
        return None


def _result(found: Verdict) -> dict[str, object]:
    """How it looks, the sentence, and the reasons."""
    reasons = [REASONS[code] for code in found.faults]
    if found.same:
        says = "与印发的文件逐字节一致。"
        return {"kind": "overdue" if found.faults else "done", "says": says, "reasons": reasons}
    if found.document:
        return {"kind": "overdue", "says": "与印发的文件不一致，请不要采用。", "reasons": reasons}
    says = "本系统没有印发过这份文件。"
    if found.ok:
        says += "它的签名完好，证书受信任，可能由其他系统印发。"
    return {"kind": "near" if found.ok else "overdue", "says": says, "reasons": reasons}


def _ip(request: HttpRequest) -> str:
    return request.META.get("REMOTE_ADDR", "")


def _slower(request: HttpRequest) -> HttpResponse:
    answer = render(request, "429.html", status=429)
    answer["Retry-After"] = str(limits.MINUTE)
    return answer
