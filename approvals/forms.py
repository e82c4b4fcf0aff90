"""Forms of a decision. Whether it may be is said by the engine (`Refused`); these keep what was typed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from foundation.organization.forms import RowsField
from foundation.organization.models import Appointment, Unit
from foundation.organization.posts import OFFICE_POSTS
from foundation.organization.templatetags.components import Hinted

from .engine.terms import To
from .models import QuickOpinions, Route
from .offers import Offer
from .proxies import UNFIT, candidates

REASONS = (
    ("missing", "缺少材料"),
    ("incomplete", "内容不全"),
    ("wrong", "数据有误"),
    ("unclear", "图片或附件不清"),
    ("other", "其他"),
)
LONGEST = 500
ONLY = "只改勾选的内容，改好后直接回到您这里，不再经过前面的环节。"


def told(reason: str, text: str) -> str:
    """内容不全，请补填日期; 其他 says nothing beside words."""
    if reason == "other" and text:
        return text
    return "，".join(filter(None, (dict(REASONS).get(reason, ""), text)))


def text_area(rows: int, **attrs: Any) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows} | attrs)


class OpinionField(forms.CharField):
    """Words as they are typed. The browser is not told how many: it would cut off without a word what is pasted, and
    it counts 𠮷 and 👍 as two."""

    default_error_messages = {"max_length": "最多 %(limit_value)d 字，现在有 %(show_value)d 字，请删减。"}

    def __init__(self, *, max_length: int = LONGEST, **options: Any) -> None:
        super().__init__(max_length=max_length, **options)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {name: value for name, value in super().widget_attrs(widget).items() if name != "maxlength"}

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n")


class OpinionForm(forms.Form):
    """A sentence of one's own list, words of one's own, or both; `signer` is the row the page showed."""

    signer = forms.IntegerField(widget=forms.HiddenInput, required=False)
    quick = forms.ChoiceField(
        label="常用意见", required=False, widget=forms.RadioSelect(attrs={"class": "is-chips"})
    )
    text = OpinionField(label="补充意见", required=False, widget=text_area(2))

    def __init__(self, *args: Any, lines: list[str], needed: str = "", **kwargs: Any) -> None:
        """`needed`: the sentence where an opinion is needed and there is none."""
        super().__init__(*args, **kwargs)
        self.needed = needed
        choices: Any = self.fields["quick"]
        choices.choices = [(line, line) for line in lines]
        if not lines:
            del self.fields["quick"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        given["opinion"] = f"{given.get('quick', '')}{given.get('text', '').strip()}"
        if self.needed and not given["opinion"] and "text" not in self.errors:
            self.add_error("text", self.needed)
        return given


class ActForm(forms.Form):
    """Whom, and in which words; `offer` says what is needed."""

    signer = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, offer: Offer, people: QuerySet[Appointment] | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if people is not None:
            self.fields["people"] = _people_field(offer, people)
        self.fields["opinion"] = OpinionField(
            label=offer.text,
            required=bool(offer.needed),
            error_messages={"required": offer.needed},
            widget=text_area(3),
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        people = given.get("people") or ()
        given["people"] = [one.pk for one in ((people,) if isinstance(people, Appointment) else people)]
        return given


def _chips() -> forms.CheckboxSelectMultiple:
    return forms.CheckboxSelectMultiple(attrs={"class": "is-chips"})


def _people_field(offer: Offer, people: QuerySet[Appointment]) -> forms.ModelChoiceField:
    """Many are ticked, one is chosen."""
    missing = {"required": "请选择人员。", "invalid_choice": "所选人员已不能选，请另选。"}
    one = offer.people == "one"
    kind: Any = forms.ModelChoiceField if one else RowsField
    more = {"empty_label": "请选择"} if one else {"widget": forms.CheckboxSelectMultiple}
    field = kind(people, label=offer.whom, error_messages=missing, **more)
    field.label_from_instance = str
    return field


class ReturnForm(forms.Form):
    """To whom, which parts and why, and the opinion on the whole. `parts` are those of Matter.parts."""

    signer = forms.IntegerField(widget=forms.HiddenInput, required=False)
    to = forms.ChoiceField(
        label="退回到",
        widget=forms.RadioSelect,
        initial=To.INITIATOR.value,
        error_messages={"invalid_choice": "现在不能退回到那里，请另选。"},
    )
    opinion = OpinionField(
        label="退回意见",
        required=False,
        widget=text_area(3),
        help_text="会发给对方，并记入办理过程。勾选了需要补正的内容时可不填。",
    )

    def __init__(
        self, *args: Any, parts: list[tuple[str, str]], to: list[tuple[str, str, str]], only: bool = False,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        """`to`: (value, who, what follows); `only`: 仅补正 can be ticked."""
        super().__init__(*args, **kwargs)
        self.parts = parts
        choices: Any = self.fields["to"]
        choices.choices = [(value, Hinted(who, says)) for value, who, says in to]
        if only and parts:
            self.fields["only"] = forms.BooleanField(label="仅补正", required=False, help_text=ONLY)
        for n, (_, label) in enumerate(parts):
            self.fields[f"part_{n}"] = forms.BooleanField(label=label, required=False)
            self.fields[f"reason_{n}"] = forms.ChoiceField(label="原因", choices=REASONS, required=False)
            self.fields[f"text_{n}"] = OpinionField(label="补正要求", max_length=200, required=False)

    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField, forms.BoundField]]:
        return [(self[f"part_{n}"], self[f"reason_{n}"], self[f"text_{n}"]) for n in range(len(self.parts))]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        given["remarks"] = [
            {"part": key, "reason": given.get(f"reason_{n}", ""), "text": given.get(f"text_{n}", "").strip()}
            for n, (key, _) in enumerate(self.parts)
            if given.get(f"part_{n}")
        ]
        if given.get("only") and not given["remarks"]:
            self.add_error("only", "请勾选需要补正的内容。")
        given["opinion"] = given.get("opinion", "").strip() or self._told(given["remarks"])
        if not given["opinion"] and "opinion" not in self.errors:
            self.add_error("opinion", "请写明退回的原因，或勾选需要补正的内容。")
        return given

    def _told(self, remarks: list[dict[str, str]]) -> str:
        """签到表：内容不全，请补填日期。 Where the parts say it all."""
        labels = dict(self.parts)
        said = [f"{labels[one['part']]}：{told(one['reason'], one['text'])}" for one in remarks]
        return f"{'；'.join(said)}。"[:LONGEST] if said else ""


class QuickOpinionsForm(forms.Form):
    lines = forms.CharField(
        label="常用意见",
        required=False,
        max_length=400,
        widget=text_area(6),
        help_text="一行一条，最多 8 条，每条不超过 40 字。不填则恢复默认。",
    )

    def clean_lines(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["lines"].splitlines()]
        lines = list(dict.fromkeys(line for line in lines if line))
        if len(lines) > 8 or any(len(line) > 40 for line in lines):
            raise forms.ValidationError("最多 8 条，每条不超过 40 字，请删减。")
        return lines or list(QuickOpinions.DEFAULTS)


class ProxyForm(forms.Form):
    to = forms.ModelChoiceField(
        label="代理人",
        queryset=Appointment.objects.select_related("person"),
        error_messages={"invalid_choice": UNFIT},
    )
    start = forms.DateField(label="自", widget=forms.DateInput, initial=timezone.localdate)
    end = forms.DateField(label="至", widget=forms.DateInput, help_text="到这一天为止，含当天。")
    reason = forms.CharField(label="事由", max_length=60, required=False)
    routes = RowsField(
        label="审批路线",
        queryset=Route.objects.filter(retired=False).order_by("pk"),
        required=False,
        error_messages={"invalid_choice": "这条审批路线已停用，请重新选择。"},
        widget=_chips(),
        help_text="不选就是全部审批。",
    )
    units = RowsField(
        label="单位",
        queryset=Unit.objects.filter(ended_on=None),
        required=False,
        error_messages={"invalid_choice": "这个单位已撤销，请重新选择。"},
        widget=_chips(),
        help_text="只代理这些单位送来的事项；不选就是全部单位。",
    )

    def __init__(self, *args: Any, owner: Appointment, **kwargs: Any) -> None:
        """Anybody of the unit can be sent: the service says why one can't stand for `owner`. A unit's heads sign
        for their own unit alone, so that only the office is asked for units."""
        super().__init__(*args, **kwargs)
        to: Any = self.fields["to"]
        to.queryset = to.queryset.filter(unit=owner.unit_id)
        fit = candidates(owner, timezone.localdate())
        named = [(seat.pk, f"{seat.person.name}（{seat.get_post_display()}）") for seat in fit]
        to.choices = [("", "请选择"), *named]
        if owner.post not in OFFICE_POSTS:
            del self.fields["units"]
