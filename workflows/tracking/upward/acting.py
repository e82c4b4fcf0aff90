"""What may be done to a duty in each of its states."""

from __future__ import annotations

from foundation.organization.doings import Doing

from ..models import UpwardDuty
from ..permissions import keeps_upward
from ..supervision.acting import why_form
from . import services
from .forms import HandInForm, ReceiptForm

State = UpwardDuty.State

DOINGS = {
    "hand_in": Doing("登记已报", "已登记。", keeps_upward, (State.OPEN,), services.hand_in, HandInForm, first=True),
    "confirm": Doing(
        "登记回执", "已登记回执。", keeps_upward, (State.HANDED,), services.confirm, ReceiptForm, first=True
    ),
    "drop": Doing(
        "不用报", "已登记为不用报。", keeps_upward, (State.OPEN,), services.drop, why_form("不用报的理由"),
        "例如上级取消，或已并入别的材料。",
    ),
    "take_back": Doing(
        "改回待报", "已改回待报。", keeps_upward, (State.HANDED, State.RECEIPTED), services.take_back,
        why_form("改回的理由"), "上级退回重报，或登记错了；原来的材料仍然留着。",
    ),
}  # fmt: skip
