"""启动移送, each of its steps, 停止: what people do with a referral. The head decides in the inbox."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone
from viewflow.workflow import PROCESS

from approvals.acting import acting
from approvals.waiting import leave
from foundation.journal.moves import record
from foundation.organization.actors import Actor
from foundation.organization.refusals import Refused

from ..models import Case, ReferralProcess
from ..permissions import works_on_case
from ..register import locked, standing
from ..standing import Standing
from .flows import ReferralFlow, Told

NUMBERED = {"handed_over": "请填写移送书文号。"}
WORDED = {
    "reported": "请写明涉嫌的罪名、主要事实和移送的理由。", "amend": "请写明补充了什么。",
}  # fmt: skip
TAKEN = ("team", "reported", "amend", "handed_over", "copied")  # nodes that wait for somebody of the case
MOVED_ON = "移送已不在这一步，请刷新后查看。"


@transaction.atomic
def start_referral(*, case: int, told: Told, actor: Actor, at: dt.datetime) -> None:
    """From here on its steps are recorded by the flow, with their clocks."""
    row = locked(case, actor, at)
    if ReferralProcess.running(case):
        raise Refused("本案已经在移送，请刷新后查看。")
    stands = standing(row, at)
    if step := begun(stands):
        name = stands.pack.steps[step].name
        raise Refused(f"移送已手工记录到“{name}”，请接着用“记录进展”记录。")
    known = any(one.step == "suspected" for one in _since_refusal(stands))
    with acting(actor, at):
        ReferralFlow.suspected.run(case=case, told=None if known else told)
    record(Case, case, "refer", actor=actor, at=at).all_or_refuse()


def begun(stands: Standing) -> str:
    """The last step that somebody recorded by hand, of a referral that was not refused."""
    taken = [one.step for one in _since_refusal(stands) if one.step in ReferralProcess.STEPS]
    later = [step for step in taken if step != "suspected"]
    return later[-1] if later else ""


def _since_refusal(stands: Standing) -> list[Any]:
    last = max((n for n, one in enumerate(stands.told, 1) if one.step == "refused"), default=0)
    return stands.told[last:]


@transaction.atomic
def take_step(*, case: int, step: str, told: Told, actor: Actor, at: dt.datetime) -> None:
    """One of TAKEN, which the process waits for. Raises Refused with what the law misses."""
    _may(case, actor, at)
    if step in NUMBERED and not told.number.strip():
        raise Refused(NUMBERED[step], field="number")
    if step in WORDED and not told.reason.strip():
        raise Refused(WORDED[step], field="reason")
    running = ReferralProcess.objects.filter(case=case, status=PROCESS.NEW)
    if step not in TAKEN or not leave(getattr(ReferralFlow, step), running, actor, at, told=told):
        raise Refused(MOVED_ON)


@transaction.atomic
def stop_referral(*, case: int, why: str, actor: Actor, at: dt.datetime) -> None:
    """What happened stays recorded, and its clocks go on: from here on the steps are recorded by hand."""
    _may(case, actor, at)
    if not why.strip():
        raise Refused("请写明停止的原因。", field="why")
    process = ReferralProcess.running(case)
    if process is None:
        raise Refused("本案没有在办的移送流程，请刷新后查看。")
    with ReferralFlow.instance.lock(process.pk), acting(actor, at, why.strip()):
        process.refresh_from_db()
        if process.status != PROCESS.NEW:
            raise Refused("移送已经办完，请刷新后查看。")
        ReferralFlow.instance.cancel(process)
    words = {"reason": why.strip()[:200]}
    record(Case, case, "stop_refer", actor=actor, at=at, words=words).all_or_refuse()


def _may(case: int, actor: Actor, at: dt.datetime) -> None:
    """Without a lock: the process comes first, then the approval, then the case."""
    row = Case.objects.filter(pk=case).first()
    if row is None:
        raise Refused("这个案件已不存在。")
    if not works_on_case(row, actor, timezone.localdate(at)):
        raise Refused(works_on_case.says)
