"""Background work as rows: progress, lease, retry, cancel."""

from django.apps import AppConfig
from django.conf import settings
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    name = "foundation.jobs"
    verbose_name = "后台任务"

    def ready(self) -> None:
        from foundation.journal import verbs

        from . import housekeeping  # noqa: F401 (registers its jobs)
        from .queue import FAILED

        verbs.register({f"journal.book.{FAILED}": "后台任务未完成"})
        autodiscover_modules("jobs")  # the rooms above keep theirs in jobs.py
        if settings.BROKER:
            from . import broker, queue  # Celery is loaded only where it is wanted

            queue.WAKING.append(broker.Bell(broker.connected(settings.BROKER)).ring)
