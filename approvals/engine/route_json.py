"""A route read from JSON, with every problem found, and written back; docs/schemas/route.json is its schema.

A new rule of who signs is one dataclass, one line in `_WHO` and one branch of the schema.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import asdict
from enum import StrEnum
from fractions import Fraction
from typing import Any, NamedTuple, TypeVar

from .routes import (
    Act,
    Automatic,
    Condition,
    Count,
    Dedupe,
    Due,
    Escalate,
    Fact,
    Group,
    Mode,
    Named,
    OnEmpty,
    OnReject,
    OnSelf,
    Op,
    PostIn,
    Ratio,
    Resubmit,
    Route,
    SignerOf,
    Step,
    Superior,
    Then,
    Unit,
    Votes,
    Who,
)

LONGEST = 60  # characters of a name or code
MOST_STEPS = 20
MOST_RULES = 50  # rules of who signs one step
MOST_TIME = 1_000  # working days or hours


class Problem(NamedTuple):
    path: str  # of the value in the JSON form: steps[1].mode
    says: str  # for the person at the editor: 第2步：…


class RouteError(ValueError):
    """The JSON form is no route. `problems` lists all that is wrong, in the order of the document."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("；".join(problem.says for problem in problems))
        self.problems = tuple(problems)


def read(document: Any) -> Route:
    """Raises RouteError with every problem found, not only the first."""
    problems: list[Problem] = []
    route = _route(_Fields(document, "", "", problems))
    if problems:
        raise RouteError(problems)
    return route


def written(route: Route) -> dict[str, Any]:
    """The JSON form, defaults written out; `read` gives the equal route back."""
    return asdict(route, dict_factory=_plain)


Choice = TypeVar("Choice", bound=StrEnum)


class _Fields:
    """A JSON object being read: every take removes a key, what stays in the end is unknown."""

    def __init__(self, value: Any, path: str, where: str, problems: list[Problem]) -> None:
        self.path, self.where, self.problems = path, where, problems
        self.sound = isinstance(value, dict)
        self.left = dict(value) if self.sound else {}
        if not self.sound:
            self._tell(path, "应是一个对象")

    def wrong(self, key: str, says: str) -> None:
        """What is no object has no further faults."""
        if self.sound:
            self._tell(f"{self.path}.{key}".strip("."), says)

    def _tell(self, path: str, says: str) -> None:
        self.problems.append(Problem(path, f"{self.where or '路线'}：{says}"))

    def has(self, key: str) -> bool:
        """Set: a null is as good as nothing."""
        if self.left.get(key) is None:
            self.left.pop(key, None)
        return key in self.left

    def text(self, key: str, label: str, *, default: Any = "", number: bool = False) -> Any:
        value = self.left.pop(key, default)
        if number and type(value) is int:
            return value
        if not isinstance(value, str) or not value.strip():
            self.wrong(key, f"请填写{label}")
        elif len(value) > LONGEST or any(unicodedata.category(c) in ("Cc", "Cs") for c in value):
            self.wrong(key, f"{label}最长 {LONGEST} 字，不能换行或含控制字符")
        return value

    def whole(self, key: str, label: str, least: int, most: int, default: int | None = None) -> int:
        value = self.left.pop(key, default)
        if type(value) is int and least <= value <= most:
            return value
        self.wrong(key, f"{label}应是 {least} 至 {most} 的整数")
        return least

    def flag(self, key: str, label: str) -> bool:
        value = self.left.pop(key, False)
        if not isinstance(value, bool):
            self.wrong(key, f"{label}只能是 true 或 false")
        return value is True

    def choice(self, key: str, label: str, default: Choice) -> Choice:
        value = self.left.pop(key, default)
        try:
            return type(default)(value)
        except ValueError:
            self.wrong(key, f"{label}只能是 {'、'.join(type(default))}，不能是“{value}”")
            return default

    def many(self, key: str, label: str, most: int, least: int = 1) -> list[Any]:
        value = self.left.pop(key, None if least else [])
        if isinstance(value, list | tuple) and least <= len(value) <= most:
            return list(value)
        self.wrong(key, f"请设置{label}，{least} 至 {most} 个")
        return []

    def inner(self, value: Any, key: str, where: str) -> _Fields:
        return _Fields(value, f"{self.path}.{key}".strip("."), f"{self.where}{where}", self.problems)

    def taken(self, key: str, where: str) -> _Fields:
        return self.inner(self.left.pop(key), key, where)

    def close(self) -> None:
        for key in self.left:
            self.wrong(str(key), f"不认识的项“{key}”，请删去")


def _route(fields: _Fields) -> Route:
    name = fields.text("name", "路线名称")
    steps = fields.many("steps", "环节", MOST_STEPS)
    route = Route(
        name,
        tuple(
            _step(fields.inner(step, f"steps[{n}]", f"第{n + 1}步"), n + 1) for n, step in enumerate(steps)
        ),
        fields.choice("dedupe", "去重", Dedupe.NONE),
        fields.choice("on_self", "审批人是发起人时的处理", OnSelf.SUPERIOR),
        fields.choice("resubmit", "退回后重新提交", Resubmit.RERUN),
        _who(fields.taken("withdraw_consent", "撤回须经")) if fields.has("withdraw_consent") else None,
        fields.flag("batch", "批量同意"),
    )
    fields.close()
    return route


def _step(fields: _Fields, number: int) -> Step:
    name = fields.text("name", "环节名称")
    who = _whos(fields, "who", "审批人", 1)
    mode = fields.choice("mode", "签批方式", Mode.ANY)
    step = Step(
        name, who, mode, _on_empty(fields), _on_reject(fields, mode), _votes(fields, mode),
        _when(fields), _allow(fields), fields.flag("opinion", "同意也须填写意见"),
        _due(fields.taken("due", "时限")) if fields.has("due") else None,
        _whos(fields, "copy", "抄送人", 0), fields.flag("claim", "先领取再办理"),
    )  # fmt: skip
    if step.claim and mode is not Mode.ANY:
        fields.wrong("claim", "只有或签（any）可以先领取再办理")
    for n, one in enumerate(who):
        if isinstance(one, SignerOf) and one.signer_of >= number:
            fields.wrong(f"who[{n}].signer_of", "只能指定前面环节的办理人")
    fields.close()
    return step


def _whos(fields: _Fields, key: str, label: str, least: int) -> tuple[Who, ...]:
    rules = fields.many(key, label, MOST_RULES, least)
    return tuple(
        _who(fields.inner(rule, f"{key}[{n}]", f"第{n + 1}个{label}")) for n, rule in enumerate(rules)
    )


def _on_empty(fields: _Fields) -> OnEmpty | Who:
    if isinstance(fields.left.get("on_empty"), dict):
        return _who(fields.taken("on_empty", "无人担任时的候补"))
    return fields.choice("on_empty", "无人担任时的处理", OnEmpty.REFUSE)


def _on_reject(fields: _Fields, mode: Mode) -> OnReject:
    """A vote is settled by its numbers unless the route says that one no is enough."""
    default = OnReject.UNTIL_IMPOSSIBLE if mode is Mode.VOTE else OnReject.VETO
    return fields.choice("on_reject", "有人不同意时的处理", default)


def _votes(fields: _Fields, mode: Mode) -> Votes | None:
    if not fields.has("votes"):
        if mode is Mode.VOTE:
            fields.wrong("votes", "票签请设置通过票数（count）或比例（ratio）")
        return None
    if mode is not Mode.VOTE:
        fields.wrong("votes", "只有票签（vote）设置通过票数")
    inner = fields.taken("votes", "通过票数")
    votes: Votes = _ratio(inner) if inner.has("ratio") else Count(inner.whole("count", "票数", 1, 999))
    inner.close()
    return votes


def _ratio(fields: _Fields) -> Ratio:
    """Kept as a fraction: 0.6 and "3/5" are the same vote, and no float decides it."""
    value = fields.left.pop("ratio")
    try:
        ratio = Fraction(str(value)[:20]) if type(value) in (int, float, str) else Fraction(0)
    except (ValueError, ZeroDivisionError):
        ratio = Fraction(0)
    if not 0 < ratio <= 1:
        fields.wrong("ratio", "比例应大于 0、不大于 1，如 0.6 或“2/3”")
    return Ratio(str(ratio))


def _when(fields: _Fields) -> tuple[Condition, ...]:
    found = fields.many("when", "条件", MOST_RULES, 0)
    return tuple(
        _condition(fields.inner(one, f"when[{n}]", f"第{n + 1}个条件")) for n, one in enumerate(found)
    )


def _condition(fields: _Fields) -> Condition:
    fact, op = fields.text("fact", "事项的数据项"), fields.choice("op", "比较", Op.IS)
    typed = isinstance(fields.left.get("value", ""), str)
    value: Fact = fields.text("value", "比较的值") if typed else fields.left.pop("value")
    if type(value) not in (int, str, bool):
        fields.wrong("value", "比较的值应是整数、文字或 true/false")
    elif type(value) is not int and op not in (Op.IS, Op.IS_NOT):
        fields.wrong("op", "只有数字可以比较大小")
    fields.close()
    return Condition(fact, op, value)


def _allow(fields: _Fields) -> tuple[Act, ...]:
    if not fields.has("allow"):
        return tuple(Act)
    given = fields.many("allow", "允许的操作", len(Act), 0)
    for one in given:
        if one not in list(Act):
            fields.wrong("allow", f"允许的操作只能是 {'、'.join(Act)}，不能是“{one}”")
    return tuple(act for act in Act if act in given)


def _due(fields: _Fields) -> Due:
    after = fields.whole("after", "时限", 1, MOST_TIME)
    due = Due(
        after,
        fields.choice("unit", "时限单位", Unit.DAYS),
        fields.whole("remind", "提前提醒", 0, after, 0),
        _escalate(fields.taken("escalate", "升级")) if fields.has("escalate") else None,
        _automatic(fields.taken("then", "自动办理")) if fields.has("then") else None,
    )
    fields.close()
    return due


def _escalate(fields: _Fields) -> Escalate:
    after = fields.whole("after", "超时多久", 0, MOST_TIME)
    if not fields.has("to"):
        fields.wrong("to", "请设置升级到谁")
        return Escalate(after, Named(""))
    to = _who(fields.taken("to", "到"))
    fields.close()
    return Escalate(after, to)


def _automatic(fields: _Fields) -> Automatic:
    after = fields.whole("after", "超时多久", 0, MOST_TIME)
    if not fields.has("do"):
        fields.wrong("do", "请写明自动同意（agree）还是自动退回（return）")
    automatic = Automatic(after, fields.choice("do", "自动办理", Then.RETURN))
    fields.close()
    return automatic


_WHO: dict[str, Callable[[_Fields], Who]] = {
    "post": lambda fields: PostIn(fields.text("post", "岗位"), fields.text("of", "单位", default="unit")),
    "person": lambda fields: Named(fields.text("person", "人员", number=True)),
    "superior": lambda fields: Superior(fields.whole("superior", "上级层数", 1, 5)),
    "signer_of": lambda fields: SignerOf(fields.whole("signer_of", "环节", 1, MOST_STEPS)),
    "group": lambda fields: Group(fields.text("group", "人员组")),
}


def _who(fields: _Fields) -> Who:
    kind = next((key for key in _WHO if key in fields.left), None)
    if kind is None:
        fields.wrong("", f"请写明由谁办理（{'、'.join(_WHO)} 之一）")
        return Named("")
    who = _WHO[kind](fields)
    fields.close()
    return who


def _plain(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """What is not set is left out."""
    return {key: _listed(value) for key, value in pairs if value is not None}


def _listed(value: Any) -> Any:
    if isinstance(value, StrEnum):
        return value.value
    return [_listed(one) for one in value] if isinstance(value, tuple) else value
