"""The forms of a route and of its steps: what stands in them becomes a document as route_json reads it, and each
problem it finds comes back to the field it is about."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from django import forms

from ..engine.routes import Act
from .words import (
    ACTS,
    DEDUPES,
    MODES,
    ON_EMPTY,
    ON_REJECT,
    ON_SELF,
    OPS,
    RESUBMITS,
    THENS,
    UNITS,
    VOTES,
    allow_said,
    copy_said,
    due_said,
    empty_said,
    fact_read,
    reject_said,
    votes_said,
    when_said,
)  # fmt: skip

DUE = {  # path in the document -> its field
    "after": "due_after", "unit": "due_unit", "remind": "remind", "escalate.after": "escalate_after",
    "escalate.to": "escalate_to", "then.after": "then_after", "then.do": "then_do",
}  # fmt: skip
Read = Callable[[str], Any]  # a phrase -> a rule as JSON, None where nobody is called so


def text(label: str, hint: str = "", **attrs: Any) -> forms.CharField:
    """Lengths and signs are the reader's to judge: nothing typed is cut off."""
    widget = forms.TextInput(attrs={"autocomplete": "off"} | attrs)
    return forms.CharField(label=label, help_text=hint, required=False, widget=widget)


def signer(label: str, hint: str = "") -> forms.CharField:
    """A phrase of the directory; the browser proposes those of the page's list."""
    return text(label, hint, list="signers")


def numeral(label: str, hint: str = "") -> forms.CharField:
    return text(label, hint, inputmode="numeric")


class Typed(forms.Form):
    """Fields that become a part of the document."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places: dict[str, str] = {}  # path in the document -> its field
        self.strange: dict[str, str] = {}  # field -> phrase that names nobody

    def rule(self, field: str, path: str, read: Read) -> Any:
        """The rule typed in `field`; an empty one, which the reader refuses, where it names nobody."""
        self.places[path] = field
        phrase = self.cleaned_data[field]
        found = read(phrase)
        if found is None:
            self.strange[field] = phrase
        return found or {}

    def place(self, path: str, says: str) -> None:
        """Show a problem at the field of the longest path that is known."""
        way = path
        while way and way not in self.places and way not in self.fields:
            way = way.rpartition(".")[0] if "." in way else way.partition("[")[0] if "[" in way else ""
        field = self.places.get(way, way if way in self.fields else None)
        if phrase := self.strange.get(field or ""):
            says = f"{says.partition('：')[0]}：没有找到“{phrase}”，请从列表中选择"
        self.add_error(field, says)


class RouteForm(Typed):
    """The route as a whole; its steps are StepForms."""

    name = text("路线名称")
    on_self = forms.ChoiceField(label="审批人就是发起人", choices=ON_SELF)
    dedupe = forms.ChoiceField(label="同一人再次出现", choices=DEDUPES)
    resubmit = forms.ChoiceField(label="退回后重新提交", choices=RESUBMITS)
    withdraw_consent = signer(
        "有人办理以后撤回，须经谁同意", "不填：有人办理以后，发起人就不能撤回。没有人办理时，随时可以撤回。"
    )
    batch = forms.BooleanField(
        label="允许批量同意", required=False, help_text="审批人可以在待办里一次同意多件，不逐件打开。"
    )

    def document(self, read: Read) -> dict[str, Any]:
        given = {name: self.cleaned_data[name] for name in self.fields}
        consent = given.pop("withdraw_consent")
        return given | (
            {"withdraw_consent": self.rule("withdraw_consent", "withdraw_consent", read)} if consent else {}
        )


class StepForm(Typed):
    name = text("环节名称")
    mode = forms.ChoiceField(label="签批方式", choices=MODES)
    votes_by = forms.ChoiceField(label="票签怎样通过", choices=VOTES, required=False)
    votes = text("通过票数或比例", "只在票签时填写：3 票填 3，三分之二填 2/3 或 67%。弃权不算同意。")
    claim = forms.BooleanField(
        label="先领取再办理", required=False,
        help_text="只在或签时勾选：几个人都可以办的，一人领取以后由他办理，其他人不再办理，直到他放回。",
    )  # fmt: skip
    on_empty = forms.ChoiceField(label="岗位无人担任", choices=ON_EMPTY)
    fallback = signer("候补审批人", "填写后，岗位无人担任时改由他办理，不再按上一项处理。")
    on_reject = forms.ChoiceField(label="有人不同意", choices=ON_REJECT, required=False)
    due_after = numeral("办理时限", "不填：没有时限。从轮到办理时算起，到时没有办理的自动催办。")
    due_unit = forms.ChoiceField(label="时限单位", choices=UNITS, required=False)
    remind = numeral("提前多久提醒", "不填：不提醒。")
    escalate_after = numeral("超时多久升级", "不填：一超时就升级。")
    escalate_to = signer("升级到谁", "不填：不升级。升级后他也可以办理，先办的算。")
    then_after = numeral("超时多久自动办理", "不填：一超时就办理。")
    then_do = forms.ChoiceField(
        label="自动办理", choices=THENS, required=False, help_text="由系统办理，办理过程写明“系统”。"
    )
    allow = forms.MultipleChoiceField(
        label="审批人还可以", choices=ACTS, required=False, widget=forms.CheckboxSelectMultiple, initial=list(Act),
        help_text="同意和退回总是可以。",
    )  # fmt: skip
    opinion = forms.BooleanField(
        label="同意也须填写意见", required=False, help_text="退回、不同意总要填写意见。"
    )

    def __init__(self, *args: Any, counts: Mapping[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.counts = counts
        for n in range(counts["who"]):
            self.fields[f"who_{n}"] = signer(f"审批人 {n + 1}")
        for n in range(counts["fact"]):
            self.fields[f"fact_{n}"] = text(f"条件 {n + 1}：数据项", "输入或选择，如 附件数。", list="facts")
            self.fields[f"op_{n}"] = forms.ChoiceField(label="比较", choices=OPS, required=False)
            self.fields[f"value_{n}"] = text("值", "数字、文字，或 是、否。")
        for n in range(counts["copy"]):
            self.fields[f"copy_{n}"] = signer(f"抄送给 {n + 1}")

    def rows(self, *keys: str) -> list[forms.BoundField]:
        return [self[f"{key}_{n}"] for n in range(self.counts[keys[0]]) for key in keys]

    def who_fields(self) -> list[forms.BoundField]:
        return self.rows("who")

    def parts(self) -> list[dict[str, Any]]:
        """What is folded away: title, what is set in a few words, fields; open where something is wrong."""
        values = {bound.name: bound.value() for bound in self}
        told: list[tuple[str, Sequence[forms.BoundField], str]] = [
            ("票签的通过票数", (self["votes_by"], self["votes"]), votes_said(values)),
            ("岗位无人担任", (self["on_empty"], self["fallback"]), empty_said(values)),
            ("有人不同意", (self["on_reject"],), reject_said(values)),
            ("时限和催办", [self[name] for name in DUE.values()], due_said(values)),
            ("只在满足条件时办理", self.rows("fact", "op", "value"), when_said(values)),
            ("允许的操作和意见", (self["allow"], self["opinion"]), allow_said(values)),
            ("抄送", self.rows("copy"), copy_said(values)),
        ]
        return [
            {
                "title": title,
                "said": said,
                "fields": [(bound, _width(bound.name)) for bound in fields],
                "open": any(bound.errors for bound in fields),
            }
            for title, fields, said in told
        ]

    @property
    def blank(self) -> bool:
        """Nothing typed: no step."""
        typed = (name for name, field in self.fields.items() if isinstance(field, forms.CharField))
        return not any(self.cleaned_data.get(name) for name in typed)

    def document(self, read: Read) -> dict[str, Any]:
        given = self.cleaned_data
        self.places["votes"] = "votes"
        document = {name: given[name] for name in ("name", "mode", "on_empty", "allow", "opinion", "claim")}
        if given["fallback"]:
            document["on_empty"] = self.rule("fallback", "on_empty", read)
        if given["on_reject"]:
            document["on_reject"] = given["on_reject"]
        if given["votes"]:
            by = given["votes_by"] or "count"
            document["votes"] = {by: whole(given["votes"]) if by == "count" else part(given["votes"])}
        if any(given[name] for name in DUE.values() if name != "due_unit"):
            document["due"] = self._due(read)
        return document | {
            "who": self._rules("who", read),
            "copy": self._rules("copy", read),
            "when": self._conditions(),
        }

    def _rules(self, key: str, read: Read) -> list[Any]:
        self.places[key] = f"{key}_0"
        filled = [name for n in range(self.counts[key]) if self.cleaned_data[name := f"{key}_{n}"]]
        return [self.rule(name, f"{key}[{n}]", read) for n, name in enumerate(filled)]

    def _conditions(self) -> list[dict[str, Any]]:
        given = self.cleaned_data
        found: list[dict[str, Any]] = []
        for n in range(self.counts["fact"]):
            fact, value = given[f"fact_{n}"], given[f"value_{n}"]
            if fact or value:
                names = {"fact": f"fact_{n}", "op": f"op_{n}", "value": f"value_{n}"}
                self.places |= {f"when[{len(found)}].{key}": name for key, name in names.items()}
                found.append({"fact": fact, "op": given[f"op_{n}"] or "=", "value": fact_read(value)})
        return found

    def _due(self, read: Read) -> dict[str, Any]:
        given = self.cleaned_data
        self.places |= {f"due.{key}": name for key, name in DUE.items()}
        due = {"after": whole(given["due_after"]), "unit": given["due_unit"] or "days"}
        due["remind"] = whole(given["remind"] or "0")
        if given["escalate_to"] or given["escalate_after"]:
            due["escalate"] = {"after": whole(given["escalate_after"] or "0")}
        if given["escalate_to"]:
            due["escalate"]["to"] = self.rule("escalate_to", "due.escalate.to", read)
        if given["then_do"] or given["then_after"]:
            due["then"] = {"after": whole(given["then_after"] or "0"), "do": given["then_do"] or None}
        return due


def _width(name: str) -> str:
    if name.startswith(("due_", "remind", "fact_", "op_", "value_")):
        return "w-third"
    return "" if name in ("allow", "opinion", "on_reject") else "w-half"


def whole(typed: str) -> Any:
    """The number, of either width; else what was typed, for the reader to refuse."""
    digits = unicodedata.normalize("NFKC", typed)
    return int(digits) if digits.isdecimal() and len(digits) < 10 else typed


def part(typed: str) -> str:
    """67% is 67/100."""
    plain = unicodedata.normalize("NFKC", typed).replace(" ", "")
    try:
        return str(Fraction(plain[:-1]) / 100) if plain.endswith("%") else plain
    except (ValueError, ZeroDivisionError):
        return plain
