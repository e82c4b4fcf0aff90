"""Forms of parties, acts, decisions and evidence. They check shapes; the services say what is wrong with what was told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, ClassVar

from django import forms
from django.forms.models import model_to_dict

from foundation.organization.forms import countable

from ..loading import every_pack
from ..models import Act, Case, Decision, Evidence, Party
from ..penalties.articles import article_typed
from ..rule_words import FACTS, ROLES, STAGES
from ..standing import pack_of
from .facts import ActFacts, DecisionFacts, EvidenceFacts, Facts, HarmFacts, PartyFacts

ARTICLE_HINT = "如 第N条第（四）项；也可写成 N(4)，款写成 N-1。规则里没有的条文照写，显示为“未核实”。"
UNSAID = [("", "不说明")]


class RowForm(forms.Form):
    """`widths`: of its fields, in their order on the page."""

    widths: ClassVar[dict[str, str]] = {}

    def __init__(self, *args: Any, case: Case, row: Any = None, **kwargs: Any) -> None:
        first = model_to_dict(row, fields=self.base_fields) if row else {}
        super().__init__(*args, **{"initial": first, **kwargs})
        self.case, self.row = case, row

    def laid_out(self) -> Iterator[tuple[forms.BoundField, str]]:
        return ((self[name], width) for name, width in self.widths.items())

    def facts(self) -> Facts:
        raise NotImplementedError

    def clean_article(self) -> str:
        pack = pack_of(self.case, every_pack())
        law = pack.laws.get(pack.penalties.law)
        return article_typed(self.cleaned_data["article"], law.name if law else "")

    def _choose(self, name: str, rows: Any, first: str) -> None:
        field: Any = self.fields[name]
        field.choices = [("", first), *((str(one.pk), str(one)) for one in rows)]


def picked(given: str) -> int | None:
    return int(given) if given else None


class PartyForm(RowForm):
    widths: ClassVar = {
        "kind": "", "name": "w-half", "code": "w-half", "of": "w-third", "role": "w-third", "income": "w-third"
    }  # fmt: skip

    kind = forms.ChoiceField(label="当事人是", choices=Party.Kind, widget=forms.RadioSelect)
    name = forms.CharField(label="名称或姓名", max_length=60)
    code = forms.CharField(
        label="统一社会信用代码或身份证号", max_length=18, required=False,
        help_text="单位填信用代码，个人填身份证号，可不填。校验后保存，页面上只显示首尾。",
    )  # fmt: skip
    of = forms.ChoiceField(label="所在单位", required=False, help_text="只用于个人。")
    role = forms.ChoiceField(label="身份", required=False, choices=[*UNSAID, *ROLES.items()])
    income = forms.IntegerField(
        label="上一年年收入（元）", required=False, help_text="按收入比例罚款的才填。"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        entities = Party.objects.filter(case=self.case, kind=Party.Kind.ENTITY, struck_at=None)
        self._choose("of", entities.exclude(pk=self.row.pk if self.row else 0), "无")

    def facts(self) -> PartyFacts:
        given = self.cleaned_data
        return PartyFacts(
            given["kind"], given["name"].strip(), given["code"].strip().upper(), picked(given["of"]),
            given["role"], given["income"],
        )  # fmt: skip


class ActForm(RowForm):
    widths: ClassVar = {"text": "", "article": "w-half", "stage": "w-half"}

    text = forms.CharField(
        label="违法行为", max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="写清时间、地点、做了什么。",
    )  # fmt: skip
    article = forms.CharField(label="适用条文", max_length=20, required=False, help_text=ARTICLE_HINT)
    stage = forms.ChoiceField(label="情形", required=False, choices=[*UNSAID, *STAGES.items()])

    def facts(self) -> ActFacts:
        given = self.cleaned_data
        return ActFacts(given["text"].strip(), given["article"], given["stage"])


class DecisionForm(RowForm):
    widths: ClassVar = {
        "number": "w-half", "date": "w-half", "party": "w-half", "act": "w-half", "article": "w-half",
        "stage": "w-half", "amount": "w-third", "gains": "w-third", "other": "w-third", "apart": "",
    }  # fmt: skip

    number = forms.CharField(label="决定书文号", max_length=60, help_text="如 某应急罚〔2026〕1号。")
    date = forms.DateField(label="决定日期", widget=forms.DateInput, validators=[countable])
    party = forms.ChoiceField(label="当事人")
    act = forms.ChoiceField(label="违法行为")
    article = forms.CharField(label="处罚条文", max_length=20, help_text=ARTICLE_HINT)
    stage = forms.ChoiceField(label="情形", required=False, choices=[*UNSAID, *STAGES.items()])
    amount = forms.IntegerField(label="罚款（元）", initial=0, help_text="没有罚款填 0。")
    gains = forms.IntegerField(label="违法所得（元）", initial=0, help_text="没有填 0。")
    other = forms.CharField(
        label="其他处罚", max_length=100, required=False, help_text="如 责令停产停业整顿。"
    )
    apart = forms.CharField(
        label="不是同一行为的理由", max_length=200, required=False,
        help_text="对同一当事人、同一违法行为已经罚过款的，不能再罚；确是另一行为的，在这里写明。",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choose("party", Party.objects.filter(case=self.case, struck_at=None), "请选择")
        self._choose("act", Act.objects.filter(case=self.case, struck_at=None), "请选择")

    def facts(self) -> DecisionFacts:
        given = self.cleaned_data
        return DecisionFacts(
            int(given["party"]), int(given["act"]), given["number"].strip(), given["date"], given["article"],
            given["stage"], given["amount"], given["other"].strip(), given["gains"], given["apart"].strip(),
        )  # fmt: skip


class EvidenceForm(RowForm):
    widths: ClassVar = {"kind": "w-third", "name": "w-third", "on": "w-third", "note": "", "file": ""}

    kind = forms.ChoiceField(label="种类", choices=Evidence.Kind)
    name = forms.CharField(label="名称", max_length=100, help_text="如 现场照片 14 张。")
    on = forms.DateField(label="取得日期", widget=forms.DateInput, validators=[countable])
    note = forms.CharField(
        label="说明", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="证明什么、由谁取得、原件存放在哪里。",
    )  # fmt: skip
    file = forms.FileField(
        label="文件", required=False, widget=forms.FileInput, help_text="可不传。以前传的文件仍然保留。"
    )

    def facts(self) -> EvidenceFacts:
        given = self.cleaned_data
        told = EvidenceFacts(given["kind"], given["name"].strip(), given["on"], given["note"].strip())
        file = given["file"]
        return replace(told, file=file.file, file_name=file.name) if file else told


class HarmForm(forms.Form):
    dead = forms.IntegerField(label="死亡人数", initial=0)
    injured = forms.IntegerField(label="重伤人数", initial=0)
    loss = forms.IntegerField(label="直接经济损失（元）", initial=0)
    facts = forms.MultipleChoiceField(
        label="有下列情形", choices=list(FACTS.items()), required=False, widget=forms.CheckboxSelectMultiple
    )

    def told(self) -> HarmFacts:
        given = self.cleaned_data
        return HarmFacts(given["dead"], given["injured"], given["loss"], tuple(given["facts"]))


class WhyForm(forms.Form):
    why = forms.CharField(label="原因", max_length=200, widget=forms.Textarea(attrs={"rows": 2}))


class DayForm(forms.Form):
    on = forms.DateField(label="日期", widget=forms.DateInput, validators=[countable])


class DayWhyForm(DayForm, WhyForm):
    field_order = ("on", "why")


ROWS: dict[str, tuple[type[Any], type[RowForm], str]] = {
    "party": (Party, PartyForm, "当事人"),
    "act": (Act, ActForm, "违法行为"),
    "decision": (Decision, DecisionForm, "处罚决定"),
    "evidence": (Evidence, EvidenceForm, "证据"),
}
