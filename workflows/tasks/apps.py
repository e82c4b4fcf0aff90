"""One unit's task: its state machine and its submissions."""

from django.apps import AppConfig


class TasksConfig(AppConfig):
    name = "workflows.tasks"
    verbose_name = "任务"
