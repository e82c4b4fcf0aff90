"""What the office types of a 补充通知."""

from __future__ import annotations

from typing import Any

from django import forms

from workflows.plans.deliverables import Deliverable
from workflows.plans.terms import Terms, due_label

CHANGEABLE = [one for one in Deliverable.choices if one[0] != Deliverable.CASES]


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="调整事由", max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="印在通知开头，如：因防汛形势变化，经市安委办研究。",
    )  # fmt: skip


class ItemChangeForm(forms.Form):
    text = forms.CharField(label="内容", max_length=8000, widget=forms.Textarea(attrs={"rows": 6}))
    deliverables = forms.MultipleChoiceField(
        label="应交材料", choices=CHANGEABLE, required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "is-chips"}),
    )  # fmt: skip

    def __init__(self, data: Any, *, asked: Terms) -> None:
        """One field a period; it can be moved, not taken away."""
        first = {"text": asked.text, "deliverables": asked.deliverables}
        super().__init__(data, initial=first | {f"due_{pk}": day for pk, _, day in asked.due})
        for pk, name, _ in asked.due:
            self.fields[f"due_{pk}"] = forms.DateField(label=due_label(name), widget=forms.DateInput)

    def clean_text(self) -> str:
        return self.cleaned_data["text"].replace("\r\n", "\n")

    def given(self) -> dict[str, Any]:
        """As services.change_item takes it."""
        days = {name: day for name, day in self.cleaned_data.items() if name.startswith("due_")}
        due = {int(name.removeprefix("due_")): day for name, day in days.items()}
        return {name: self.cleaned_data[name] for name in ("text", "deliverables")} | {"due": due}

    def days(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("due_")]
