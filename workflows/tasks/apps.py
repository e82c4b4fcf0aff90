"""One unit's task: its state machine and its submissions."""

from django.apps import AppConfig


class TasksConfig(AppConfig):
    name = "workflows.tasks"
    verbose_name = "任务"

    def ready(self) -> None:
        from approvals import drafts, subjects
        from foundation.files import readers

        from .begun import BEGUN
        from .matters import matter
        from .models import Task
        from .outcomes import digest, settle
        from .permissions import sees_task

        subjects.register("tasks.task", subjects.Subject(settle, matter, digest, readers=sees_task.q))
        drafts.register(BEGUN)
        readers.register(Task, sees_task)
