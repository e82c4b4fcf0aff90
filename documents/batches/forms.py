"""Who gets a copy of what, with which table."""

from __future__ import annotations

from typing import Any

from django import forms

from foundation.organization.models import Unit, UnitGroup
from foundation.organization.refusals import Refused

from ..models import Batch, Document
from .table import UnitTable, read_unit_table

OFFERED = 100  # the latest documents


class TableField(forms.FileField):
    """A spreadsheet with rows of units, read."""

    def __init__(self) -> None:
        super().__init__(
            label="各单位的附表", required=False, allow_empty_file=True, widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
            help_text="可不选。Excel 文件：第一行是列名，其中一列叫“单位”，填名称或编码；其余列是附表的栏目，每个单位只得到自己的行。",
        )  # fmt: skip

    def clean(self, data: Any, initial: Any = None) -> UnitTable | None:
        file = super().clean(data, initial)
        if not file:
            return None
        try:
            return read_unit_table(file.read(), Unit.objects.filter(ended_on=None))
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


class BatchForm(forms.Form):
    source = forms.ChoiceField(
        label="原文", help_text="已经印发的公文。正文和主送里的{单位}、{简称}、{称呼}，在每一份里换成那个单位的。",
        error_messages={"required": "请选择原文。"},
    )  # fmt: skip
    groups = forms.MultipleChoiceField(
        label="范围", required=False, widget=forms.CheckboxSelectMultiple(attrs={"class": "is-chips"})
    )
    units = forms.MultipleChoiceField(
        label="单位", required=False, widget=forms.CheckboxSelectMultiple(attrs={"class": "is-chips"}),
        help_text="范围和单位都不选的，发给附表里的单位。",
    )  # fmt: skip
    table = TableField()
    annex = forms.CharField(
        label="附表名称", required=False, max_length=60, help_text="如 任务清单；可以写{简称}。"
    )
    numbering = forms.ChoiceField(
        label="编号", choices=Batch.Numbering.choices, initial=Batch.Numbering.SHARED, widget=forms.RadioSelect,
        help_text="单独编号的，每份占用一个发文字号，编定以后不能收回。",
    )  # fmt: skip

    def __init__(self, data: Any = None, files: Any = None, *, sources: Any, source: str = "") -> None:
        super().__init__(data, files)
        rows: list[Document] = list(sources.defer("content").order_by("-pk")[:OFFERED])
        choices = [(str(row.pk), f"{row.full_number} {row.title}") for row in rows]
        self.fields["source"].choices = [("", "请选择"), *choices]  # type: ignore[attr-defined]
        self.fields["groups"].choices = list(UnitGroup.objects.order_by("pk").values_list("code", "name"))  # type: ignore[attr-defined]
        here = Unit.objects.filter(ended_on=None)
        self.fields["units"].choices = list(here.values_list("code", "short_name"))  # type: ignore[attr-defined]
        self.initial["source"] = source

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("table") and not given.get("annex"):
            self.add_error("annex", "上传了附表，请写附表名称，如“任务清单”。")
        return given

    def wanted(self) -> dict[str, Any]:
        """As `prepare_batch` takes it."""
        given = self.cleaned_data
        here = Unit.objects.filter(ended_on=None)
        units = set(here.filter(code__in=given["units"]).values_list("pk", flat=True))
        units |= set(here.filter(groups__code__in=given["groups"]).values_list("pk", flat=True))
        table = given["table"]
        if not units and table:
            units = set(table.rows)
        return {
            "source": int(given["source"]), "units": units, "table": table, "annex": given["annex"].strip(),
            "numbering": given["numbering"],
        }  # fmt: skip


class GiveUpForm(forms.Form):
    reason = forms.CharField(
        label="放弃理由", max_length=200, required=False, help_text="已印发的仍然有效，其余的不再印发。"
    )


class AgainForm(forms.Form):
    table = TableField()
