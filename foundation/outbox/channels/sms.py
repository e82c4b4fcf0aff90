"""短信 through a gateway that takes HTTP. Gateways differ: the settings say what goes into the body and what a yes is.

{id}, {phone} and {text} of the body are filled in, quoted as JSON texts are.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from django.conf import settings

from ..wishes import Contact, Wish
from . import Outcome, Parcel
from .web import JSON, Down, ask


class Gateway:
    code, name = "sms", "短信"

    def configured(self) -> bool:
        return bool(settings.SMS_URL)

    def address(self, contact: Contact) -> str:
        return contact.mobile

    def wish(self, urgent: bool) -> Wish:
        """They cost money."""
        return Wish.NOW if urgent else Wish.OFF

    def send(self, parcels: Sequence[Parcel]) -> Iterator[Outcome]:
        for one in parcels:
            try:
                answer = ask(settings.SMS_URL, _body(one), _headers())
            except Down as down:
                yield Outcome(str(down), down=True)
                continue
            yield _outcome(answer.status, answer.ok, answer.body.decode("utf-8", "replace"))


def _body(one: Parcel) -> bytes:
    values = {
        "id": one.id,
        "phone": one.to.mobile,
        "text": " ".join(filter(None, (f"【{one.title}】{one.text}", one.url))),
    }
    body = settings.SMS_BODY
    for name, value in values.items():
        body = body.replace(f"{{{name}}}", json.dumps(value, ensure_ascii=False)[1:-1])
    return body.encode()


def _headers() -> dict[str, str]:
    pairs = (line.partition(":") for line in settings.SMS_HEADERS.split("|") if ":" in line)
    return JSON | {name.strip(): value.strip() for name, _, value in pairs}


def _outcome(status: int, ok: bool, body: str) -> Outcome:
    if not ok:
        return Outcome(
            f"短信网关没有接收（HTTP {status}）。", final=status in (400, 404, 422), down=status in (401, 403)
        )
    if settings.SMS_OK and settings.SMS_OK not in body:
        return Outcome("短信网关没有接收，请看网关的记录。")
    return Outcome()
