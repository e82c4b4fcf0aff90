"""The paper: numbering, layout, PDF, archive."""

from django.apps import AppConfig
from django.core.checks import CheckMessage, Warning, register


class DocumentsConfig(AppConfig):
    name = "documents"
    verbose_name = "公文"

    def ready(self) -> None:
        register(fonts_are_there)
        from foundation.files import readers

        from .issuing.permissions import sees_draft
        from .models import Document, Draft
        from .permissions import reads_document
        from .subjects import looked

        readers.register(Document, reads_document, looked)
        readers.register(Draft, sees_draft)


def fonts_are_there(**_: object) -> list[CheckMessage]:
    """What this machine lacks for official pages: `manage.py check` says so, and nothing stops."""
    from .fonts import check_environment

    return [Warning(says, id="documents.W001") for says in check_environment()]
