"""Official documents: written, signed, numbered, set, sealed, issued, archived, verified."""

import datetime as dt

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, Warning, register

from foundation.organization.dated import unreadable


class DocumentsConfig(AppConfig):
    name = "documents"
    verbose_name = "公文"

    def ready(self) -> None:
        register(fonts_are_there)
        register(schemes_are_read)
        register(key_can_sign)
        from approvals import drafts, nodes
        from foundation.files import readers
        from foundation.journal import guard
        from foundation.organization import searching
        from foundation.organization.ending import ESTATES
        from foundation.organization.sections import SECTIONS, Section
        from foundation.organization.slips import PRINTERS

        from . import subjects
        from .archiving.findable import FINDS_DOCUMENTS
        from .archiving.services import WAYS
        from .batches.permissions import sees_batch
        from .guard import KEPT
        from .issuing.begun import BEGUN
        from .issuing.handling import archive_by_flow
        from .issuing.opening import FACTS
        from .issuing.permissions import sees_draft
        from .layout.memory import return_large
        from .models import Batch, Document, Draft, Seal
        from .permissions import reads_document
        from .sealing.permissions import reads_picture
        from .sealing.services import SEALS
        from .slips import render_slips

        return_large()
        searching.register(FINDS_DOCUMENTS)
        readers.register(Document, reads_document, subjects.looked)
        readers.register(Draft, sees_draft)
        nodes.FACTS.update(FACTS)
        drafts.register(BEGUN)
        WAYS[:] = [archive_by_flow]
        subjects.PAGES["documents.draft"] = "draft"
        subjects.PAGES["documents.batch"] = "document_batch"
        readers.register(Batch, sees_batch)
        readers.register(Seal, reads_picture)
        heads = Section("heads", "版头", "以谁的名义发文，发文机关标志和代字")
        seals = Section("seals", "印章", "谁的印章，谁可以用印，用印登记簿，签名证书")
        SECTIONS.extend(one for one in (heads, seals) if one not in SECTIONS)
        ESTATES.extend(one for one in [SEALS] if one not in ESTATES)
        PRINTERS[:] = [render_slips]
        guard.KEPT.extend(one for one in KEPT if one not in guard.KEPT)


def fonts_are_there(**_: object) -> list[CheckMessage]:
    """What this machine lacks for official pages: `manage.py check` says so, and nothing stops."""
    from .fonts import check_environment

    return [Warning(says, id="documents.W001") for says in check_environment()]


def schemes_are_read(**_: object) -> list[CheckMessage]:
    from .archiving.scheme import scheme_for

    return unreadable(lambda: scheme_for(dt.date.today()), "documents.E001")


def key_can_sign(**_: object) -> list[CheckMessage]:
    """A key that can't be read is an error of whoever set it; a certificate that ends, ends by itself."""
    from django.utils import timezone

    from .sealing import keys

    try:
        keys.key()
        keys.roots()
    except keys.BadKey as bad:
        return [Error(str(bad), id="documents.E002")]
    says = keys.warning(timezone.now())
    return [Warning(says, id="documents.W002")] if says else []
