"""消息: who is told of what happened, and by which channel."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class OutboxConfig(AppConfig):
    name = "foundation.outbox"
    verbose_name = "消息"

    def ready(self) -> None:
        from foundation.organization.identity import CARRIED
        from foundation.organization.sections import SECTIONS, Section

        from . import checks  # noqa: F401 (registers itself)
        from .bell import unread_of
        from .delivery import alarm

        CARRIED["unread"] = unread_of
        ours = Section("undelivered", "消息发送", "各渠道待发、晚点和未送达的消息，再发一次", alarm)
        if ours not in SECTIONS:
            SECTIONS.append(ours)
        autodiscover_modules("messages")
