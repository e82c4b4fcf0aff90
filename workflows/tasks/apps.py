"""One unit's task: its state machine and its submissions."""

from django.apps import AppConfig


class TasksConfig(AppConfig):
    name = "workflows.tasks"
    verbose_name = "任务"

    def ready(self) -> None:
        from approvals import drafts, saved_filters, subjects
        from foundation.files import readers
        from foundation.organization import searching
        from foundation.organization.ending import ESTATES

        from . import beside
        from .begun import BEGUN
        from .facts import DECLARED
        from .findable import FINDS_SUBMISSIONS, FINDS_TASKS
        from .ledger.filters import canonical
        from .matters import matter
        from .models import Extension, Task, TaskExport
        from .outcomes import digest, items, settle
        from .permissions import own_export, reads_task, sees_task
        from .succession import APPROVALS, TASKS

        searching.register(FINDS_TASKS)
        searching.register(FINDS_SUBMISSIONS)
        saved_filters.PAGES["tasks"] = canonical
        drafts.register(BEGUN)
        beside.register(
            "tasks.extension", beside.Kind("延期", lambda task: Extension.objects.filter(task=task))
        )
        task = subjects.Subject(settle, matter, digest, items=items, facts=DECLARED, readers=sees_task.q)
        subjects.register("tasks.task", task)
        readers.register(Task, reads_task)
        readers.register(TaskExport, own_export)
        ESTATES.extend(one for one in (APPROVALS, TASKS) if one not in ESTATES)
