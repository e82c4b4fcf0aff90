"""Background work as rows: progress, lease, retry, cancel."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    name = "foundation.jobs"
    verbose_name = "后台任务"

    def ready(self) -> None:
        from . import housekeeping  # noqa: F401 (registers its jobs)

        autodiscover_modules("jobs")  # the rooms above keep theirs in jobs.py
