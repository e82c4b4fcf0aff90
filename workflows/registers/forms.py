"""A form made from the columns of a register: each kind has its control, and values.py says what is wrong."""

from __future__ import annotations

from typing import Any

from django import forms

from foundation.organization.forms import countable

from .kind import NUMBERS, Cells, Column, Kind
from .known import Named
from .values import read_row

LONG = 200  # letters, from which on a text gets several lines
CONTROLS: dict[str, type[forms.Widget]] = {"date": forms.DateInput, "instant": forms.DateTimeInput}


class RowForm(forms.Form):
    """`cells` once it is valid."""

    def __init__(self, *args: Any, kind: Kind, known: Named, row: Cells | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.known, self.cells = kind, known, dict[str, Any]()
        for column in kind.columns:
            self.fields[column.key] = _field(column, known, (row or {}).get(column.key))
        for key, value in (row or {}).items():
            if key in self.fields:  # a column that a later version took out is not offered
                self.initial[key] = typed(kind.by_key[key], value)
        if row is not None:
            self.fields["why"] = forms.CharField(
                label="更正的原因", max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 2})
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        self.cells, wrong = read_row(self.kind, given, self.known)
        for key, says in wrong.items():
            if key not in self.errors:
                self.add_error(key, says)
        return given

    def laid(self) -> list[tuple[forms.BoundField, str]]:
        """Each with its width."""
        wide = {column.key for column in self.kind.columns if column.type in ("text", "url")}
        return [(one, "" if one.name in wide or one.name == "why" else "w-half") for one in self]


def _field(column: Column, known: Named, now: Any) -> forms.CharField:
    unit = f"（{column.unit}）" if column.unit else ""
    made = forms.CharField(
        label=f"{column.name}{unit}", required=column.required, widget=_widget(column, known, now),
        error_messages={"required": f"请填写{column.name}。"},
    )  # fmt: skip
    made.help_text = "以元为单位，不带角分。" if column.type == "money" else ""
    return made


def _widget(column: Column, known: Named, now: Any) -> forms.Widget:
    if choices := _choices(column, known, now):
        return forms.Select(choices=[("", "请选择"), *choices])
    if column.type in CONTROLS:
        return CONTROLS[column.type]()
    if column.type == "text" and column.length > LONG:
        return forms.Textarea(attrs={"rows": 3})
    return forms.TextInput(attrs={"inputmode": "numeric"} if column.type in NUMBERS else {})


def _choices(column: Column, known: Named, now: Any) -> list[tuple[str, str]]:
    if column.type == "choice":
        return [(one, one) for one in column.choices]
    if column.type == "unit":
        return [*known.short.items(), *([(now, known.ended[now])] if now in known.ended else [])]
    if column.type == "item":
        return [(number, f"{number} {title}"[:40]) for number, title in known.titles.items()]
    return []


def typed(column: Column, value: Any) -> Any:
    """As the browser's own picker takes it."""
    return str(value).replace(" ", "T") if column.type == "instant" else value


class WhyForm(forms.Form):
    why = forms.CharField(label="原因", max_length=200, widget=forms.Textarea(attrs={"rows": 2}))


class SelectionForm(forms.Form):
    title = forms.CharField(label="名称", max_length=80, help_text="如 第三届应急管理优秀宣传作品征集评选。")
    start = forms.DateField(label="作品报送自", widget=forms.DateInput, validators=[countable])
    end = forms.DateField(label="作品报送至", widget=forms.DateInput, validators=[countable])
    wanted = forms.IntegerField(label="最多选出（件）", min_value=1, max_value=200, initial=12)
