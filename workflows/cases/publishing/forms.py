"""Forms of a publication. They keep what was typed; whether it may be is said by the services."""

from __future__ import annotations

from typing import Any

from django import forms

from ..models import Case
from .drafting import decisions_open, recommendations_open


class DraftForm(forms.Form):
    of = forms.ChoiceField(
        label="公开什么", widget=forms.RadioSelect, error_messages={"required": "请选择要公开的决定或案例。"}
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        decisions = [
            (f"decision-{one.pk}", f"处罚决定 {one.number}（{one.party.get_kind_display()}）")
            for one in decisions_open(case)
        ]
        typical = [
            (f"recommendation-{one.pk}", f"典型案例（{one.plan.title}）")
            for one in recommendations_open(case)
        ]
        self.fields["of"].choices = [*decisions, *typical]  # type: ignore[attr-defined]

    @property
    def any(self) -> bool:
        return bool(self.fields["of"].choices)  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, int]:
        kind, _, pk = self.cleaned_data["of"].partition("-")
        return {kind: int(pk)}


class TextForm(forms.Form):
    title = forms.CharField(label="标题", max_length=120)
    text = forms.CharField(
        label="正文", max_length=5000, widget=forms.Textarea(attrs={"rows": 14}),
        help_text="保存时再按规则遮盖一遍：登记过的姓名、各种号码和住址不会留下。",
    )  # fmt: skip


class CheckedForm(forms.Form):
    checked = forms.BooleanField(label="标出待核对的地方已逐处核对", required=False)


class SeenForm(forms.Form):
    seen = forms.IntegerField(widget=forms.HiddenInput)


class SeenWhyForm(SeenForm):
    why = forms.CharField(label="退回的理由", max_length=200, widget=forms.Textarea(attrs={"rows": 2}))
