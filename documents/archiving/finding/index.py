"""The index of texts: one row a document with its folded text, and its tokens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Prefetch

from foundation.organization.finding.folding import folded
from foundation.organization.finding.grams import Grams

from ...models import ArchiveItem, Document, SearchText
from ...models.document import OWN

# Keys of a content that nobody searches.
NO_WORDS = {"align", "joint_seals", "paper", "seal", "sha256", "signature", "size", "width", *OWN}
GRAMS = Grams("documents_grams")
CHUNK = 200


def install() -> None:
    GRAMS.install()


def remove() -> None:
    GRAMS.remove()


@transaction.atomic
def index_documents(ids: Iterable[int]) -> int:
    """Put these documents in, or in anew, inside the caller's transaction; how many are there."""
    kept = ArchiveItem.objects.filter(state=ArchiveItem.State.ARCHIVED).only("document", "reference")
    rows = (
        Document.objects.filter(pk__in=list(ids))
        .select_related("organ", "unit")
        .prefetch_related(Prefetch("archive_items", kept, to_attr="kept"))
    )
    fresh = {one.pk: "\n".join(map(folded, lines_of(one))) for one in rows}
    old = dict(SearchText.objects.filter(pk__in=fresh).values_list("pk", "folded"))
    changed = {pk: text for pk, text in fresh.items() if old.get(pk) != text}
    GRAMS.take_out({pk: old[pk] for pk in changed if pk in old})
    SearchText.objects.bulk_create(
        [SearchText(document_id=pk, folded=text) for pk, text in changed.items()],
        update_conflicts=True,
        unique_fields=["document"],
        update_fields=["folded"],
    )
    GRAMS.put_in(changed)
    return len(fresh)


def lines_of(document: Document) -> list[str]:
    """Number, title, 档号, organ and unit, then the body: the words of its content in their order."""
    unit = document.unit.name if document.unit else ""
    head = [document.full_number, document.title, *(one.reference for one in document.kept)]
    return [*head, document.issuer, unit, *body_of(document)]


def body_of(document: Document) -> list[str]:
    return [line for text in _words(document.content) for line in text.split("\n") if line.strip()]


def _words(content: Any) -> Iterator[str]:
    if isinstance(content, str):
        yield content
    elif isinstance(content, Mapping):
        for key, value in content.items():
            if key not in NO_WORDS:
                yield from _words(value)
    elif isinstance(content, list):
        for one in content:
            yield from _words(one)
