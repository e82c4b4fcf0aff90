"""消息: who is told of what happened, and by which channel."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class OutboxConfig(AppConfig):
    name = "foundation.outbox"
    verbose_name = "消息"

    def ready(self) -> None:
        from foundation.organization.identity import CARRIED

        from .listing import unread_of

        CARRIED["unread"] = unread_of
        autodiscover_modules("messages")
