"""The form of a 版头. Whether it may be is said by the service (`Refused`)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from foundation.organization.codes import document_code
from foundation.organization.forms import countable
from foundation.organization.models import Unit

from ...models import Document, Letterhead


class HeadForm(forms.Form):
    organ = forms.ModelChoiceField(
        label="办文单位", queryset=Unit.objects.filter(kind=Unit.Kind.OFFICE, ended_on=None), empty_label="请选择",
        help_text="公文由它拟制、编号、归档。",
    )  # fmt: skip
    name = forms.CharField(
        label="发文机关名称", max_length=60,
        help_text="印在版头和署名处，用全称，如“某市安全生产委员会”；安委会的公文由安委办办理。",
    )  # fmt: skip
    plain = forms.BooleanField(label="标志不加“文件”二字", required=False)
    code = forms.CharField(
        label="代字", max_length=20, validators=[document_code], help_text="如“英安办”“英安办函”。"
    )
    kinds = forms.MultipleChoiceField(
        label="用于文种", choices=Document.OFFICIAL, required=False, widget=forms.CheckboxSelectMultiple(attrs={"class": "is-chips"}),
        help_text="都不选：各文种都可以用。只用于某个文种的，起草时优先选用。",
    )  # fmt: skip
    start = forms.DateField(
        label="启用日期", widget=forms.DateInput, initial=timezone.localdate, validators=[countable]
    )

    @classmethod
    def of(cls, row: Letterhead, data: Any = None) -> HeadForm:
        names = ("organ", "name", "plain", "code", "kinds")
        return cls(data, initial={name: getattr(row, name) for name in names})
