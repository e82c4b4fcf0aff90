"""The proposal as a form: every day can be changed before a draft is made of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from workflows.plans.models import Plan
from workflows.plans.shifting import retitled

from .proposing import Day, Row, plan_days
from .services import Wanted


class CopyForm(forms.Form):
    title = forms.CharField(label="名称", max_length=200)
    starts_on = forms.DateField(label="活动开始", required=False, widget=forms.DateInput)
    ends_on = forms.DateField(label="活动结束", required=False, widget=forms.DateInput)

    def __init__(self, data: Any, *, plan: Plan, year: int, rows: list[Row]) -> None:
        first: dict[str, Any] = {
            "title": retitled(plan.title, plan.year or year, year),
            **plan_days(plan, year),
        }
        self.year, self.rows = year, rows
        super().__init__(data, initial=first)
        for one in self._periods():
            if one.due:
                self.fields[f"due_{one.period.pk}"] = forms.DateField(
                    label="截止", initial=one.due.day, widget=forms.DateInput
                )

    def lines(self) -> list[tuple[Any, list[tuple[Day, forms.BoundField | None]]]]:
        """For the template: every item with its periods and their fields."""
        return [
            (row.item, [(one, self[f"due_{one.period.pk}"] if one.due else None) for one in row.days])
            for row in self.rows
        ]

    def wanted(self) -> Wanted:
        given = self.cleaned_data
        days: dict[int, dt.date] = {
            int(name.removeprefix("due_")): day for name, day in given.items() if name.startswith("due_")
        }
        starts = {one.period.pk: one.starts.day for one in self._periods() if one.starts}
        return Wanted(given["title"], self.year, given["starts_on"], given["ends_on"], days, starts)

    def _periods(self) -> list[Day]:
        return [one for row in self.rows for one in row.days]
