"""整理归档: a row a document, with the term the table proposes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from ..models import ArchiveItem, Document
from .scheme import scheme_for
from .services import Choice

TERMS = ArchiveItem.Term.choices


class ArrangeForm(forms.Form):
    """Fields of each document are named by its id: pick-7, term-7, reason-7. None is required: what came to wait since
    the page was shown is not in what is sent."""

    def __init__(self, documents: Iterable[Document], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = [(one, scheme_for(one.issued_on).proposal(one.kind, one.title)) for one in documents]
        for one, line in self.lines:
            self.fields[f"pick-{one.pk}"] = forms.BooleanField(
                label=f"归档 {one.title}", required=False, initial=True
            )
            self.fields[f"term-{one.pk}"] = forms.ChoiceField(
                label=f"{one.title} 的保管期限", choices=TERMS, initial=line.term, required=False
            )
            self.fields[f"reason-{one.pk}"] = forms.CharField(
                label=f"{one.title} 的改定理由", max_length=200, required=False
            )

    @property
    def rows(self) -> list[dict[str, Any]]:
        parts = ("pick", "term", "reason")
        return [
            {"document": one, "line": line, **{part: self[f"{part}-{one.pk}"] for part in parts}}
            for one, line in self.lines
        ]

    @property
    def picked(self) -> list[int]:
        return [one.pk for one, _ in self.lines if self.cleaned_data.get(f"pick-{one.pk}")]

    @property
    def chosen(self) -> dict[int, Choice]:
        given = self.cleaned_data
        return {
            one.pk: Choice(given[f"term-{one.pk}"], given[f"reason-{one.pk}"])
            for one, _ in self.lines
            if given.get(f"term-{one.pk}")
        }


class VoidForm(forms.Form):
    reason = forms.CharField(
        label="作废理由", max_length=200, required=False, help_text="档号保留，不再给别的件。"
    )
