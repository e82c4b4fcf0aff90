"""How a plan comes in: as a file or as pasted text."""

from __future__ import annotations

from typing import Any

from django import forms

from foundation.files.text import LIMIT, UnreadableFile, decode
from foundation.organization.refusals import Refused

PASTED = "粘贴的文字.txt"


class UploadForm(forms.Form):
    """`cleaned_data["plan"]` is the text; what can't be read is said at the field, and pasted words stay."""

    file = forms.FileField(
        label="方案文件", required=False, help_text=".docx 或 .txt，不超过 20 MB。",
        error_messages={"empty": "文件是空的，请检查后重新选择方案文件。"},
        widget=forms.FileInput(attrs={"accept": ".docx,.txt"}),
    )  # fmt: skip
    text = forms.CharField(
        label="或者粘贴方案全文", required=False, strip=False, widget=forms.Textarea(attrs={"rows": 12})
    )

    def clean(self) -> dict[str, Any]:
        file, text = self.cleaned_data.get("file"), self.cleaned_data.get("text", "")
        if file and text.strip():
            self.add_error("text", "既选了文件又粘贴了文字，请只留一种：清空这里，或者不选文件。")
        elif file:
            self._read("file", file)
        elif text.strip():
            self._decode("text", text.encode(), PASTED)
        elif "file" not in self.errors:
            self.add_error("file", "请选择方案文件，或在下面粘贴方案全文。")
        return self.cleaned_data

    def _read(self, field: str, file: Any) -> None:
        if file.size > LIMIT:  # before its bytes are in memory
            self.add_error(field, f"文件超过 {LIMIT // 1048576} MB，请删去图片或另存为 .txt 后再上传。")
            return
        data = file.read()
        file.seek(0)
        self._decode(field, data, file.name)

    def _decode(self, field: str, data: bytes, name: str) -> None:
        try:
            self.cleaned_data["plan"] = decode(data, name)
        except (UnreadableFile, Refused) as problem:
            self.add_error(field, str(problem))
