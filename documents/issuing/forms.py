"""Forms of a draft: they check shapes and keep what was typed."""

from __future__ import annotations

from django import forms

from foundation.organization.forms import NamesField

from ..models import Document, Urgency

LONGEST = 100_000  # characters: two hundred pages


class NewForm(forms.Form):
    kind = forms.ChoiceField(
        label="文种",
        choices=Document.OFFICIAL,
        widget=forms.RadioSelect(attrs={"class": "is-chips"}),
        error_messages={"required": "请选择文种。"},
    )


class DraftForm(forms.Form):
    """All that is written of a draft, and the revision it was read at."""

    kind = forms.ChoiceField(label="文种", choices=Document.OFFICIAL)
    urgency = forms.ChoiceField(label="紧急程度", choices=Urgency.choices, required=False)
    text = forms.CharField(
        label="正文", required=False, max_length=LONGEST, strip=False, widget=forms.Textarea(attrs={"rows": 24}),
        help_text="第一行是标题，“：”结尾的第二行是主送；一、（一）1.（1）自动识别为层次。",
    )  # fmt: skip
    to = NamesField(
        label="主送", required=False, max_length=2000, help_text="正文里写了主送的，以正文为准。用顿号隔开。"
    )
    cc = NamesField(label="抄送", required=False, max_length=2000, help_text="用顿号隔开。")
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)
