"""A group of signers as a form: who stays is ticked, who joins is typed as the page's list proposes it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from foundation.organization.models import Appointment
from foundation.organization.templatetags.components import Hinted

from ..groups import SignerGroup
from ..permissions import PRINCIPALS
from .forms import signer
from .signer_words import called, plain, seated

NEW = 5  # who can join at once


class GroupForm(forms.Form):
    name = forms.CharField(label="名称", max_length=60)
    code = forms.SlugField(
        label="代码", max_length=32, help_text="字母、数字和 - _，保存后不能更改；导入导出路线时用它。"
    )

    def __init__(self, data: Any = None, *, group: SignerGroup | None, day: dt.date) -> None:
        super().__init__(data)
        held = Appointment.objects.in_force(day).filter(post__in=PRINCIPALS).select_related("person", "unit")
        self.offers = called(held.order_by("unit__order", "-post", "pk"))
        members = (
            list(group.seats.select_related("person", "unit").order_by("unit__order", "-post", "pk"))
            if group
            else []
        )
        self._seats = {plain(words): seat for words, seat in self.offers.items()}
        self.members = {str(seat.pk): seat for seat in members}
        if group:
            self.initial = {"name": group.name, "code": group.code, "stay": list(self.members)}
            self.fields["code"].disabled = True  # versions name it by this
        if members:
            choices = [
                (str(seat.pk), Hinted(seated(seat), "" if _serves(seat, day) else GONE)) for seat in members
            ]
            self.fields["stay"] = forms.MultipleChoiceField(
                label="成员", choices=choices, required=False, widget=forms.CheckboxSelectMultiple,
                help_text="去掉勾选并保存，就不再参加以后的审批；正在办理的不变。",
            )  # fmt: skip
        self.joining = [f"join_{n}" for n in range(NEW)]
        for n, name in enumerate(self.joining):
            self.fields[name] = signer(f"增加成员 {n + 1}", "输入姓名，从列出的人里选。")

    def joins(self) -> list[forms.BoundField]:
        return [self[name] for name in self.joining]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for name in self.joining:
            if (words := given.get(name)) and plain(words) not in self._seats:
                self.add_error(name, f"没有找到“{words}”，请从列表中选择。")
        return given

    def values(self) -> dict[str, Any]:
        given = self.cleaned_data
        stay = [self.members[key] for key in given.get("stay", ())]
        join = [self._seats[plain(given[name])] for name in self.joining if given[name]]
        return {"code": given["code"], "name": given["name"], "seats": [*stay, *join]}


GONE = "已不在任，不再参加审批"


def _serves(seat: Appointment, day: dt.date) -> bool:
    return seat.start <= day <= seat.end and seat.person.is_active and not seat.revoked
