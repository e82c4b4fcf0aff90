"""E-mail by SMTP: one connection a batch. A receiver drops what it had by the Message-ID."""

from __future__ import annotations

import smtplib
from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from ..wishes import Contact, Wish
from . import Outcome, Parcel

REFUSED = "收件地址被拒绝，请核对邮箱。"


class Mail:
    code, name = "email", "邮件"

    def configured(self) -> bool:
        return bool(settings.EMAIL and settings.EMAIL_FROM)

    def address(self, contact: Contact) -> str:
        return contact.email

    def wish(self, urgent: bool) -> Wish:
        return Wish.NOW if urgent else Wish.DIGEST

    def send(self, parcels: Sequence[Parcel]) -> Iterator[Outcome]:
        server = _server(settings.EMAIL)
        try:
            server.open()
            for one in parcels:
                yield _send(server, one)
        except (OSError, smtplib.SMTPException):
            yield Outcome("邮件服务器连不上，或没有在时限内回答。", down=True)
        finally:
            _close(server)


def _server(told: dict[str, Any]) -> EmailBackend:
    return EmailBackend(
        host=told["EMAIL_HOST"], port=told["EMAIL_PORT"], username=told["EMAIL_HOST_USER"],
        password=told["EMAIL_HOST_PASSWORD"], use_tls=told.get("EMAIL_USE_TLS", False),
        use_ssl=told.get("EMAIL_USE_SSL", False), timeout=settings.MESSAGE_TIMEOUT,
    )  # fmt: skip


def _send(server: EmailBackend, one: Parcel) -> Outcome:
    """What the server says of this one letter; what it says of itself is raised."""
    lines = [one.text, one.url, f"编号 {one.id}，由系统自动发送，请不要回复。"]
    domain = settings.EMAIL_FROM.rpartition("@")[2].rstrip(">")
    letter = EmailMessage(
        f"【{one.title}】{one.text}", "\n\n".join(filter(None, lines)), settings.EMAIL_FROM, [one.to.email],
        headers={"Message-ID": f"<{one.id}@{domain}>", "Auto-Submitted": "auto-generated"}, connection=server,
    )  # fmt: skip
    try:
        letter.send()
    except smtplib.SMTPRecipientsRefused as refused:
        codes = [code for code, _ in refused.recipients.values()]
        return Outcome(REFUSED, final=True) if min(codes) >= 500 else Outcome("收件服务器请稍后再试。")
    except smtplib.SMTPDataError as refused:
        return Outcome(f"邮件被拒收（SMTP {refused.smtp_code}）。", final=refused.smtp_code >= 500)
    return Outcome()


def _close(server: EmailBackend) -> None:
    try:
        server.close()
    except (OSError, smtplib.SMTPException):  # it is gone already
        return
