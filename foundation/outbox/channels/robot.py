"""群机器人: a webhook that posts into one group, and calls those whom it concerns by name.

It takes twenty posts a minute, so those who are told the same stand in one. It knows no ids: the number stands in the
text, for people.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from django.conf import settings
from django.urls import reverse

from ..wishes import Contact, Wish
from . import Outcome, Parcel
from .web import Down, as_json, ask

MOST = 50  # people in a post: its text stays within 2,048 bytes, and a group readable
FULL = {-1, 45009}


class Robot:
    code, name = "robot", "群机器人"

    def configured(self) -> bool:
        return bool(settings.WECOM_ROBOT)

    def address(self, contact: Contact) -> str:
        return contact.wecom or contact.mobile

    def wish(self, urgent: bool) -> Wish:
        return Wish.OFF

    def send(self, parcels: Sequence[Parcel]) -> Iterator[Outcome]:
        """Those of one text follow each other, so that the outcomes come in the order of the parcels."""
        for _, alike in groupby(parcels, lambda one: one.text):
            same = list(alike)
            for first in range(0, len(same), MOST):
                together = same[first : first + MOST]
                outcome = _post(together)
                yield from (outcome for _ in together)


def _post(parcels: Sequence[Parcel]) -> Outcome:
    try:
        said = ask(settings.WECOM_ROBOT, as_json(_form(parcels))).json()
    except Down as down:
        return Outcome(str(down), down=True)
    code = said.get("errcode")
    return Outcome() if code == 0 else Outcome(f"群机器人没有接收（{code}）。", down=code in FULL)


def _form(parcels: Sequence[Parcel]) -> dict[str, Any]:
    first = parcels[0]
    link = f"{settings.PUBLIC_URL.rstrip('/')}{reverse('messages')}" if settings.PUBLIC_URL else ""
    lines = filter(None, (f"{first.title}：{first.text}", link, f"编号 {first.id}"))
    text: dict[str, Any] = {"content": "\n".join(lines)}
    if named := [one.to.wecom for one in parcels if one.to.wecom]:
        text["mentioned_list"] = named
    if called := [one.to.mobile for one in parcels if not one.to.wecom]:
        text["mentioned_mobile_list"] = called
    return {"msgtype": "text", "text": text}
