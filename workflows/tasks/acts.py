"""What somebody can do with a task beside filling it in: each act a small page that says what follows from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import timezone

from approvals.models import Signer
from foundation.organization.actors import Actor
from foundation.organization.models import Appointment
from foundation.organization.posts import OFFICE_POSTS, Post

from . import services
from .forms import AgreeForm, EntryForm, ExtensionForm, HandOverForm, ReasonForm, ReassignForm
from .gathering import LABEL
from .models import Task
from .querysets import IN_REVIEW, IN_WORK, OPEN, WITH_UNIT

LIAISON, HANDLER, OFFICE, HEAD = "liaison", "handler", "office", "head"


@dataclass(frozen=True)
class Act:
    """`says` is the consequence, read before the button is pressed."""

    code: str
    label: str
    says: str
    roles: tuple[str, ...]
    states: tuple[str, ...]
    run: Callable[[int, Actor, dt.datetime, dict[str, Any]], None]
    form: Callable[..., forms.Form] = forms.Form
    done: str = "已办理。"
    when: Callable[[Task], bool] = lambda task: True
    beside: bool = True  # a row of the ledger too; then `when` asks the database nothing


def roles_of(task: Task, identity: Appointment | None) -> set[str]:
    """What this identity is to this task, without a query; the services check it again."""
    if identity is None:
        return set()
    if identity.post in OFFICE_POSTS:
        return {OFFICE, HEAD} if identity.post == Post.OFFICE_HEAD else {OFFICE}
    if identity.unit_id == task.unit_id and identity.post == Post.LIAISON:
        return {LIAISON}
    given = identity.pk == task.handler_id and identity.unit_id == task.unit_id
    return {HANDLER} if given and identity.post == Post.HANDLER else set()


def acts_for(task: Task, identity: Appointment | None, *, beside: bool = False) -> list[Act]:
    """What may be done with it now; `beside`: in the ledger, where a row asks the database nothing."""
    mine = roles_of(task, identity)
    return [
        act
        for act in ACTS.values()
        if (act.beside or not beside)
        and mine & set(act.roles)
        and task.state in act.states
        and act.when(task)
    ]


def overtaken(task: Task, act: Act, identity: Appointment | None) -> bool:
    """The task has moved on since it was read, so that this act of one's own is out of place now."""
    task.refresh_from_db(fields=["state", "handler", "due_on"])
    task.__dict__.pop("extension_asked", None)
    return bool(roles_of(task, identity) & set(act.roles)) and act not in acts_for(task, identity)


def may_write(task: Task, identity: Appointment | None) -> bool:
    writers = {LIAISON, HANDLER, OFFICE} if task.entry else {LIAISON, HANDLER}
    return task.state in IN_WORK and bool(roles_of(task, identity) & writers)


def _all(service: Callable) -> Callable[[int, Actor, dt.datetime, dict[str, Any]], None]:
    """A set-wise service on one task."""
    return lambda pk, actor, at, data: service(tasks=pk, actor=actor, at=at, **data).all_or_refuse()


def _one(service: Callable) -> Callable[[int, Actor, dt.datetime, dict[str, Any]], None]:
    return lambda pk, actor, at, data: service(task=pk, actor=actor, at=at, **data)


def _untouched(task: Task) -> bool:
    """Nobody has decided on it yet."""
    signed = Signer.objects.filter(approval__subject=LABEL, approval__subject_id=task.pk)
    return not signed.filter(approval__state="pending", decided_by__isnull=False).exists()


def _in_time(task: Task) -> bool:
    open_ = task.due_on is not None and task.first_submitted_at is None
    return open_ and timezone.localdate() <= task.due_on and task.extension_asked is None  # type: ignore[operator]


def _asked(task: Task) -> bool:
    return task.extension_asked is not None


def _reason(label: str, hint: str = "", required: bool = True) -> Callable[..., forms.Form]:
    return lambda *args, **kwargs: ReasonForm(*args, label=label, hint=hint, required=required, **kwargs)


ACTS = {
    act.code: act
    for act in (
        Act(
            "receive", "签收", "签收后由本单位办理，期限照原定日期计算。", (LIAISON,), ("issued",),
            _all(services.receive), done="已签收。下一步：填报并提交审批。",
        ),
        Act(
            "withdraw", "撤回", "撤回后回到填报，可以改好再提交；已有人办理的不能撤回。", (LIAISON, HANDLER),
            IN_REVIEW, _one(services.withdraw), _reason("撤回原因", "可以不填。", required=False),
            done="已撤回，可以继续修改。", when=_untouched, beside=False,
        ),
        Act(
            "hand_over", "转交", "转交后经办人可以填报和提交，联络员仍可办理，也可以随时收回。", (LIAISON,), IN_WORK,
            _one(services.hand_over), HandOverForm, done="已转交。",
        ),
        Act(
            "take_back", "收回", "收回后经办人不能再办理，已填的内容都保留。", (LIAISON,), IN_WORK,
            _one(services.take_back), done="已收回。", when=lambda task: task.handler_id is not None, beside=False,
        ),
        Act(
            "waiver", "申请免报", "由办公室决定。同意后这件任务免除；不同意的，退回填报，期限不变。",
            (LIAISON, HANDLER), ("issued", *IN_WORK), _one(services.ask_waiver),
            _reason("免报理由", "写明为什么不涉及或无法开展。"), done="已报办公室决定。", beside=False,
        ),
        Act(
            "extend", "申请延期", "由安委办决定。决定以前不再提醒和督办，期限不变；到期以后不能再申请。", (LIAISON, HANDLER), IN_WORK,
            _one(services.ask_extension), ExtensionForm, done="已报安委办决定。", when=_in_time,
        ),
        Act(
            "extend-withdraw", "撤回延期申请", "期限不变，督办照常进行。", (LIAISON, HANDLER), OPEN,
            _one(services.withdraw_extension), done="已撤回。", when=_asked,
        ),
        Act(
            "extend-agree", "同意延期", "截止日改为这一天，看板和考核从现在起按新的截止日计算，原截止日留在办理过程里。", (OFFICE,), OPEN,
            _one(services.agree_extension), AgreeForm, done="已同意延期。", when=_asked,
        ),
        Act(
            "extend-refuse", "不同意延期", "期限不变，督办从决定之后继续。", (OFFICE,), OPEN, _one(services.refuse_extension),
            _reason("不同意的理由"), done="已答复单位。", when=_asked,
        ),
        Act(
            "urge", "催办", "记入办理过程；每件任务每天最多催办一次。", (OFFICE,),
            WITH_UNIT, _all(services.urge),
            _reason("催办说明", "可以不填；填了的，单位在办理过程里看得到。", required=False), done="已催办。",
        ),
        Act(
            "reassign", "改派", "改由这位经办人填报和提交，仍由原单位负责，联络员也可以办理；已填的内容都保留。", (OFFICE,),
            IN_WORK, _one(services.reassign), ReassignForm, done="已改派。",
        ),
        Act(
            "begin_entry", "代录", "单位交来纸质材料的，由安委办录入：附上扫描件，提交后请该单位联络员确认，再由办公室审核。",
            (OFFICE,), ("issued", *IN_WORK), _one(services.begin_entry), EntryForm,
            done="可以录入了：填写内容，上传纸质件扫描，再提交。", when=lambda task: task.entry is None, beside=False,
        ),
        Act(
            "end_entry", "停止代录", "已录入的内容留在草稿里，由本单位自己填报。", (OFFICE,), IN_WORK,
            _one(services.end_entry), done="已停止代录。", when=lambda task: task.entry is not None, beside=False,
        ),
        Act(
            "archive", "归档", "归档后内容不再改动；确需改动的，由安办主任重开。", (OFFICE,), ("accepted",),
            _all(services.archive), done="已归档。审批单正在生成，稍后在本页和“公文”里可以打开。",
        ),
        Act(
            "reopen", "重开", "退回单位重新填报并重新审批；首次报送时间不变。", (HEAD,),
            ("accepted", "archived", "rejected", "waived"), _one(services.reopen), _reason("重开理由"),
            done="已重开，退回单位。", beside=False,
        ),
        Act(
            "cancel", "撤销任务", "任务到此为止，正在进行的审批作废，单位不用再报。", (OFFICE,),
            ("issued", *IN_WORK, *IN_REVIEW), _one(services.cancel), _reason("撤销理由"), done="已撤销。", beside=False,
        ),
    )
}  # fmt: skip
