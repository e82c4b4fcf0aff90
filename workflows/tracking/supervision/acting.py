"""What may be done to a slip in each of its states: the form it takes, what follows, the service that does it."""

from __future__ import annotations

from django import forms

from foundation.organization.doings import Doing
from foundation.organization.rules import Rule
from workflows.plans.models import office_works

from ..models import Slip
from ..permissions import unit_answers
from . import services

State = Slip.State


class ReplyForm(forms.Form):
    reply = forms.CharField(
        label="书面回复", max_length=services.LONGEST, widget=forms.Textarea(attrs={"rows": 5}),
        help_text="写明未按时报送的原因、补报时间和整改措施。",
    )  # fmt: skip


class OpinionForm(forms.Form):
    opinion = forms.CharField(
        label="办结意见", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


def why_form(label: str) -> type[forms.Form]:
    why = forms.CharField(label=label, max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    return type("WhyForm", (forms.Form,), {"why": why})


DOINGS = {
    "receive": Doing("签收", "已签收。请在回复期限内书面回复。", unit_answers, (State.ISSUED,), services.receive, first=True),
    "answer": Doing(
        "回复", "已回复，由安委办审阅。", unit_answers, (State.ISSUED, State.RECEIVED), services.answer, ReplyForm,
        "回复以后不能再改；任务本身仍要尽快补报。", True,
    ),
    "close": Doing(
        "办结", "已办结。", office_works, (State.REPLIED,), services.close, OpinionForm,
        "任务仍未报送的，后面的督办照常进行。", True,
    ),
    "send_back": Doing(
        "退回，重新回复", "已退回，单位重新回复。", office_works, (State.REPLIED,), services.send_back, why_form("退回的理由")
    ),
    "void": Doing(
        "作废", "已作废，编号保留。", office_works, (State.ISSUED, State.RECEIVED, State.REPLIED), services.void,
        why_form("作废的理由"), "发错的才作废；编号保留，这一级不再发出。",
    ),
}  # fmt: skip


def offered(row: Slip, holds: dict[Rule, bool]) -> dict[str, Doing]:
    """`holds`: which of the rules do for this person."""
    return {name: one for name, one in DOINGS.items() if row.state in one.states and holds[one.rule]}
