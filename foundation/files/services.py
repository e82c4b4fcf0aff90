"""Storing a file, attaching it, taking it off again.

A transaction that is rolled back after `store` leaves its file on the disk. That is harmless: the file is named
by its content, nobody can read what has no row, and the next upload of the same content takes its place.
"""

from __future__ import annotations

import datetime as dt
import io
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path, PurePath
from typing import IO

from django.conf import settings

from foundation.organization.actors import Actor
from foundation.organization.refusals import Refused
from foundation.organization.whole import put_in_place, unfinished

from . import kinds
from .models import Attachment, StoredFile, path_of

CHUNK = 1 << 20  # bytes


def store(source: bytes | IO[bytes], name: str, *, at: dt.datetime) -> StoredFile:
    """Keep a content. Refused: empty, too large, a type no office uses, a name that lies about the type."""
    name = clean(name)
    stream = io.BytesIO(source) if isinstance(source, bytes) else source
    with unfinished(settings.FILES_DIR) as file:
        digest, size = _copy(stream, file, name)
        media_type = kinds.media_type(name, Path(file.name))
        put_in_place(file, path_of(digest))
    # Not get_or_create: two uploads of one content at once both find the row, without a savepoint.
    row = StoredFile(sha256=digest, size=size, media_type=media_type, created=at)
    StoredFile.objects.bulk_create([row], ignore_conflicts=True)
    return StoredFile.objects.get(sha256=digest)


def attach(
    file: StoredFile, *, subject: str, subject_id: int, slot: str, name: str, actor: Actor, at: dt.datetime
) -> Attachment:
    """Attach to a row ("tasks.task", 12). Whether the actor may do that is checked by the row's own service."""
    place = {"file": file, "subject": subject, "subject_id": subject_id, "slot": slot}
    row = Attachment(**place, name=clean(name), added_by_id=actor.post, at=at)
    Attachment.objects.bulk_create([row], ignore_conflicts=True)
    return Attachment.objects.select_related("file").get(**place, removed_at=None)


def detach(attachment: int, *, actor: Actor, at: dt.datetime) -> None:
    """Take off; row and file stay, for what was submitted with them. The row's own service has checked who may."""
    there = Attachment.objects.filter(pk=attachment, removed_at=None)
    if not there.update(removed_at=at, removed_by=actor.post):
        raise Refused("这个附件已经移除，请刷新页面。")


def attachments_of(subject: str, ids: Iterable[int]) -> dict[int, list[Attachment]]:
    """What is attached to each of these rows now, in one query; rows without any are absent."""
    found = defaultdict(list)
    rows = Attachment.objects.filter(subject=subject, subject_id__in=list(ids), removed_at=None)
    for row in rows.select_related("file"):
        found[row.subject_id].append(row)
    return dict(found)


def files_of(subject: str, pk: int) -> list[Attachment]:
    """What is attached to one row now."""
    return attachments_of(subject, [pk]).get(pk, [])


def in_slot(subject: str, ids: Iterable[int], slot: str) -> dict[int, Attachment]:
    """The file in a place that holds one, of each of these rows, in one query; rows without it are absent."""
    rows = Attachment.objects.filter(subject=subject, subject_id__in=list(ids), slot=slot, removed_at=None)
    return {row.subject_id: row for row in rows.select_related("file")}


def clean(name: str) -> str:
    """The bare file name, at most 120 characters, without controls and marks that turn the direction of writing.

    Private-use characters stay: that is where older systems keep rare names.
    """
    bare = name.replace("\\", "/").rpartition("/")[2]
    seen = "".join(
        c for c in unicodedata.normalize("NFC", bare) if unicodedata.category(c) not in ("Cc", "Cf")
    )
    suffix = PurePath(seen.strip()).suffix[:20]
    return seen.strip().removesuffix(suffix)[: 120 - len(suffix)] + suffix


def _copy(stream: IO[bytes], file: IO[bytes], name: str) -> tuple[str, int]:
    """Write the stream down; its digest and size in bytes."""
    digest, size = sha256(), 0
    while chunk := stream.read(CHUNK):
        size += len(chunk)
        if size > settings.UPLOAD_LIMIT_BYTES:
            limit = settings.UPLOAD_LIMIT_BYTES // CHUNK
            raise Refused(f"“{name}”超过 {limit} MB，请压缩或分成几个文件再上传。")
        digest.update(chunk)
        file.write(chunk)
    if not size:
        raise Refused(f"“{name}”是空文件，请检查后重新上传。")
    file.flush()
    return digest.hexdigest(), size
