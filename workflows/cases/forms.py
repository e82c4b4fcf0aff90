"""Forms of a case. Whether a step may be is said by the law (gates.py); these keep what was typed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from foundation.organization.forms import InstantField, RowsField, countable
from foundation.organization.models import Appointment

from .events import Event
from .models import Case
from .pack import Pack
from .register import About
from .rule_words import FLAGS

Choices = list[tuple[str, list[tuple[str, str]]]]  # in groups


class CaseForm(forms.Form):
    title = forms.CharField(
        label="案由", max_length=100, help_text="如 某厂关闭可燃气体报警装置案。不写当事人姓名。"
    )
    agency = forms.ChoiceField(label="办案机关", choices=Case.Agency, widget=forms.RadioSelect)
    team = RowsField(
        Appointment.objects.none(), label="办案人员", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请选择办案人员，至少两名。"},
    )  # fmt: skip
    qualified = RowsField(
        Appointment.objects.none(),
        label="其中有执法资格的",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    reviewer = forms.CharField(label="法制审核人员", max_length=40, required=False)
    violation_ended = forms.DateField(
        label="违法行为终了日期", required=False, widget=forms.DateInput, help_text="填写后计算追究时效。",
        validators=[countable],
    )  # fmt: skip
    flags = forms.MultipleChoiceField(
        label="本案情形", choices=list(FLAGS.items()), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, people: QuerySet[Appointment], papers: Pack, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("team", "qualified"):
            field: Any = self.fields[name]
            field.queryset, field.label_from_instance = people, str
        self.papers = [(f"file_{one.code}", one) for one in papers.file]
        for name, paper in self.papers:
            self.fields[name] = forms.CharField(
                label=paper.name,
                required=False,
                max_length=100,
                help_text="有的填“有”；没有的写明原因，如 鉴定后补。",
            )

    def paper_fields(self) -> list[forms.BoundField]:
        return [self[name] for name, _ in self.papers]

    def about(self) -> About:
        given = self.cleaned_data
        file: dict[str, bool | str] = {
            paper.code: True if given[name].strip() == "有" else given[name].strip()
            for name, paper in self.papers
            if given[name].strip()
        }
        return About(
            given["title"].strip(), given["agency"], tuple(one.pk for one in given["team"]),
            tuple(one.pk for one in given["qualified"]), given["reviewer"].strip(), tuple(given["flags"]), file,
            given["violation_ended"],
        )  # fmt: skip


def initial_of(case: Case) -> dict[str, Any]:
    file = {f"file_{code}": "有" if there is True else there for code, there in case.file.items()}
    return file | {
        "title": case.title, "agency": case.agency, "team": [one.pk for one in case.team.all()],
        "qualified": case.qualified, "reviewer": case.reviewer, "flags": case.flags,
        "violation_ended": case.violation_ended,
    }  # fmt: skip


class EventForm(forms.Form):
    step = forms.ChoiceField(label="步骤")
    at = InstantField(label="发生时间", help_text="按实际生效的时间填写，可以补记。")
    post = forms.ChoiceField(label="由谁作出", required=False)
    document = forms.CharField(label="文书", max_length=60, required=False)
    number = forms.CharField(label="文号", max_length=60, required=False)
    reason = forms.CharField(
        label="理由", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="不批准移送的必须填写。",
    )  # fmt: skip

    def __init__(self, *args: Any, pack: Pack, steps: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        step, post = (self.fields[name] for name in ("step", "post"))
        step.choices = steps  # type: ignore[attr-defined]
        post.choices = [("", "不需要说明"), *pack.posts.items()]  # type: ignore[attr-defined]

    def event(self) -> Event:
        given = self.cleaned_data
        return Event(
            given["step"], given["at"], given["document"], given["number"], given["post"], given["reason"]
        )
