"""All copies of a batch as one PDF with bookmarks, or as a ZIP. The same copies give the same bytes."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from django.db.models import QuerySet

from foundation.files.services import clean

from ..formats.zipped import MADE
from ..layout.pdf import saved
from ..models import Batch, BatchItem


def issued(batch: Batch) -> QuerySet[BatchItem]:
    return batch.items.filter(state=BatchItem.State.MADE).select_related("unit", "document__file")


def merged(batch: Batch) -> bytes:
    """For the printer: every copy begins on a sheet of its own, a bookmark for each unit. The copies are the originals,
    with their tags and signatures; this has neither. Empty where there is no copy."""
    import pikepdf

    known: dict[bytes, Any] = {}
    with pikepdf.new() as whole:
        with whole.open_outline() as outline:
            for item in issued(batch):
                outline.root.append(pikepdf.OutlineItem(item.unit.short_name, len(whole.pages)))
                _append(whole, _path(item), known)
        return saved(whole) if whole.pages else b""


def _path(item: BatchItem) -> Path:
    assert item.document
    assert item.document.file
    return item.document.file.path


def _append(whole: Any, path: Path, known: dict[bytes, Any]) -> None:
    """Copies drawn together have the same fonts and pictures: kept once."""
    import pikepdf

    with pikepdf.open(path) as copy:
        digest = _digest(copy.pages[0].obj.Resources)  # a file's pages share theirs
        for page in copy.pages:
            whole.pages.append(page)
            made = whole.pages[-1].obj
            for key in ("/Annots", "/StructParents", "/Tabs"):
                if key in made:
                    del made[key]
            made.Resources = known.setdefault(digest, made.Resources)
        if len(whole.pages) % 2:
            whole.add_blank_page(page_size=tuple(map(float, copy.pages[-1].mediabox[2:])))


def _digest(resources: Any) -> bytes:
    """Of everything a page may draw with, by content."""
    hashed = sha256()
    for part in _parts(resources, set()):
        hashed.update(part)
    return hashed.digest()


def _parts(value: Any, seen: set[tuple[int, int]]) -> Iterator[bytes]:
    import pikepdf

    if isinstance(value, pikepdf.Object) and value.is_indirect:
        if value.objgen in seen:
            return
        seen.add(value.objgen)
    if isinstance(value, pikepdf.Stream):
        yield value.read_raw_bytes()
    if isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        for key in sorted(value.keys()):
            yield key.encode()
            yield from _parts(value[key], seen)
    elif isinstance(value, pikepdf.Array):
        for one in value:
            yield from _parts(one, seen)
    else:
        yield repr(value).encode()


class _Sent:
    """Where a ZIP is written to, and taken from as it grows."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []

    def write(self, part: bytes) -> int:
        self.parts.append(bytes(part))
        return len(part)

    def flush(self) -> None:
        """Nothing is held back."""

    def close(self) -> None:
        """Nothing is open."""

    def taken(self) -> Iterator[bytes]:
        yield from self.parts
        self.parts.clear()


def zip_of(batch: Batch) -> Iterator[bytes]:
    """The copies named by code and unit. Made while it is sent: it needs no room on the disk."""
    sent = _Sent()
    with ZipFile(sent, "w", ZIP_STORED) as package:
        for item in issued(batch):
            name = clean(f"{item.unit.code}-{item.unit.short_name}.pdf")
            package.writestr(ZipInfo(name, MADE), _path(item).read_bytes())
            yield from sent.taken()
    yield from sent.taken()
