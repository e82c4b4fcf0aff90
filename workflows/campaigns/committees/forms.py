"""How a committee is set up, and who joins it."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.db.models import Q

from foundation.organization.models import Person
from workflows.plans.models import Plan

from ..models import CommitteeMember

NAMED = re.compile(r"(?:成立|组成|设立)?(?P<name>[^，。；：\n]{2,60}?(?:指导委员会|组委会|领导小组))")
LEAD_IN = re.compile(r"^.*(?:成立|组成|设立)")


def name_in(plan: Plan) -> str:
    """As the plan calls it, else by its year."""
    found = NAMED.search(plan.text.replace("\n", ""))
    named = LEAD_IN.sub("", found["name"]).lstrip("了由") if found else ""
    return named[:80] or f"{plan.year or ''}年活动指导委员会".lstrip("年")


class SetUpForm(forms.Form):
    name = forms.CharField(label="名称", max_length=80)
    ends_on = forms.DateField(
        label="撤销日期", widget=forms.DateInput, help_text="到这一天为止，次日自动撤销。"
    )
    deputies = forms.BooleanField(label="承担任务的单位的分管负责人都列为成员", required=False, initial=True)

    def __init__(self, data: Any, *, plan: Plan, count: int) -> None:
        super().__init__(data, initial={"name": name_in(plan), "ends_on": plan.ends_on, "deputies": True})
        self.fields["deputies"].help_text = f"现在共 {count} 人；以后可以逐个增减。"


class MemberForm(forms.Form):
    """`cleaned_data["person"]` is the one who is meant."""

    person = forms.CharField(label="姓名或账号", max_length=40)
    role = forms.ChoiceField(label="职务", choices=CommitteeMember.Role.choices, initial="member")

    def clean_person(self) -> Person:
        words = self.cleaned_data["person"].strip()
        found = list(Person.objects.filter(Q(name=words) | Q(username=words), is_active=True)[:2])
        if not found:
            raise forms.ValidationError(f"没有叫“{words}”的在用账号，请核对姓名或账号。")
        if len(found) > 1:
            raise forms.ValidationError(f"有几个人叫“{words}”，请填账号。")
        return found[0]
