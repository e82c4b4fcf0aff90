"""What is said of each step that waits for somebody of the case."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone

from foundation.organization.forms import InstantField

from .flows import ReferralFlow, Told

NUMBER = "移送书文号"
LETTER = "涉嫌犯罪案件移送书"
# step → {field: label}
ASKED = {
    "suspected": {"at": "发现时间"},
    "team": {"at": "成立时间"},
    "reported": {"at": "提出时间", "number": "报告文号", "reason": "涉嫌的罪名、主要事实和移送的理由"},
    "amend": {"reason": "补充说明"},
    "handed_over": {"at": "移送时间", "number": NUMBER},
    "copied": {"at": "抄送时间", "number": NUMBER},
}
PAPERS = {"reported": "移送书面报告", "handed_over": LETTER, "copied": LETTER}


class StepForm(forms.Form):
    at = InstantField(help_text="按实际发生的时间填写，可以补记。")
    number = forms.CharField(max_length=60, required=False)
    reason = forms.CharField(max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, data: Any = None, *, step: str) -> None:
        now = timezone.localtime().replace(second=0, microsecond=0)
        super().__init__(data, prefix=step, initial={"at": now})
        for name in list(self.fields):
            if name in ASKED[step]:
                self.fields[name].label = ASKED[step][name]
            else:
                del self.fields[name]
        self.step = step

    @property
    def title(self) -> str:
        return "启动移送" if self.step == "suspected" else getattr(ReferralFlow, self.step).task_title

    def told(self, now: dt.datetime) -> Told:
        given = self.cleaned_data
        return Told(
            given.get("at", now), PAPERS.get(self.step, ""), given.get("number", ""), given.get("reason", "")
        )
