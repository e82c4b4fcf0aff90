"""消息设置: addresses, rest, and for each kind what goes by which open channel."""

from __future__ import annotations

from typing import Any

from django import forms

from .channels import Channel
from .models import Preference
from .registry import KINDS, Kind
from .wishes import Wish

SAYS = {Wish.NOW: "即时", Wish.DIGEST: "汇总", Wish.OFF: "不发"}


def kinds() -> list[Kind]:
    """Those of one room together."""
    return sorted(KINDS.values(), key=lambda kind: kind.code)


class PreferenceForm(forms.ModelForm):
    class Meta:
        model = Preference
        fields = ("email", "wecom", "quiet_from", "quiet_to", "quiet_free")
        widgets = {
            name: forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
            for name in ("quiet_from", "quiet_to")
        }
        help_texts = {
            "email": "只用来收消息。",
            "wecom": "企业微信、粤政易通讯录里的账号，不是姓名；不清楚的请问本单位管理员。",
        }

    def __init__(self, *args: Any, channels: list[Channel], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.channels = channels
        codes = {one.code for one in channels}
        if "email" not in codes:
            del self.fields["email"]
        if not codes & {"wecom", "robot"}:
            del self.fields["wecom"]
        for kind in kinds():
            for channel in channels:
                chosen = self.instance.choices.get(kind.code, {}).get(channel.code)
                self.fields[f"{kind.code}-{channel.code}"] = forms.ChoiceField(
                    label=f"{kind.name}：{channel.name}", choices=[*SAYS.items()],
                    initial=chosen if chosen in SAYS else channel.wish(kind.urgent),
                )  # fmt: skip

    def rows(self) -> list[tuple[str, list[tuple[str, forms.BoundField]]]]:
        """The kinds, each with a field for every open channel."""
        return [
            (kind.name, [(one.name, self[f"{kind.code}-{one.code}"]) for one in self.channels])
            for kind in kinds()
        ]

    def clean(self) -> dict[str, Any]:
        """What is as it would be without choosing is not kept: a better default reaches those who never chose."""
        given = super().clean() or {}
        kept = dict(self.instance.choices)
        for kind in kinds():
            wishes = dict(kept.get(kind.code, {}))
            for channel in self.channels:
                wish = given.get(f"{kind.code}-{channel.code}")
                wishes.pop(channel.code, None)
                if wish and wish != channel.wish(kind.urgent):
                    wishes[channel.code] = wish
            kept[kind.code] = wishes
        given["choices"] = {code: wishes for code, wishes in kept.items() if wishes}
        return given
