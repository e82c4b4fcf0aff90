"""Workbench, board, supervision."""

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register


class TrackingConfig(AppConfig):
    name = "workflows.tracking"
    verbose_name = "跟踪"

    def ready(self) -> None:
        from documents.subjects import PAGES
        from foundation.journal import verbs

        register(ladders_are_read)
        PAGES["tasks.task"] = "task"
        verbs.register({"journal.book.supervision.sweep": "督办扫描"})


def ladders_are_read(**_: object) -> list[CheckMessage]:
    """A ladder that can't be read stops at the start, not at the next morning's sweep."""
    from .supervision.reading import BadLadder, ladders

    try:
        ladders()
    except (BadLadder, OSError) as error:
        return [Error(str(error), id="tracking.E001")]
    return []
