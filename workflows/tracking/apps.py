"""Workbench, board, supervision."""

from django.apps import AppConfig
from django.core.checks import CheckMessage, register

from foundation.organization.dated import unreadable


class TrackingConfig(AppConfig):
    name = "workflows.tracking"
    verbose_name = "跟踪"

    def ready(self) -> None:
        from documents.subjects import PAGES
        from foundation.files import readers
        from foundation.journal import verbs
        from foundation.organization.ending import ESTATES
        from workflows.campaigns.demo import days
        from workflows.tasks import beside

        from .assessment.demo import fix
        from .changes.demo import morning as looks
        from .models import AnalysisExport, FigureExport, Reminder, Slip, UpwardDuty
        from .permissions import own_analysis, own_export, sees_upward
        from .supervision.beside import slips_of
        from .supervision.demo import morning
        from .supervision.succession import SLIPS
        from .supervision.sweep import PAPERS

        if SLIPS not in ESTATES:
            ESTATES.append(SLIPS)
        register(ladders_are_read)
        register(schemes_are_read)
        if morning not in days.MORNINGS:
            days.MORNINGS.append(morning)
            days.FOR_THE_WORKER.append(PAPERS)
            days.MORNINGS.append(looks)
            days.ENDINGS.append(fix)
        beside.register(
            "tracking.slip", beside.Kind("督办单", lambda task: Slip.objects.filter(task=task), slips_of)
        )
        beside.register(
            "tracking.reminder",
            beside.Kind("提醒", lambda task: Reminder.objects.filter(task=task, outcome="sent")),
        )
        PAGES.update({"tasks.task": "task", "tracking.slip": "slip"})
        readers.register(FigureExport, own_export)
        readers.register(UpwardDuty, sees_upward)
        readers.register(AnalysisExport, own_analysis)
        verbs.register({"journal.book.supervision.sweep": "督办扫描"})


def ladders_are_read(**_: object) -> list[CheckMessage]:
    from .supervision.reading import ladders

    return unreadable(ladders, "tracking.E001")


def schemes_are_read(**_: object) -> list[CheckMessage]:
    from .assessment.reading import schemes

    return unreadable(schemes, "tracking.E002")
