"""A text of one's own, as a file or pasted: what a route or a rule pack is brought in with."""

from __future__ import annotations

from typing import ClassVar

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest


class PastedForm(forms.Form):
    """Subclasses say what the file is called and how large it may be; `text` holds either."""

    most: ClassVar[int] = 256  # kilobytes
    what: ClassVar[str]  # "一条审批路线"

    file = forms.FileField(label="文件", required=False)
    text = forms.CharField(
        label="或粘贴内容", required=False, strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
    )  # fmt: skip

    @classmethod
    def given(cls, request: HttpRequest) -> PastedForm:
        """What was typed, or the file in its place: then it can be put right here."""
        file, text, wrong = request.FILES.get("file"), request.POST.get("text", ""), ""
        if isinstance(file, UploadedFile):
            text, wrong = cls._read(file)
        form = cls({"text": text})
        if wrong:
            form.add_error("file", wrong)
        elif form.is_valid() and not text.strip():
            form.add_error("text", "请选择文件，或粘贴内容。")
        return form

    @classmethod
    def _read(cls, file: UploadedFile) -> tuple[str, str]:
        if (file.size or 0) > cls.most * 1024:
            return "", f"文件超过 {cls.most} KB，不像是{cls.what}，请核对。"
        try:
            return file.read().decode("utf-8-sig"), ""
        except UnicodeDecodeError:
            return "", "文件不是 UTF-8 文本，请用系统导出的文件，或另存为 UTF-8。"
