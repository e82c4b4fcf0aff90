"""`manage.py check`: a way out of the house that is set by half is closed, and somebody waits for it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning, register

TOGETHER = {
    "邮件": {"ANBAN_EMAIL": "EMAIL", "ANBAN_EMAIL_FROM": "EMAIL_FROM"},
    "企业微信": {
        "ANBAN_WECOM_CORP": "WECOM_CORP",
        "ANBAN_WECOM_AGENT": "WECOM_AGENT",
        "ANBAN_WECOM_SECRET": "WECOM_SECRET",
    },
}


@register
def half_set(**_: Any) -> list[CheckMessage]:
    return [*_halves(), *_without_links()]


def _halves() -> list[CheckMessage]:
    found: list[CheckMessage] = []
    for name, wanted in TOGETHER.items():
        missing = [variable for variable, setting in wanted.items() if not getattr(settings, setting)]
        if 0 < len(missing) < len(wanted):
            found.append(Warning(f"{name}没有接通：还缺 {'、'.join(missing)}。", id="outbox.W001"))
    return found


def _without_links() -> list[CheckMessage]:
    from .channels import channels

    if settings.PUBLIC_URL or not channels():
        return []
    return [Warning("往外发的消息没有链接：没有设置 ANBAN_PUBLIC_URL。", id="outbox.W002")]
