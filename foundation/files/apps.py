"""Attachments: content-addressed, checked, read through a permission."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "foundation.files"
    verbose_name = "附件"
