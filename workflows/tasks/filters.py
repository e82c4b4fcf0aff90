"""The filters of the task list; all of them live in the address."""

from __future__ import annotations

import datetime as dt
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Q, QuerySet

from foundation.organization.calendar import WorkCalendar
from foundation.organization.models import Unit
from workflows.plans.models import Item, Plan

from .deadlines import last_near_day
from .models import Task
from .querysets import IN_WORK

OPEN, TODO, ALL = "open", "todo", "all"
LIGHTS = {"overdue": "■ 超期", "near": "▲ 临期"}


class TaskFilter(filters.FilterSet):
    q = filters.CharFilter(
        label="搜索任务、单位",
        method="search",
        max_length=60,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    # No control of its own: the board and the campaign's page link here with it.
    plan = filters.ModelChoiceFilter(label="活动", queryset=Plan.objects.all(), widget=forms.HiddenInput)
    unit = filters.ModelChoiceFilter(label="单位", queryset=Unit.objects.all(), empty_label="全部单位")
    item = filters.ModelChoiceFilter(
        label="任务项",
        queryset=Item.objects.exclude(plan__state__in=["draft", "archived"]),
        empty_label="全部事项",
    )
    state = filters.ChoiceFilter(
        label="状态", method="standing", empty_label=None,
        choices=[(OPEN, "未办结"), (TODO, "等单位办理"), (ALL, "全部"), *Task.State.choices],
    )  # fmt: skip
    light = filters.ChoiceFilter(
        label="期限", method="lit", choices=[*LIGHTS.items()], empty_label="全部期限"
    )

    class Meta:
        model = Task
        fields: list[str] = []

    def __init__(self, data: Any, rows: QuerySet, *, today: dt.date, calendar: WorkCalendar) -> None:
        data = data.copy()
        data.setdefault("state", OPEN)
        super().__init__(data, rows)
        self.today, self.calendar = today, calendar

    def search(self, rows: QuerySet, name: str, words: str) -> QuerySet:
        """Title, number of the item, unit by name or pinyin initials."""
        unit = Q(unit__short_name__icontains=words) | Q(unit__initials__startswith=words.lower())
        return rows.filter(Q(item__title__icontains=words) | Q(item__number=words) | unit)

    def standing(self, rows: Any, name: str, state: str) -> QuerySet:
        if state == OPEN:
            return rows.unfinished()
        if state == TODO:
            return rows.filter(state__in=("issued", *IN_WORK))
        return rows if state == ALL else rows.filter(state=state)

    def lit(self, rows: Any, name: str, kind: str) -> QuerySet:
        last = last_near_day(self.today, self.calendar)
        return rows.overdue(self.today) if kind == "overdue" else rows.near(self.today, last)
