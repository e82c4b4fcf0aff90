"""Forms of 考核."""

from __future__ import annotations

from typing import Any

from django import forms

from foundation.organization.models import Unit

from .scheme import Bonus, Scheme


def _words(label: str, hint: str, longest: int = 500) -> forms.CharField:
    box = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(label=label, help_text=hint, max_length=longest, widget=box)


class AdjustForm(forms.Form):
    unit = forms.ModelChoiceField(Unit.objects.none(), label="单位", empty_label="请选择")
    code = forms.ChoiceField(label="项目", widget=forms.RadioSelect)
    points = forms.DecimalField(
        label="加分",
        min_value=0,
        max_digits=5,
        decimal_places=2,
        required=False,
        help_text="一票否决不用填。",
    )
    why = _words("事由和依据", "写清什么事、依据哪份文件或报道，会印在得分表上。", 200)

    def __init__(self, *args: Any, scheme: Scheme, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        bonuses = [
            (one.code, f"加分：{one.name}（最多 {one.most} 分）{_counted(one)}") for one in scheme.bonuses
        ]
        vetoes = [(one.code, f"一票否决：{one.name}（定为{one.grade}）") for one in scheme.vetoes]
        self.fields["code"].choices = bonuses + vetoes  # type: ignore[attr-defined]


def _counted(bonus: Bonus) -> str:
    return "：登记册里有的系统已自动计分，这里只补登记册以外的" if bonus.counted else ""


class AppealForm(forms.Form):
    reason = _words("申诉理由", "写清哪里与事实不符、有什么材料可以证明。")


class DecideForm(forms.Form):
    points = forms.DecimalField(
        label="更正的分值", min_value=0, max_digits=5, decimal_places=2, help_text="加回几分；维持原分填 0。"
    )
    answer = _words("复核意见", "单位看得到；予以更正的，印在下一版得分表上。")
