"""What may be done to a publication in each of its states: the form it takes, what follows, the service that does it."""

from __future__ import annotations

from foundation.organization.doings import Doing
from foundation.organization.rules import Rule

from ..models import Publication
from ..parties.forms import DayWhyForm, WhyForm
from ..permissions import publishes_publication, reviews_publication, works_on_publication
from ..recommending.forms import PublishForm
from . import services
from .forms import CheckedForm, SeenForm, SeenWhyForm

State = Publication.State


DOINGS = {
    "submit": Doing(
        "送审", "已送审，由本单位负责人或安委办审核。", works_on_publication, (State.DRAFT, State.RETURNED),
        services.submit_publication, CheckedForm, "送审以后不能再改；起草、修改过的人不能审核。", True,
    ),
    "approve": Doing(
        "同意公开", "已同意，可以公开了。", reviews_publication, (State.IN_REVIEW,), services.approve_publication, SeenForm,
        "请看正文里有没有还能认出个人的内容。", True,
    ),
    "return": Doing(
        "退回修改", "已退回，起草人可以修改后再送审。", reviews_publication, (State.IN_REVIEW,), services.return_publication,
        SeenWhyForm,
    ),
    "publish": Doing(
        "记录公开", "已记录公开。", publishes_publication, (State.APPROVED,), services.publish_publication, PublishForm,
        "决定的公开日期同时记下，案件的公开时限随之完成，不用再记一次。", True,
    ),
    "take_back": Doing(
        "取回修改", "已取回，改好以后重新送审。", works_on_publication, (State.IN_REVIEW, State.APPROVED),
        services.take_back_publication, says="取回以后可以修改，改好要重新审核。",
    ),
    "withdraw": Doing(
        "记录撤回公开", "已记录撤回。", works_on_publication, (State.PUBLISHED,), services.withdraw_publication, DayWhyForm,
        "决定被撤销、变更的，案件的“撤回已公开的处罚信息”同时记下。",
    ),
    "drop": Doing(
        "不再公开", "已停止办理，文本仍然留着。", works_on_publication, (State.DRAFT, State.RETURNED),
        services.drop_publication, WhyForm, "以后要公开的，重新起草。",
    ),
}  # fmt: skip


def offered(row: Publication, holds: dict[Rule, bool]) -> dict[str, Doing]:
    """`holds`: which of the rules do for this person. Whoever reviews it returns it with a reason."""
    found = {name: one for name, one in DOINGS.items() if row.state in one.states and holds[one.rule]}
    if "return" in found:
        found.pop("take_back", None)
    return found
