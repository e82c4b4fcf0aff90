"""index_documents: build the index of texts anew."""

from __future__ import annotations

from typing import Any

from documents.archiving.finding.index import CHUNK, index_documents
from documents.models import Document
from foundation.organization.commands import OwnCommand
from foundation.organization.database import ensure_tables


class Command(OwnCommand):
    help = "Put every issued document into the index of texts, or in anew; safe to run at any time."

    def handle(self, **_: Any) -> None:
        ensure_tables()
        issued = Document.objects.filter(state=Document.State.ISSUED).order_by("pk")
        ids = list(issued.values_list("pk", flat=True))
        count = sum(index_documents(ids[at : at + CHUNK]) for at in range(0, len(ids), CHUNK))
        self.stdout.write(f"已索引 {count} 份公文。")
