"""Forms of master data. They check shapes; whether it may be is said by the services (`Refused`)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.core.validators import RegexValidator
from django.utils import timezone

from .codes import document_code
from .models import FAR, Person, Unit
from .passwords import expired
from .posts import Post
from .typed import YEARS, number

SEPARATORS = re.compile(r"[、,，;；\n]+")


class SignInForm(AuthenticationForm):
    error_messages = {
        "invalid_login": "账号或密码不对，请重新输入。",
        "inactive": "这个账号已停用，请联系系统管理员。",
        "expired": "一次性密码已过期，请联系安委办或系统管理员重新领取。",
    }

    def confirm_login_allowed(self, user: Any) -> None:
        super().confirm_login_allowed(user)
        if expired(user, timezone.now()):
            raise forms.ValidationError(self.error_messages["expired"], code="expired")


class NamesField(forms.CharField):
    """Several names in one line: 消防、消防部门."""

    def prepare_value(self, value: Any) -> Any:
        return "、".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        names = [name.strip() for name in SEPARATORS.split(super().clean(value))]
        return list(dict.fromkeys(name for name in names if name))


def countable(at: dt.date) -> None:
    """Of a day or an instant from which others are counted: far enough from the ends of the calendar."""
    if at.year not in YEARS:
        raise forms.ValidationError(f"年份应在 {YEARS[0]} 到 {YEARS[-1]} 年之间，请核对。")


class InstantField(forms.DateTimeField):
    """An instant in the office's own time."""

    widget = forms.DateTimeInput
    default_error_messages = {"invalid": "请填写日期和时间，如 2026-06-12 10:00。"}
    default_validators = [countable]


class ManyFiles(forms.FileInput):
    allow_multiple_selected = True


class RowsField(forms.ModelMultipleChoiceField):
    """The stock one asks the database for numbers that it can't hold."""

    def clean(self, value: Any) -> Any:
        for one in value or ():
            if number(str(one)) is None:
                raise forms.ValidationError(self.error_messages["invalid_choice"], params={"value": one})
        return super().clean(value)


class UnitForm(forms.ModelForm):
    aliases = NamesField(
        label="别名", required=False, max_length=400, help_text="方案里对它的其他叫法，用顿号隔开。"
    )

    class Meta:
        model = Unit
        fields = (
            "code", "name", "short_name", "aliases", "kind", "order", "document_code", "parent", "groups",
        )  # fmt: skip
        field_classes = {"groups": RowsField}
        widgets = {"groups": forms.CheckboxSelectMultiple}
        help_texts = {
            "code": "拼音或字母，保存后不能更改。",
            "document_code": "公文发文字号用，如“英教”。",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].disabled = bool(self.instance.pk)  # plans, imports and accounts know it by this
        self.fields["document_code"].validators.append(document_code)
        self.fields["parent"].empty_label = "无"  # type: ignore[attr-defined]

    def validate_unique(self) -> None:
        """Left to the service, whose sentence names the other unit."""

    def values(self) -> dict[str, Any]:
        given = {name: value for name, value in self.cleaned_data.items() if name != "groups"}
        parent = given.pop("parent")
        return given | {"parent_id": parent.pk if parent else None}


class EndUnitForm(forms.Form):
    """撤销、合并: read once for the preview, and again with the press."""

    successor = forms.ModelChoiceField(
        label="承接单位", queryset=Unit.objects.none(), required=False, empty_label="没有承接单位（撤销）",
        help_text="并入哪个单位。它应已在册；没有的，先新增。",
    )  # fmt: skip
    on = forms.DateField(label="撤销日期", widget=forms.DateInput, initial=timezone.localdate)
    follow = forms.BooleanField(
        label="原联络员、经办人转任承接单位经办人", required=False,
        help_text="负责人的任职到撤销日期为止，由承接单位另行任命。",
    )  # fmt: skip

    groups = forms.BooleanField(
        label="承接单位加入原单位所属的范围", required=False, initial=True,
        help_text="方案里写“负有安全管理职责的监管部门”等范围时，也包括承接单位；原单位已办结的事项不会再下达。",
    )  # fmt: skip

    def __init__(self, data: Any, *, unit: Unit) -> None:
        super().__init__(data)
        heirs = Unit.objects.filter(ended_on=None).exclude(pk=unit.pk).exclude(kind=Unit.Kind.OFFICE)
        self.fields["successor"].queryset = heirs  # type: ignore[attr-defined]


class PersonForm(forms.Form):
    username = forms.CharField(
        label="账号",
        max_length=40,
        help_text="登录用，如 hanguang.lianluo。",
        validators=[RegexValidator(r"^[\w.@-]+\Z", "账号只用字母、数字和 . - _ @，不含空格。")],
    )
    name = forms.CharField(label="姓名", max_length=30)
    phone = forms.CharField(
        label="联系电话",
        max_length=20,
        required=False,
        validators=[RegexValidator(r"^[0-9+() -]*\Z", "电话只用数字、空格、+、- 和括号。")],
    )
    is_active = forms.BooleanField(
        label="账号启用", required=False, initial=True, help_text="停用后不能登录，办过的事保留原名。"
    )

    def __init__(self, *args: Any, person: Person | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if person:
            del self.fields["username"]
            self.initial.update(name=person.name, phone=person.phone, is_active=person.is_active)
        else:
            del self.fields["is_active"]


class AppointForm(forms.Form):
    unit = forms.ModelChoiceField(
        label="单位", queryset=Unit.objects.filter(ended_on=None), empty_label="请选择"
    )
    post = forms.ChoiceField(label="岗位")
    start = forms.DateField(label="自", widget=forms.DateInput, initial=timezone.localdate)
    end = forms.DateField(label="至", widget=forms.DateInput, required=False, help_text="不填：长期。")
    acting = forms.BooleanField(
        label="主持工作", required=False, help_text="没有正职时主持全面工作，显示在每一次审批上。"
    )

    def __init__(self, *args: Any, posts: Iterable[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(post), post.label) for post in posts]
        self.fields["post"].choices = [("", "请选择"), *choices]  # type: ignore[attr-defined]

    def clean_end(self) -> Any:
        return self.cleaned_data["end"] or FAR


class EndForm(forms.Form):
    on = forms.DateField(label="任至", widget=forms.DateInput, initial=timezone.localdate)


class UploadForm(forms.Form):
    file = forms.FileField(
        label="表格文件",
        help_text=".xlsx 或 .csv，第一行是列名。",
        error_messages={"required": "请选择一个文件。", "empty": "文件是空的，请重新选择。"},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )
