"""公文 of the search box: as 全文检索 finds them."""

from __future__ import annotations

from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse

from foundation.organization.finding.folding import excerpt
from foundation.organization.posts import OFFICE_POSTS, OVERSEERS, UNIT_POSTS
from foundation.organization.searching import Asked, Hit, Kind
from foundation.organization.templatetags.components import day

from ..models import Document
from ..permissions import reads_document
from .finding.index import body_of
from .finding.listing import found


def documents(asked: Asked) -> QuerySet[Document]:
    readable = Document.objects.filter(reads_document.q(asked.seat.pk, asked.day))
    return found(readable, {"q": asked.text}).select_related("organ").order_by("-pk")


def document_hit(document: Document, asked: Asked) -> Hit:
    facts = (document.get_kind_display(), document.full_number, day(document.issued_on))
    cut = excerpt(" ".join(body_of(document)), asked.words)
    return Hit(reverse("document", args=[document.pk]), document.title, tuple(filter(None, facts)), cut)


def documents_at(asked: Asked) -> str:
    return f"{reverse('archive_search')}?{urlencode({'q': asked.text})}"


READERS = (*UNIT_POSTS, *OFFICE_POSTS, *OVERSEERS)
FINDS_DOCUMENTS = Kind("documents.document", "公文", READERS, documents, document_hit, documents_at)
