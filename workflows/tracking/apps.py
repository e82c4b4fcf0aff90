"""Workbench and board."""

from django.apps import AppConfig


class TrackingConfig(AppConfig):
    name = "workflows.tracking"
    verbose_name = "跟踪"

    def ready(self) -> None:
        from documents.subjects import PAGES

        PAGES["tasks.task"] = "task"
