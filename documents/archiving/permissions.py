"""Who archives: the office, what it issued itself and may read."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q

from foundation.organization.posts import OFFICE_POSTS
from foundation.organization.rules import Rule, holds

from ..models import ArchiveItem, Document
from ..permissions import reads_document

LABEL = Document._meta.label_lower


def _archives(actor: Any, day: Any) -> Q:
    return holds(*OFFICE_POSTS, unit="organ")(actor, day) & reads_document.q(actor, day)


def _reads(actor: Any, day: Any) -> Q:
    seen = Document._base_manager.filter(reads_document.q(actor, day), pk=OuterRef("document"))
    return Q(Exists(seen))


def _keeps(actor: Any, day: Any) -> Q:
    return _reads(actor, day) & holds(*OFFICE_POSTS, unit="document__organ")(actor, day)


archives = Rule("只有发文的安委办可以归档自己印发的公文。", _archives)
reads_item = Rule(reads_document.says, _reads)
keeps_item = Rule("只有发文的安委办可以作废、打包归档的件。", _keeps)


def unarchived() -> Q:
    """On documents: issued, and in no 件 that counts. A form about a document goes with that one, a copy with its
    original."""
    there = ArchiveItem.objects.filter(document=OuterRef("pk"), state=ArchiveItem.State.ARCHIVED)
    return Q(~Exists(there), state=Document.State.ISSUED, original=None) & ~Q(subject=LABEL)
