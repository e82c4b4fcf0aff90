"""The paper: numbering, layout, PDF, archive."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "documents"
    verbose_name = "公文"

    def ready(self) -> None:
        from foundation.files import readers

        from .models import Document
        from .permissions import reads_document

        readers.register(Document, reads_document)
