"""What may be done to a draft in each of its states: the form it takes, what follows, the service that does it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from foundation.organization.actors import Actor
from foundation.organization.doings import Doing
from foundation.organization.models import Unit

from ..models import Draft, Seal
from ..models.draft import OPEN
from ..sealing.permissions import usable
from ..writing.tidying import tidy
from . import handling
from .forms import LONGEST
from .permissions import asked_to_seal, handles_draft, writes_draft
from .places import keepers_of, names_of, open_to
from .registering import Found


class DraftForm(forms.Form):
    """Nothing to fill in; others ask on top of it."""

    def __init__(self, data: Any, *, draft: Draft, actor: Actor, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.draft, self.actor = draft, actor


class WhyForm(DraftForm):
    reason = forms.CharField(label="理由", max_length=200, widget=forms.Textarea(attrs={"rows": 3}))


class SendForm(DraftForm):
    cosigners = forms.MultipleChoiceField(
        label="会签单位", required=False, widget=forms.CheckboxSelectMultiple(attrs={"class": "is-chips"}),
        help_text="内容涉及其他单位职责的，由它的主要负责人会签；都办完才送签发。",
    )  # fmt: skip
    joint = forms.BooleanField(
        label="联合行文", required=False,
        help_text="会签单位一同署名、用印时勾选；本机关主办，用本机关的发文字号。",
    )  # fmt: skip
    main_head = forms.BooleanField(
        label="由主要负责人签发", required=False,
        help_text="重要的公文勾选；报告、请示总由主要负责人签发。安委办没有另设主要负责人的，由安办主任签发。",
    )  # fmt: skip

    def __init__(self, data: Any, *, draft: Draft, actor: Actor, **kwargs: Any) -> None:
        super().__init__(data, draft=draft, actor=actor, **kwargs)
        units = Unit.objects.filter(ended_on=None).exclude(pk=draft.organ_id)
        self.fields["cosigners"].choices = list(units.values_list("code", "short_name"))  # type: ignore[attr-defined]
        self.initial = {name: getattr(draft, name) for name in ("cosigners", "joint", "main_head")}


class CheckForm(DraftForm):
    found = forms.ChoiceField(
        label="复核结果", widget=forms.RadioSelect, error_messages={"required": "请选择复核结果。"},
        choices=[
            (Found.RIGHT.value, "无误，可以登记编号"),
            (Found.EDITORIAL.value, "文字性修改：错别字、标点、格式，不改变意思，改动逐行记入办理过程"),
            (Found.SUBSTANTIAL.value, "实质性修改：改动后送原签批人复审"),
            (Found.BACK.value, "退回起草人修改，重新签批"),
        ],
    )  # fmt: skip
    text = forms.CharField(
        label="正文", required=False, strip=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 18}),
        help_text="选文字性或实质性修改的，在这里改。",
    )  # fmt: skip
    reason = forms.CharField(label="退回理由", required=False, max_length=200, help_text="退回的必须填写。")
    revision = forms.IntegerField(
        widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1,
        error_messages={"required": "请刷新页面，看过现在的正文再复核。"},
    )  # fmt: skip

    def __init__(self, data: Any, *, draft: Draft, actor: Actor, **kwargs: Any) -> None:
        super().__init__(data, draft=draft, actor=actor, **kwargs)
        self.initial = {"text": draft.text, "revision": draft.revision}

    def clean_text(self) -> str:
        return tidy(self.cleaned_data["text"]).text


FREE, LATER = "", "later"


class SealForm(DraftForm):
    """A choice for the one organ of a paper; of a joint one for each that has not sealed yet and is this person's to ask."""

    def __init__(self, data: Any, *, draft: Draft, actor: Actor, **kwargs: Any) -> None:
        super().__init__(data, draft=draft, actor=actor, **kwargs)
        day = timezone.localdate()
        organs = [place.organ for place in open_to(draft, actor, day)] if draft.joint else [draft.organ]
        kept = keepers_of(organs, day) if draft.joint and handles_draft(draft, actor, day) else {}
        found = list(Seal.objects.filter(usable(actor.post, day)))
        self.codes = {_place(draft, unit): unit.code for unit in organs}
        for unit in organs:
            seals = [(str(seal.pk), f"加盖“{seal.name}”") for seal in found if seal.organ_id == unit.pk]
            self._ask(unit, seals, names_of(kept.get(unit.code, ())))

    def _ask(self, unit: Unit, seals: list[tuple[str, str]], keepers: str) -> None:
        own = unit.pk == self.draft.organ_id
        later = [(LATER, f"由该机关的用印人办理：{keepers}")] if keepers and not own else []
        name = _place(self.draft, unit)
        self.fields[name] = forms.ChoiceField(
            label="用印" if own else f"{unit.short_name}用印", required=False, widget=forms.RadioSelect,
            choices=[*seals, *later, (FREE, "不用电子印章，留出盖章位置")],
            help_text="用系统里的印章，用印登记簿同时记一笔；实物印章在印出的纸上加盖。" if own else "",
        )  # fmt: skip
        if not own:
            self.initial[name] = LATER if later else seals[0][0] if seals else FREE

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "seals": [int(chosen) for chosen in given.values() if chosen not in (FREE, LATER)],
            "free": [self.codes[name] for name, chosen in given.items() if chosen == FREE],
        }


def _place(draft: Draft, unit: Unit) -> str:
    return "seal" if unit.pk == draft.organ_id else f"seal_{unit.code}"


State = Draft.State
DOINGS = {
    "send": Doing(
        "送签", "已送签。", writes_draft, OPEN, handling.send, SendForm,
        "送签以后不能再改，先核稿，有会签单位的由各单位主要负责人会签，再签发。起草、送签的人不能签发。", first=True,
    ),
    "withdraw": Doing(
        "撤回", "已撤回，可以修改后重新送签。", writes_draft, (State.IN_APPROVAL, State.SIGNING_AGAIN), handling.withdraw, DraftForm,
        "撤回以后可以修改，改好要重新送签，签批从头开始。由送签的人撤回。",
    ),
    "check": Doing(
        "复核", "已复核。", handles_draft, (State.SIGNED,), handling.check, CheckForm,
        "核对签批手续、附件和格式。文字性修改直接改，实质性修改要送原签批人复审。", first=True,
    ),
    "register": Doing(
        "登记编号", "已登记编号。", handles_draft, (State.CHECKED,), handling.register, DraftForm,
        "编定发文字号：序号接着本年上一件，编定以后不能改，作废也不再使用。成文日期是签发的那一天。", first=True,
    ),
    "seal": Doing(
        "用印", "已用印。", asked_to_seal, (State.REGISTERED,), handling.seal, SealForm,
        "用印以后不能换印章；盖错的作废，重新发文。联合行文的，各机关都办完用印才能印发。", first=True,
    ),
    "issue": Doing(
        "印发", "已印发，PDF 正在生成。", handles_draft, (State.SEALED,), handling.issue, DraftForm,
        "生成正式公文。印发以后谁都不能再改；有错的另发一件更正，注明原文号。", first=True,
    ),
    "archive": Doing(
        "归档", "已归档。", handles_draft, (State.ISSUED,), handling.archive, DraftForm,
        "归入档案，编定档号，文稿的办理到此结束。", first=True,
    ),
    "void": Doing(
        "作废", "已作废。", handles_draft, (*OPEN, "in_approval", "signed", "signing_again", "checked", "registered", "sealed"),
        handling.void, WhyForm, "不再办理，文稿留着备查。已经编了号的，号码不再使用。",
    ),
}  # fmt: skip


def offered(draft: Draft, actor: Actor) -> dict[str, Doing]:
    """What this person may do to it now."""
    day = timezone.localdate()
    may = {rule: rule(draft, actor, day) for rule in (writes_draft, handles_draft, asked_to_seal)}
    return {do: one for do, one in DOINGS.items() if draft.state in one.states and may[one.rule]}
