"""The form of one item with its rows of periods and duties. Rows are added by sending the form, so that it
works without script: nothing is saved then, and nothing that was typed is lost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.forms import BaseFormSet
from django.http import QueryDict

from foundation.organization import typed
from foundation.organization.models import Unit, UnitGroup

from .forms import DutyFormSet, ItemForm, PeriodFormSet
from .models import Item
from .problems import unknown_phrases
from .state import FIELDS, State, item_state, ordered, token

SHOWN = 20  # units found by one search
MOST_ROWS = 1000
TAILS = ("部门", "单位", "机构", "系统")


@dataclass(frozen=True)
class Found:
    key: str
    name: str
    hint: str


class Editor:
    """Filled from `item` when there is no `data`; `seen` is what the one who fills it in has seen."""

    def __init__(self, item: Item, data: QueryDict | None = None, *, position: int = 0) -> None:
        self.item, self.data = item, None if data is None else _with_additions(data)
        self.state = item_state(item) if item.pk else _blank(item)
        self.seen = token(self.state)
        self.unknown = unknown_phrases(item) if item.pk else []
        self.phrases = list(dict.fromkeys([*item.settled, *self.unknown]))
        initial = {name: self.state[name] for name in FIELDS} | {"position": position or None}
        self.form = ItemForm(self.data, initial=initial, phrases=self.phrases)
        self.periods = _rows(PeriodFormSet, "periods", self.data, self._periods())
        self.duties = _rows(DutyFormSet, "duties", self.data, self._duties())
        self._name_duties()
        self.words = self.data.get("find") or self.data.get("words", "") if self.data else ""
        self.phrase = self.data.get("find", "") if self.data else ""
        there = {one["who"].value() for one in self.duties.forms}
        self.found = [one for one in found(self.words) if one.key not in there] if self.words else []

    def is_valid(self) -> bool:
        return all([self.form.is_valid(), self.periods.is_valid(), self.duties.is_valid()])

    @property
    def errors(self) -> list[Any]:
        return [self.form, *self.periods.forms]

    def given(self, *, checked: bool) -> State:
        """As state.item_state: what was typed."""
        typed = {name: self.form.cleaned_data[name] for name in FIELDS if name != "checked"}
        return ordered(
            typed | {"checked": checked, "periods": self._typed_periods(), "duties": self._typed_duties()}
        )

    def _periods(self) -> list[dict[str, Any]]:
        rows = [dict(zip(("name", "starts_on", "due_on"), one, strict=True)) for one in self.state["periods"]]
        return rows or [{}]

    def _duties(self) -> list[dict[str, Any]]:
        return [
            {"who": f"u{unit}" if unit else f"g{group}", "role": role, "phrase": phrase}
            for role, unit, group, phrase, _ in self.state["duties"]
        ]

    def _typed_periods(self) -> list[list[Any]]:
        rows = [
            one.cleaned_data
            for one in self.periods.forms
            if one.cleaned_data and not one.cleaned_data["DELETE"]
        ]
        plain = [[one["name"], _iso(one["starts_on"]), _iso(one["due_on"])] for one in rows]
        return [one for one in plain if any(one)]

    def _typed_duties(self) -> list[list[Any]]:
        """One a unit or group; who stands there twice leads if they lead once. The source stays the phrase's."""
        sources = {phrase: source for *_, phrase, source in self.state["duties"]}
        sources |= {one["phrase"]: one["source"] for one in self.item.reading.get("responsible", [])}
        kept: dict[str, list[Any]] = {}
        for one in self.duties.forms:
            row = one.cleaned_data
            if row["DELETE"] or (row["who"] in kept and row["role"] != "lead"):
                continue
            unit, group = _ids(row["who"])
            kept[row["who"]] = [row["role"], unit, group, row["phrase"], sources.get(row["phrase"], [])]
        return list(kept.values())

    def _name_duties(self) -> None:
        keys = [one["who"].value() or "" for one in self.duties.forms]
        names = names_of(keys)
        for one, key in zip(self.duties.forms, keys, strict=True):
            one.label = names.get(key, "")
        # a key that was made up names nobody
        self.duties.forms = [one for one in self.duties.forms if one.label]


def names_of(keys: Iterable[str]) -> dict[str, str]:
    """u12 -> 甲镇, g3 -> 各镇（街）, in two queries."""
    units: set[int] = set()
    groups: set[int] = set()
    for key in keys:
        if number := typed.number(key[1:]):
            (units if key[0] == "u" else groups).add(number)
    return {f"u{one.pk}": one.short_name for one in Unit.objects.filter(pk__in=units)} | {
        f"g{one.pk}": one.name for one in UnitGroup.objects.filter(pk__in=groups)
    }


def found(words: str) -> list[Found]:
    """Groups, then units in being, by name, short name, alias or pinyin initials."""
    bare = next((words.removesuffix(tail) for tail in TAILS if words.endswith(tail) and words != tail), words)
    groups = UnitGroup.objects.filter(Q(name__icontains=words) | Q(name__icontains=bare))
    named = Q(name__icontains=bare) | Q(short_name__icontains=bare) | Q(initials__startswith=bare.lower())
    units = Unit.objects.filter(named, ended_on=None)[:SHOWN]
    return [Found(f"g{one.pk}", one.name, "范围") for one in groups] + [
        Found(f"u{one.pk}", one.short_name, one.name) for one in units
    ]


def _with_additions(data: QueryDict) -> QueryDict:
    """Ticked results of a search become rows of duties; “加一期” becomes an empty row of periods."""
    data = data.copy()
    count = _count(data, "duties")
    phrase = str(data.get("phrase", ""))
    for key in [one for one in data if one.startswith("add-") and data[one] in ("lead", "assist")]:
        for name, value in (("who", key[4:]), ("role", str(data[key])), ("phrase", phrase)):
            data[f"duties-{count}-{name}"] = value
        count += 1
    data["duties-TOTAL_FORMS"], data["duties-INITIAL_FORMS"] = str(count), "0"
    data["periods-TOTAL_FORMS"] = str(_count(data, "periods") + (data.get("do") == "period"))
    data["periods-INITIAL_FORMS"] = "0"
    return data


def _count(data: QueryDict, prefix: str) -> int:
    return min(typed.number(data.get(f"{prefix}-TOTAL_FORMS", "")) or 0, MOST_ROWS)


def _rows(
    kind: type[BaseFormSet], prefix: str, data: QueryDict | None, initial: list[dict[str, Any]]
) -> BaseFormSet:
    """Sent rows are all new ones: an empty one is ignored, whatever it was before."""
    return kind(data, prefix=prefix) if data is not None else kind(initial=initial, prefix=prefix)


def _blank(item: Item) -> State:
    return {name: getattr(item, name) for name in FIELDS} | {"periods": [], "duties": []}


def _ids(key: str) -> tuple[int | None, int | None]:
    number = typed.number(key[1:])
    return (number, None) if key[0] == "u" else (None, number)


def _iso(value: Any) -> str | None:
    return value.isoformat() if value else None
