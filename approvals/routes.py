"""审批路线 as data: the words of a route, read from JSON and written back (docs/schemas/route.json).

A new rule of who signs is one dataclass, one line in `_WHO` and one branch of the schema.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, NamedTuple, TypeVar

Person = int | str  # the caller's id of a person, opaque here

LONGEST = 60  # characters of a name or code
MOST_STEPS = 20
MOST_RULES = 50  # rules of who signs one step


class Mode(StrEnum):
    """How the signers of one step settle it."""

    ANY = "any"  # 或签: the first decision settles the step
    ALL = "all"  # 会签: everybody must agree
    SEQUENCE = "sequence"  # 依次: one after the other, in order


class OnEmpty(StrEnum):
    """空审批人: nobody holds the post. The third way is a rule naming the fallback."""

    REFUSE = "refuse"  # the approval does not start; the refusal names the post
    SKIP = "skip"  # the trail shows a skipped row that names the post


class OnSelf(StrEnum):
    """审批人=发起人: the signer submitted or drafted the matter."""

    SUPERIOR = "superior"  # four eyes: up to the superior, skipped where there is none
    SKIP = "skip"
    ALLOW = "allow"  # 自批, and the trail says so


class Dedupe(StrEnum):
    """去重: somebody who already agreed comes up again in a later step."""

    NONE = "none"  # is asked again
    CONSECUTIVE = "consecutive"  # agrees automatically if theirs was the last step that took place
    ALL = "all"  # agrees automatically after any earlier step


@dataclass(frozen=True)
class PostIn:
    """Whoever holds a post: in the subject's own unit ("unit") or in the unit of that code."""

    post: str
    of: str = "unit"


@dataclass(frozen=True)
class Named:
    """One person by name."""

    person: Person


Who = PostIn | Named


@dataclass(frozen=True)
class Step:
    """One 环节. The order of `who` is the order of 依次."""

    name: str
    who: tuple[Who, ...]
    mode: Mode = Mode.ANY
    on_empty: OnEmpty | Who = OnEmpty.REFUSE  # a rule = the fallback


@dataclass(frozen=True)
class Route:
    """One frozen version of a 审批路线. Steps are counted from 1 everywhere."""

    name: str
    steps: tuple[Step, ...]
    dedupe: Dedupe = Dedupe.NONE
    on_self: OnSelf = OnSelf.SUPERIOR

    @classmethod
    def from_json(cls, document: Any) -> Route:
        """Read the JSON form; raise RouteError with every problem found, not only the first."""
        problems: list[Problem] = []
        route = _route(_Fields(document, "", "", problems))
        if problems:
            raise RouteError(problems)
        return route

    def to_json(self) -> dict[str, Any]:
        """The JSON form, defaults written out; `from_json` gives the equal route back."""
        return asdict(self, dict_factory=_plain)


class Problem(NamedTuple):
    path: str  # of the value in the JSON form: steps[1].mode
    says: str  # for the person at the editor: 第2步：…


class RouteError(ValueError):
    """The JSON form is no route. `problems` lists all that is wrong, in the order of the document."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("；".join(problem.says for problem in problems))
        self.problems = tuple(problems)


Choice = TypeVar("Choice", bound=StrEnum)


class _Fields:
    """A JSON object being read: every take removes a key, what stays in the end is unknown."""

    def __init__(self, value: Any, path: str, where: str, problems: list[Problem]) -> None:
        self.path, self.where, self.problems = path, where, problems
        self.sound = isinstance(value, dict)
        self.left = dict(value) if self.sound else {}
        if not self.sound:
            self.wrong("", "应是一个对象")

    def wrong(self, key: str, says: str) -> None:
        path = f"{self.path}.{key}".strip(".")
        self.problems.append(Problem(path, f"{self.where or '路线'}：{says}"))

    def text(self, key: str, label: str, *, default: Any = "", number: bool = False) -> Any:
        value = self.left.pop(key, default)
        if number and type(value) is int:
            return value
        if not isinstance(value, str) or not value.strip():
            self.wrong(key, f"请填写{label}")
        elif len(value) > LONGEST or any(unicodedata.category(c) in ("Cc", "Cs") for c in value):
            self.wrong(key, f"{label}最长 {LONGEST} 字，不能换行或含控制字符")
        return value

    def choice(self, key: str, label: str, default: Choice) -> Choice:
        value = self.left.pop(key, default)
        try:
            return type(default)(value)
        except ValueError:
            self.wrong(key, f"{label}只能是 {'、'.join(type(default))}，不能是“{value}”")
            return default

    def many(self, key: str, label: str, most: int) -> list[Any]:
        value = self.left.pop(key, None)
        if isinstance(value, list) and 0 < len(value) <= most:
            return value
        self.wrong(key, f"请设置{label}，1 至 {most} 个")
        return []

    def inner(self, value: Any, key: str, where: str) -> _Fields:
        return _Fields(value, f"{self.path}.{key}".strip("."), f"{self.where}{where}", self.problems)

    def close(self) -> None:
        for key in self.left:
            self.wrong(str(key), f"不认识的项“{key}”，请删去")


def _route(fields: _Fields) -> Route:
    name = fields.text("name", "路线名称") if fields.sound else ""
    steps = fields.many("steps", "环节", MOST_STEPS) if fields.sound else []
    route = Route(
        name,
        tuple(_step(fields.inner(step, f"steps[{n}]", f"第{n + 1}步")) for n, step in enumerate(steps)),
        fields.choice("dedupe", "去重", Dedupe.NONE),
        fields.choice("on_self", "审批人是发起人时的处理", OnSelf.SUPERIOR),
    )
    fields.close()
    return route


def _step(fields: _Fields) -> Step:
    if not fields.sound:
        return Step("", ())
    name = fields.text("name", "环节名称")
    rules = fields.many("who", "审批人", MOST_RULES)
    who = tuple(_who(fields.inner(rule, f"who[{n}]", f"第{n + 1}个审批人")) for n, rule in enumerate(rules))
    mode = fields.choice("mode", "签批方式", Mode.ANY)
    on_empty: OnEmpty | Who
    if isinstance(fields.left.get("on_empty"), dict):
        on_empty = _who(fields.inner(fields.left.pop("on_empty"), "on_empty", "无人担任时的候补"))
    else:
        on_empty = fields.choice("on_empty", "无人担任时的处理", OnEmpty.REFUSE)
    fields.close()
    return Step(name, who, mode, on_empty)


def _post(fields: _Fields) -> Who:
    return PostIn(fields.text("post", "岗位"), fields.text("of", "单位", default="unit"))


def _named(fields: _Fields) -> Who:
    return Named(fields.text("person", "人员", number=True))


_WHO: dict[str, Callable[[_Fields], Who]] = {"post": _post, "person": _named}


def _who(fields: _Fields) -> Who:
    kind = next((key for key in _WHO if key in fields.left), None)
    if kind is None:
        if fields.sound:
            fields.wrong("", "请写明岗位（post）或人员（person）")
        return Named("")
    who = _WHO[kind](fields)
    fields.close()
    return who


def _plain(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    return {key: _listed(value) for key, value in pairs}


def _listed(value: Any) -> Any:
    if isinstance(value, StrEnum):
        return value.value
    return list(value) if isinstance(value, tuple) else value
