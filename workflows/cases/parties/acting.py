"""What may be done to a row beside changing it: the form it takes, what follows, the service that does it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django import forms

from .decisions import annul_decision, overrule_range, publish_decision
from .forms import ROWS, DayForm, DayWhyForm, WhyForm
from .services import strike_row


@dataclass(frozen=True)
class Doing:
    label: str
    says: str  # what follows
    form: type[forms.Form]
    service: Callable[..., None]  # takes what the form asks for


DECISION = {
    "publish": Doing("记录公开", "记下向社会公开的日期。", DayForm, publish_decision),
    "annul": Doing(
        "记录撤销、变更",
        "复议、诉讼或者自行撤销、变更的，这份决定不再算作有效处罚，由它构成的一案双罚也不再成立。",
        DayWhyForm,
        annul_decision,
    ),
    "overrule": Doing(
        "说明超出幅度的理由",
        "警示仍然显示，旁边写明理由；改动罚款或条文后要重新说明。",
        WhyForm,
        overrule_range,
    ),
}


def doings(kind: str) -> dict[str, Doing]:
    says = "记错的才划去：它和原因仍然留着，不再参加核对。"
    strike = Doing("划去", says, WhyForm, partial(strike_row, model=ROWS[kind][0]))
    return {**(DECISION if kind == "decision" else {}), "strike": strike}
