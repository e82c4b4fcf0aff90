"""The words of a route for people: what each choice is called and what follows from it; a step in a few words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, cast

from foundation.organization.templatetags.components import Hinted

from ..engine.route_json import MOST_RULES
from ..engine.routes import (
    Act,
    Dedupe,
    Due,
    Fact,
    Mode,
    OnEmpty,
    OnReject,
    OnSelf,
    Op,
    Ratio,
    Resubmit,
    Route,
    Step,
    Then,
    Unit,
    Who,
)
from ..offers import OFFERS
from .signer_words import Directory

MODES = (
    (Mode.ANY.value, "或签：任意一人办理即可"),
    (Mode.ALL.value, "会签：人人同意才通过"),
    (Mode.SEQUENCE.value, "依次：按下面的顺序逐人同意"),
    (Mode.VOTE.value, "票签：同意票够了就通过"),
)
ON_REJECT = (
    ("", "按签批方式：票签不能通过为止，其他一票否决"),
    (OnReject.VETO.value, "一票否决：一人不同意，审批即不同意"),
    (OnReject.COLLECT_ALL.value, "听取全部意见：人人表态以后再算结果"),
    (OnReject.UNTIL_IMPOSSIBLE.value, "不能通过为止：还可能通过就继续办理"),
)
ON_EMPTY = (
    (OnEmpty.REFUSE.value, "不得提交：提交时指出空缺岗位"),
    (OnEmpty.SKIP.value, "跳过：办理过程写明岗位空缺"),
)
DEDUPES = (
    (Dedupe.NONE.value, "不去重：每次都要办理"),
    (Dedupe.CONSECUTIVE.value, "连续去重：上一环节同意过的，自动同意"),
    (Dedupe.ALL.value, "全部去重：此前任一环节同意过的，自动同意"),
)
ON_SELF = (
    (OnSelf.SUPERIOR.value, "上级审批：改由上级办理，没有上级的跳过"),
    (OnSelf.SKIP.value, "跳过：本人不办理，办理过程写明"),
    (OnSelf.ALLOW.value, "自批：由本人办理，办理过程写明（只由安办主任设置）"),
)
RESUBMITS = (
    (Resubmit.RERUN.value, "重新审批：所有环节再办一遍"),
    (Resubmit.JUMP_BACK.value, "直送退回人：前面的人看过的内容没变，就从退回的环节接着办"),
)
UNITS = ((Unit.DAYS.value, "工作日"), (Unit.HOURS.value, "工时"))
THENS = (("", "不自动办理"), (Then.AGREE.value, "自动同意"), (Then.RETURN.value, "自动退回发起人"))
OPS = (
    (Op.IS.value, "等于"),
    (Op.IS_NOT.value, "不等于"),
    (Op.MORE.value, "大于"),
    (Op.LESS.value, "小于"),
    (Op.AT_LEAST.value, "不小于"),
    (Op.AT_MOST.value, "不大于"),
)
ACTS = [(act.value, Hinted(OFFERS[act.value].act, OFFERS[act.value].hint)) for act in Act]
VOTES = (("count", "按票数"), ("ratio", "按比例"))


WHOLE = re.compile(r"0|-?[1-9][0-9]{0,3999}")  # as many digits as Python reads


def fact_said(value: Fact) -> str:
    """是, 100000, 拘留; a text that would be read as something else stands in quotation marks."""
    if isinstance(value, bool):
        return "是" if value else "否"
    return f"“{value}”" if isinstance(value, str) and fact_read(value.strip()) != value else str(value)


def fact_read(text: str) -> Fact:
    if text in ("是", "否"):
        return text == "是"
    if len(text) > 1 and text[0] == "“" and text[-1] == "”":
        return text[1:-1]
    return int(text) if WHOLE.fullmatch(text) else text


def values_of(step: Step, say: Callable[[Who], str]) -> dict[str, Any]:
    """The step as the texts and choices of its form."""
    usual = OnReject.UNTIL_IMPOSSIBLE if step.mode is Mode.VOTE else OnReject.VETO
    empty = step.on_empty if isinstance(step.on_empty, OnEmpty) else OnEmpty.REFUSE
    values: dict[str, Any] = {
        "name": step.name,
        "mode": step.mode.value,
        "on_reject": "" if step.on_reject is usual else step.on_reject.value,
        "on_empty": empty.value,
        "fallback": "" if step.on_empty is empty else say(cast(Who, step.on_empty)),
        "opinion": step.opinion,
        "claim": step.claim,
        "allow": [act.value for act in step.allow],
    }
    if isinstance(step.votes, Ratio):
        values |= {"votes_by": "ratio", "votes": step.votes.ratio}
    elif step.votes:
        values |= {"votes_by": "count", "votes": str(step.votes.count)}
    values |= {f"who_{n}": say(who) for n, who in enumerate(step.who)}
    values |= {f"copy_{n}": say(who) for n, who in enumerate(step.copy)}
    for n, one in enumerate(step.when):
        values |= {f"fact_{n}": one.fact, f"op_{n}": one.op.value, f"value_{n}": fact_said(one.value)}
    return values | (_due_values(step.due, say) if step.due else {})


def _due_values(due: Due, say: Callable[[Who], str]) -> dict[str, str]:
    values = {"due_after": str(due.after), "due_unit": due.unit.value, "remind": str(due.remind or "")}
    if due.escalate:
        values |= {"escalate_after": str(due.escalate.after), "escalate_to": say(due.escalate.to)}
    if due.then:
        values |= {"then_do": due.then.do.value, "then_after": str(due.then.after)}
    return values


# A step in a few words, from the values of its form: of the route page, and of what the editor folds away.


def short(choices: Iterable[tuple[str, Any]], value: str) -> str:
    return str(dict(choices).get(value, value)).partition("：")[0]


def listed(values: Mapping[str, Any], key: str) -> list[str]:
    """What is filled in of key_0, key_1, …"""
    found = (values.get(f"{key}_{n}") for n in range(MOST_RULES))
    return [words for words in found if words]


def mode_said(values: Mapping[str, Any]) -> str:
    if len(listed(values, "who")) == 1 and values["mode"] != Mode.VOTE:
        return "单人"
    claimed = "先领取再办理" if values.get("claim") else ""
    return "，".join(filter(None, (short(MODES, values["mode"]), claimed, votes_said(values))))


def votes_said(values: Mapping[str, Any]) -> str:
    if not values.get("votes"):
        return ""
    return f"{values['votes']} {'的票' if values.get('votes_by') == 'ratio' else '票'}同意通过"


def empty_said(values: Mapping[str, Any]) -> str:
    if values.get("fallback"):
        return f"由{values['fallback']}办理"
    return short(ON_EMPTY, values.get("on_empty") or OnEmpty.REFUSE.value)


def reject_said(values: Mapping[str, Any]) -> str:
    return short(ON_REJECT, values.get("on_reject") or "")


def when_said(values: Mapping[str, Any]) -> str:
    """金额 大于 100000，且 涉嫌犯罪 等于 是"""
    ops = dict(OPS)
    numbers = [name[5:] for name in values if name.startswith("fact_") and values[name]]
    told = (
        f"{values[f'fact_{n}']}{ops.get(values.get(f'op_{n}') or '=', '')} {values.get(f'value_{n}')}"
        for n in numbers
    )
    return "，且 ".join(told)


def due_said(values: Mapping[str, Any]) -> str:
    if not values.get("due_after"):
        return ""
    unit = dict(UNITS).get(values.get("due_unit") or Unit.DAYS.value, "")
    told = [f"{values['due_after']} {unit}内办理"]
    if values.get("remind"):
        told.append(f"提前 {values['remind']} {unit}提醒")
    if values.get("escalate_to"):
        told.append(f"超时{_later(values.get('escalate_after'), unit)}请{values['escalate_to']}一起办理")
    if values.get("then_do"):
        told.append(f"超时{_later(values.get('then_after'), unit)}{dict(THENS)[values['then_do']]}")
    return "，".join(told)


def _later(after: Any, unit: str) -> str:
    return f" {after} {unit}" if after and after != "0" else ""


def allow_said(values: Mapping[str, Any]) -> str:
    barred = [str(words) for act, words in ACTS if act not in (values.get("allow") or ())]
    told = [f"不允许{'、'.join(barred)}"] if barred else []
    return "，".join(told + (["同意也须填写意见"] if values.get("opinion") else []))


def copy_said(values: Mapping[str, Any]) -> str:
    return "、".join(listed(values, "copy"))


def route_said(route: Route, directory: Directory) -> dict[str, Any]:
    """A version in words: its steps as rows of a table with what else was said of them, and the route's own policies."""
    names = [step.name for step in route.steps]
    steps = []
    for step in route.steps:
        values = values_of(step, lambda who: directory.say(who, names))
        more = (
            ("条件", when_said(values)),
            ("有人不同意", reject_said(values) if values["on_reject"] else ""),
            ("时限", due_said(values)),
            ("允许的操作和意见", allow_said(values)),
            ("抄送", copy_said(values)),
        )
        steps.append(
            {
                "name": step.name,
                "who": "、".join(listed(values, "who")),
                "mode": mode_said(values),
                "empty": empty_said(values),
                "more": [f"{label}：{words}" for label, words in more if words],
            }
        )
    consent = directory.say(route.withdraw_consent, names) if route.withdraw_consent else ""
    policies = [
        ("同一人再次出现", short(DEDUPES, route.dedupe)),
        ("审批人就是发起人", short(ON_SELF, route.on_self)),
        ("退回后重新提交", short(RESUBMITS, route.resubmit)),
        ("有人办理以后撤回", f"须经{consent}同意" if consent else "不能撤回"),
        ("批量同意", "允许" if route.batch else "不允许"),
    ]
    return {"steps": steps, "policies": policies}
