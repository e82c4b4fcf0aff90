"""What was issued, every number given, and what is archived stay as they are, whoever writes."""

from foundation.journal.guard import Kept

from .models.document import SAID

KEPT = (
    Kept(
        "documents_issued", "documents_document", (*SAID, "digest", "file_id", "state"),
        "an issued document stays as it is", when="""OLD."state" IN ('issued', 'void')""",
    ),
    Kept(
        "documents_number", "documents_document", ("organ_id", "code", "year", "number", "original_id"),
        "a number that was given stays", when='OLD."number" IS NOT NULL',
    ),
    Kept(
        "documents_item", "documents_archiveitem",
        ("document_id", "series_id", "number", "reference", "year", "term", "basis", "reason", "archived_on", "content",
         "digest"), "archived: not to be changed", when='OLD."number" IS NOT NULL',
    ),
    Kept(
        "documents_void", "documents_archiveitem", ("state",), "archived: void for good",
        when="""OLD."state" = 'void'""",
    ),
)  # fmt: skip
