"""Forms of seals. Whether it may be is said by the services (`Refused`); these keep what was typed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone

from foundation.files.pictures import HEAVIEST, MB
from foundation.organization.forms import RowsField, countable
from foundation.organization.models import FAR, Appointment, Unit
from foundation.organization.posts import OFFICE_POSTS, OVERSEERS, UNIT_POSTS, Post

from ..models import Seal

POSTS = [(str(post), post.label) for post in (*OFFICE_POSTS, *UNIT_POSTS)]


def _posts() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label="用印岗位", choices=POSTS, required=False, widget=forms.CheckboxSelectMultiple(attrs={"class": "is-chips"}),
        help_text="发文机关里任这些岗位的人都可以用印，换人不用重设。",
    )  # fmt: skip


class SealForm(forms.Form):
    organ = forms.ModelChoiceField(
        label="用印机关", queryset=Unit.objects.filter(ended_on=None), empty_label="请选择"
    )
    name = forms.CharField(label="名称", max_length=60, help_text="如“市安委办印章”。")
    picture = forms.FileField(
        label="印章图片",
        help_text=f"透明背景的 PNG，至少 300×300 像素，最大 {HEAVIEST // MB} MB。保存后不能更换，换印请新增。",
        error_messages={"required": "请选择印章图片。", "empty": "文件是空的，请重新选择。"},
        widget=forms.FileInput(attrs={"accept": ".png,image/png"}),
    )
    start = forms.DateField(
        label="启用日期", widget=forms.DateInput, initial=timezone.localdate, validators=[countable]
    )
    end = forms.DateField(label="有效期至", widget=forms.DateInput, required=False, help_text="不填：长期。")
    posts = _posts()

    def clean_end(self) -> dt.date:
        return self.cleaned_data["end"] or FAR

    def values(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        file = given.pop("picture")
        # One byte more than is allowed is enough to know.
        return given | {"picture": file.read(HEAVIEST + 1), "file_name": file.name or ""}


class UsersForm(forms.Form):
    """Posts of the seal's organ, and people of it by name."""

    posts = _posts()
    seats = RowsField(
        label="指定人员", queryset=Appointment.objects.none(), required=False, widget=forms.CheckboxSelectMultiple,
        help_text="岗位以外，还准这些任职用印；离任自动失效。联合行文的机关在系统里没有人用印的，可以把印章交由安委办的人代盖。",
    )  # fmt: skip

    def __init__(self, data: Any = None, *, seal: Seal, day: dt.date) -> None:
        users = list(seal.users.all())
        super().__init__(
            data,
            initial={
                "posts": [one.post for one in users if one.post],
                "seats": [one.seat_id for one in users if one.seat_id],
            },
        )
        held = Appointment.objects.in_force(day).filter(
            Q(unit=seal.organ_id) | Q(unit__kind=Unit.Kind.OFFICE)
        )
        workers = held.exclude(post__in=(*OVERSEERS, Post.ADMINISTRATOR))
        seats: Any = self.fields["seats"]
        seats.queryset = workers.select_related("person", "unit")


class StopForm(forms.Form):
    reason = forms.CharField(
        label="停用原因",
        max_length=100,
        help_text="如换新印、机构撤销。停用后不能恢复，已盖的印不变。",
        error_messages={"required": "请写明停用原因。"},
    )
