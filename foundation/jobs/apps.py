"""Background work as rows: progress, lease, retry, cancel."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "foundation.jobs"
    verbose_name = "后台任务"
