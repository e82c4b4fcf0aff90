"""企业微信 and what is built on it (政务微信, 粤政易 under their own addresses): messages of an application.

The public form: gettoken, then message/send with touser, msgtype and agentid. The same JSON for the same person within
four hours is delivered once (enable_duplicate_check): that is how a repeat is dropped.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlencode

from django.conf import settings

from ..wishes import Contact, Wish
from . import Outcome, Parcel
from .web import Down, as_json, ask

SAME_WITHIN = 4 * 3600  # seconds; the most that is allowed
EARLY = 300  # a token is renewed so many seconds before it ends
STALE = {40001, 40014, 42001}  # what is said of a token that does not count any more
NOBODY = {60111, 81013}  # no such person, or none that may see the application
FULL = {-1, 45009, 45033, 45047}  # busy, or too many for now
_TOKENS: dict[str, tuple[str, float]] = {}  # by whose secret: of this process


class Application:
    code, name = "wecom", "企业微信"

    def configured(self) -> bool:
        return bool(settings.WECOM_CORP and settings.WECOM_AGENT and settings.WECOM_SECRET)

    def address(self, contact: Contact) -> str:
        return contact.wecom

    def wish(self, urgent: bool) -> Wish:
        return Wish.NOW if urgent else Wish.DIGEST

    def send(self, parcels: Sequence[Parcel]) -> Iterator[Outcome]:
        for one in parcels:
            try:
                yield self._send(one)
            except Down as down:
                yield Outcome(str(down), down=True)

    def _send(self, one: Parcel) -> Outcome:
        body = as_json(_form(one))
        said = _post(body, _token())
        if said.get("errcode") in STALE:
            said = _post(body, _token(fresh=True))
        return _outcome(said)


def _form(one: Parcel) -> dict[str, Any]:
    content: dict[str, Any] = {
        "msgtype": "text",
        "agentid": settings.WECOM_AGENT,
        "text": {"content": f"{one.title}\n{one.text}"},
    }
    if one.url:
        card = {"title": one.title, "description": one.text, "url": one.url, "btntxt": "查看"}
        content = {"msgtype": "textcard", "agentid": settings.WECOM_AGENT, "textcard": card}
    checked = {"enable_duplicate_check": 1, "duplicate_check_interval": SAME_WITHIN}
    return {"touser": one.to.wecom} | content | checked


def _post(body: bytes, token: str) -> dict[str, Any]:
    return ask(f"{_base()}/cgi-bin/message/send?{urlencode({'access_token': token})}", body).json()


def _token(*, fresh: bool = False) -> str:
    known, until = _TOKENS.get(settings.WECOM_SECRET, ("", 0.0))
    if fresh or time.monotonic() >= until:
        asked = urlencode({"corpid": settings.WECOM_CORP, "corpsecret": settings.WECOM_SECRET})
        said = ask(f"{_base()}/cgi-bin/gettoken?{asked}").json()
        if said.get("errcode") or not said.get("access_token"):
            raise Down(f"企业微信不给访问凭证（{said.get('errcode')}），请核对企业号和应用密钥。")
        known, lasts = str(said["access_token"]), int(said.get("expires_in") or 0)
        _TOKENS[settings.WECOM_SECRET] = known, time.monotonic() + max(0, lasts - EARLY)
    return known


def _base() -> str:
    return settings.WECOM_URL.rstrip("/")


def _outcome(said: dict[str, Any]) -> Outcome:
    code = said.get("errcode")
    if code in NOBODY or (code == 0 and (said.get("invaliduser") or said.get("unlicenseduser"))):
        return Outcome("企业微信里没有这个成员，或他看不到这个应用。请核对成员账号。", final=True)
    if code in FULL:
        return Outcome(f"企业微信暂时不接收（{code}）。", down=True)
    return Outcome() if code == 0 else Outcome(f"企业微信没有接收（{code}）。", down=code in STALE)
