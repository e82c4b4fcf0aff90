"""What is asked of a duty, of handing it in and of its receipt."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from documents.models import Document
from foundation.organization.forms import RowsField
from foundation.organization.models import Appointment
from foundation.organization.posts import OFFICE_POSTS
from workflows.plans.models import Plan
from workflows.plans.permissions import IN_FORCE

from ..models import UpwardDuty
from .services import KEPT

PAPERS = 40  # the latest ones to choose from


class DutyForm(forms.ModelForm):
    class Meta:
        model = UpwardDuty
        fields = ("kind", "title", "to", "due_on", "handler", "plan", "basis")
        widgets = {"due_on": forms.DateInput, "basis": forms.Textarea(attrs={"rows": 2})}
        help_texts = {
            "to": "上级单位，例如清远市安委办。", "due_on": "当日 24 时为限，休息日不顺延。",
            "handler": "不选的，提醒安办全体经办。", "basis": "哪份文件、哪句话要求的。",
        }  # fmt: skip

    def __init__(self, *args: Any, organ: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        serving = Appointment.objects.in_force(timezone.localdate()).select_related("person", "unit")
        handler, plan = self.fields["handler"], self.fields["plan"]
        handler.queryset = serving.filter(unit=organ, post__in=OFFICE_POSTS)  # type: ignore[attr-defined]
        handler.empty_label = "暂不指定"  # type: ignore[attr-defined]
        plan.queryset = Plan.objects.filter(state__in=IN_FORCE).only("title")  # type: ignore[attr-defined]
        plan.empty_label = "不属于某个活动"  # type: ignore[attr-defined]
        if not self.is_bound and not self.instance.kind:
            self.initial.setdefault("kind", "summary")

    def values(self) -> dict[str, Any]:
        given = self.cleaned_data
        ids = {
            "handler_id": given["handler"] and given["handler"].pk,
            "plan_id": given["plan"] and given["plan"].pk,
        }
        return {name: ids.get(name, given.get(name)) for name in KEPT}


class HandInForm(forms.Form):
    handed_on = forms.DateField(label="报送日期", widget=forms.DateInput)
    channel = forms.CharField(label="报送方式", max_length=40, required=False, initial="粤政易协同办公平台")
    papers = RowsField(
        label="随报的公文", queryset=Document.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple, help_text="总结、汇总统计表等，按报送时的那一份留存。",
    )  # fmt: skip
    file = forms.FileField(label="报送的材料", required=False, help_text="不是在本系统印发的，在这里上传。")
    receipt = forms.CharField(
        label="回执编号", max_length=60, required=False, help_text="已经有的就填，没有的以后再登记。"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["handed_on"].initial = timezone.localdate()
        issued = Document.objects.filter(state=Document.State.ISSUED, original=None, unit=None)
        kinds = ("report", "statistics", "notice", "letter", "circular", "request")
        latest = issued.filter(kind__in=kinds).order_by("-pk").values_list("pk", flat=True)[:PAPERS]
        field: Any = self.fields["papers"]
        field.queryset = Document.objects.filter(pk__in=list(latest)).order_by("-pk").defer("content")
        field.label_from_instance = lambda one: (
            f"{one.title}{f'（{one.full_number}）' if one.full_number else ''}"
        )


class ReceiptForm(forms.Form):
    receipt = forms.CharField(label="回执编号", max_length=60, required=False)
    file = forms.FileField(label="回执", required=False, help_text="截图或扫描件。")
