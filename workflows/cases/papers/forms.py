"""What people write for a paper of a case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django import forms

from .kinds import About, Line, Paper

MOST = {True: 3000, False: 100}  # characters, of a long line and of a short one


class PaperForm(forms.Form):
    def __init__(
        self, given: Mapping[str, str] | None, *, paper: Paper, about: About, kept: Mapping[str, str]
    ) -> None:
        lines = paper.fields(about)
        super().__init__(given, initial={one.name: kept.get(one.name, one.first(about)) for one in lines})
        for one in lines:
            self.fields[one.name] = _field(one, about)

    def laid_out(self) -> Iterator[tuple[forms.BoundField, str]]:
        """Each with its width."""
        for one in self:
            yield one, "" if isinstance(one.field.widget, forms.Textarea) else "w-half"

    @property
    def typed(self) -> dict[str, str]:
        return {name: value.strip() for name, value in self.cleaned_data.items()}


def _field(line: Line, about: About) -> forms.Field:
    """Nothing is required to keep a draft: the service says what is missing when it is made."""
    if line.choices:
        return forms.ChoiceField(
            label=line.label, choices=line.choices(about), required=False, help_text=line.hint
        )
    widget = forms.Textarea(attrs={"rows": 5}) if line.long else forms.TextInput()
    return forms.CharField(
        label=line.label, required=False, help_text=line.hint, max_length=MOST[line.long], widget=widget
    )
