"""Shapes of what the office types about a draft. Whether it may be is said by the services."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory

from .deliverables import Deliverable
from .models import Duty, Item, Plan

YEARS = (2000, 2100)


class FactsForm(forms.Form):
    title = forms.CharField(label="名称", max_length=200)
    year = forms.IntegerField(
        label="年度", required=False, min_value=YEARS[0], max_value=YEARS[1], help_text="送审前必填。"
    )
    theme = forms.CharField(label="主题", max_length=200, required=False)
    starts_on = forms.DateField(label="活动开始", required=False, widget=forms.DateInput)
    ends_on = forms.DateField(label="活动结束", required=False, widget=forms.DateInput)

    def clean(self) -> dict[str, Any]:
        _in_order(self, "starts_on", "ends_on")
        return self.cleaned_data

    def facts(self) -> dict[str, Any]:
        """As state.plan_facts."""
        return {name: _plain(value) for name, value in self.cleaned_data.items()}


class ItemForm(forms.Form):
    number = forms.CharField(label="序号", max_length=12)
    position = forms.IntegerField(label="排在第几位", min_value=1, required=False)
    kind = forms.ChoiceField(label="类型", choices=Item.Kind)
    title = forms.CharField(label="标题", max_length=200, help_text="任务列表里显示的名字，宜短。")
    text = forms.CharField(label="内容", max_length=8000, widget=forms.Textarea(attrs={"rows": 6}))
    disposition = forms.ChoiceField(
        label="处理", choices=Item.Disposition,
        widget=forms.RadioSelect(attrs={"class": "is-chips"}),
        help_text="方案印发时已经过去的事项，可以记为已完成，或不下达。",
    )  # fmt: skip
    deliverables = forms.MultipleChoiceField(
        label="应交材料", choices=Deliverable, required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "is-chips"}),
    )  # fmt: skip
    wait_assists = forms.BooleanField(
        label="配合单位都报送以后，牵头单位才能提交", required=False,
        help_text="不勾选：牵头单位不等配合单位，自行报送。",
    )  # fmt: skip
    settled = forms.MultipleChoiceField(required=False)  # drawn by the template, one row a phrase

    def __init__(self, *args: Any, phrases: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["settled"].choices = [(one, one) for one in phrases]  # type: ignore[attr-defined]

    def clean_text(self) -> str:
        return self.cleaned_data["text"].replace("\r\n", "\n")


class PeriodForm(forms.Form):
    name = forms.CharField(label="期次", max_length=40, required=False)
    starts_on = forms.DateField(label="开始", required=False, widget=forms.DateInput)
    due_on = forms.DateField(label="截止", required=False, widget=forms.DateInput)

    def clean(self) -> dict[str, Any]:
        _in_order(self, "starts_on", "due_on")
        return self.cleaned_data


class DutyForm(forms.Form):
    """`who`: u and the id of a unit, g and the id of a group."""

    who = forms.RegexField(r"^[ug]\d{1,9}$", widget=forms.HiddenInput)
    phrase = forms.CharField(max_length=100, required=False, widget=forms.HiddenInput)
    role = forms.ChoiceField(label="角色", choices=Duty.Role)

    label = ""  # the name of who it is, set by the editor


PeriodFormSet: type[BaseFormSet] = formset_factory(PeriodForm, extra=0, can_delete=True, max_num=60)
DutyFormSet: type[BaseFormSet] = formset_factory(DutyForm, extra=0, can_delete=True, max_num=600)


def facts_of(plan: Plan) -> dict[str, Any]:
    return {name: getattr(plan, name) for name in FactsForm.base_fields}


def _in_order(form: forms.Form, start: str, end: str) -> None:
    first, last = form.cleaned_data.get(start), form.cleaned_data.get(end)
    if first and last and last < first:
        form.add_error(end, f"早于开始的 {first.month}月{first.day}日，请改正其中一个。")


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value
