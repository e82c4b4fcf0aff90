"""One unit's task: its state machine and its submissions."""

from django.apps import AppConfig


class TasksConfig(AppConfig):
    name = "workflows.tasks"
    verbose_name = "任务"

    def ready(self) -> None:
        from approvals import drafts, subjects
        from foundation.files import readers

        from .begun import BEGUN
        from .facts import DECLARED
        from .matters import matter
        from .models import Task
        from .outcomes import digest, items, settle
        from .permissions import sees_task

        drafts.register(BEGUN)
        task = subjects.Subject(settle, matter, digest, items=items, facts=DECLARED, readers=sees_task.q)
        subjects.register("tasks.task", task)
        readers.register(Task, sees_task)
