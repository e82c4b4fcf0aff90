"""The append-only record, and the one way to move a state."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "foundation.journal"
    verbose_name = "留痕"
