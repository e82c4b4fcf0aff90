"""What the ledger is narrowed to; all of it lives in the address."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlencode

import django_filters as filters
from django import forms
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import timezone

from foundation.journal.prepared import Among
from foundation.organization.calendar import WorkCalendar
from foundation.organization.models import Unit
from foundation.organization.ranges import in_range, ranges
from foundation.organization.typed import clean, number
from workflows.plans.models import Duty, Item, Plan

from ..deadlines import last_near_day
from ..hands import held_by, held_by_nobody
from ..models import Task
from ..querysets import DONE, OWED, PASSED, TO_DO, lit
from ..querysets import OPEN as UNFINISHED
from .bands import LABELS, span_of
from .words import matching

OPEN, TODO, ALL = "open", "todo", "all"
NOBODY = "none"  # as a holder: the units without a liaison officer
STANDINGS = {
    OPEN: "未办结", TODO: "等单位办理", "passed": "通过（含已归档）", "owed": "应办（不含免除、撤销）", ALL: "全部",
}  # fmt: skip
LIGHTS = {"overdue": "■ 超期", "near": "▲ 临期", "ok": "● 正常", "idle": "○ 未启动", "done": "✓ 已办结"}
MORE = ("plan", "range", "role", "age", "since", "until")  # under 更多条件
NAMES = (
    "q",
    "plan",
    "range",
    "unit",
    "item",
    "role",
    "state",
    "light",
    "age",
    "since",
    "until",
    "holder",
    "sort",
)


class TaskFilter(filters.FilterSet):
    q = filters.CharFilter(
        label="搜索任务、单位、人",
        method="search",
        max_length=60,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    plan = filters.ModelChoiceFilter(
        label="活动",
        queryset=Plan.objects.filter(state__in=("running", "closing", "archived")).only("title"),
        empty_label="全部活动",
    )
    range = filters.ChoiceFilter(label="单位范围", method="within", empty_label="全部单位")
    unit = filters.ModelChoiceFilter(label="单位", queryset=Unit.objects.all(), empty_label="全部单位")
    item = filters.ModelChoiceFilter(label="任务项", queryset=Item.objects.all(), empty_label="全部事项")
    role = filters.ChoiceFilter(label="角色", choices=Duty.Role.choices, empty_label="牵头和配合")
    state = filters.ChoiceFilter(
        label="状态", method="standing", empty_label=None, choices=[*STANDINGS.items(), *Task.State.choices]
    )
    light = filters.ChoiceFilter(
        label="期限", method="shining", choices=[*LIGHTS.items()], empty_label="全部期限"
    )
    age = filters.ChoiceFilter(label="停留", method="aged", choices=[*LABELS.items()], empty_label="不限")
    since = filters.DateFilter(label="截止自", field_name="due_on", lookup_expr="gte", widget=forms.DateInput)
    until = filters.DateFilter(label="截止至", field_name="due_on", lookup_expr="lte", widget=forms.DateInput)
    # Chosen by a link of the board; shown as what it is, and let go of by a click.
    holder = filters.CharFilter(method="in_hands", max_length=20, widget=forms.HiddenInput)

    class Meta:
        model = Task
        fields: list[str] = []

    def __init__(self, data: Any, rows: QuerySet, *, today: dt.date, calendar: WorkCalendar) -> None:
        data = data.copy()
        data.setdefault("state", OPEN)
        super().__init__(data, rows)
        self.today, self.calendar = today, calendar
        items: Any = self.filters["item"]
        items.queryset = self._items(data.get("plan", ""))
        self.filters["range"].extra["choices"] = ranges()  # asked once, not where it is read, shown and told

    @staticmethod
    def _items(plan: str) -> QuerySet[Item]:
        """Of the campaign that was chosen, else of all that are in force."""
        of_plan = Q(plan=number(plan)) if number(plan) else ~Q(plan__state__in=["draft", "archived"])
        return Item.objects.filter(of_plan).only("number", "kind", "title")

    def search(self, rows: QuerySet, name: str, words: str) -> QuerySet:
        return rows.filter(matching(words, self.today))

    def within(self, rows: QuerySet, name: str, code: str) -> QuerySet:
        return rows.filter(in_range(code, "unit__"))

    def standing(self, rows: Any, name: str, state: str) -> QuerySet:
        if state == OPEN:
            return rows.unfinished()
        if state == TODO or state in UNFINISHED:
            return rows.filter(Among("state", TO_DO if state == TODO else (state,), UNFINISHED))
        meant = {
            "owed": OWED,
            "passed": Q(state__in=PASSED),
            ALL: Q(),
        }
        return rows.filter(meant.get(state, Q(state=state)))

    def shining(self, rows: Any, name: str, kind: str) -> QuerySet:
        return rows.filter(lit(kind, self.today, last_near_day(self.today, self.calendar)))

    def aged(self, rows: QuerySet, name: str, band: str) -> QuerySet:
        """Of what somebody has to do something about."""
        first, last = span_of(band, self.today, self.calendar)
        open_ = ~Q(state__in=DONE)
        moved = open_ if first is None else open_ & Q(changed__gte=_midnight(first))
        if last is not None:
            moved &= Q(changed__lt=_midnight(last + dt.timedelta(days=1)))
        return rows.filter(moved)

    def in_hands(self, rows: QuerySet, name: str, who: str) -> QuerySet:
        if who == NOBODY:
            return rows.filter(held_by_nobody(self.today))
        return rows.filter(held_by([number(who) or 0], self.today))

    @property
    def told(self) -> str:
        """What it was narrowed to, for paper: 单位 西牛镇，期限 ■ 超期."""
        chosen = ((self.form[name], value) for name, value in self._chosen() if name != "holder")
        return "，".join(f"{bound.label} {_said(bound.field, value)}" for bound, value in chosen)

    def _chosen(self) -> list[tuple[str, Any]]:
        return [(name, value) for name, value in self.form.cleaned_data.items() if value]

    @property
    def more(self) -> bool:
        """Something under 更多条件 was chosen."""
        return any(self.data.get(name) for name in MORE)


def canonical(query: QueryDict | dict[str, str]) -> str:
    """An address of the ledger without the page it is at; empty where it is not narrowed."""
    given = [(name, clean(value)) for name in NAMES if (value := query.get(name, ""))]
    return urlencode([one for one in given if one != ("state", OPEN)])


def _said(field: Any, value: Any) -> str:
    """A model's row says its name; a code stands for a word."""
    coded = isinstance(value, str) and hasattr(field, "choices")
    return str(dict(field.choices).get(value, value) if coded else value)


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))
