"""Forms of a recommendation. They keep what was typed; whether it may be is said by the services."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone

from foundation.organization.forms import countable
from foundation.organization.typed import number
from workflows.plans.models import Item

from ..kinds import CaseKind
from ..models import Recommendation
from .services import Words


class RecommendForm(forms.Form):
    item = forms.TypedChoiceField(
        label="推荐给", widget=forms.RadioSelect, coerce=number, error_messages={"required": "请选择活动。"}
    )
    kind = forms.ChoiceField(
        label="类型", choices=CaseKind, widget=forms.RadioSelect,
        error_messages={"required": "请选择一案双罚或行刑衔接。"},
    )  # fmt: skip
    summary = forms.CharField(
        label="案情摘要", max_length=1000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text="违法事实、查处经过和结果。不写当事人姓名、号码和住址。",
    )  # fmt: skip
    merit = forms.CharField(
        label="典型意义", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="为什么有示范或警示作用。",
    )  # fmt: skip

    def __init__(self, data: Any, *, items: Sequence[Item], before: Recommendation | None) -> None:
        first: dict[str, Any] = {"item": items[0].pk} if len(items) == 1 else {}
        if before:
            first |= {name: getattr(before, name) for name in ("kind", "summary", "merit")}
            first["item"] = before.item_id
        super().__init__(data, initial=first)
        self.fields["item"].choices = [(one.pk, one.plan.title) for one in items]  # type: ignore[attr-defined]

    def words(self) -> Words:
        given = self.cleaned_data
        return Words(given["kind"], given["summary"].strip(), given["merit"].strip())


class PublishForm(forms.Form):
    on = forms.DateField(
        label="公布日期", widget=forms.DateInput, initial=timezone.localdate, validators=[countable]
    )
    where = forms.CharField(label="在哪里公布", max_length=100, help_text="如 市政府网站、“安全生产月”通报。")
