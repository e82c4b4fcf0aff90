"""The manual of docs/manual, read inside the product."""

from django.apps import AppConfig


class ManualConfig(AppConfig):
    name = "foundation.manual"
    verbose_name = "使用手册"
