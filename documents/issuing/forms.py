"""The form of a new draft; what is written of it has the editor's (writing/forms.py)."""

from __future__ import annotations

from django import forms

from ..models import Document

LONGEST = 100_000  # characters of a text: two hundred pages


class NewForm(forms.Form):
    kind = forms.ChoiceField(
        label="文种",
        choices=Document.OFFICIAL,
        widget=forms.RadioSelect(attrs={"class": "is-chips"}),
        error_messages={"required": "请选择文种。"},
    )
