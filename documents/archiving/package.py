"""归档包: the ZIP of some 件. The same 件 give the same bytes; verify.py, which is in it, checks it anywhere."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from collections.abc import Callable, Iterator, Sequence
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any

from foundation.files.models import path_of
from foundation.files.services import CHUNK, clean
from foundation.journal import keys
from foundation.journal.models import Entry, Journaled
from foundation.journal.verbs import says
from foundation.organization.refusals import Refused
from foundation.organization.whole import put_in_place, unfinished

from .. import layout
from ..formats import FORMATS
from ..formats.stored import source_of
from ..models import ArchiveItem, Document
from ..papers import form_of
from . import verify

HERE = Path(__file__).parent
RENDERED = {"archive": "PDF-A", "ofd": "OFD"}  # formats that are added to the paper as it was issued
LARGEST = 2 << 30  # bytes
FORBIDDEN = str.maketrans(dict.fromkeys('<>:"/\\|?*', "_"))  # in names of files somewhere
Content = bytes | Path
Tell = Callable[[int], None]


def write_package(items: Sequence[ArchiveItem], title: str, out: Path, tell: Tell = lambda done: None) -> str:
    """Write it whole or not at all; the SHA-256 of the file. `items` with their document, organ and unit."""
    with unfinished(out.parent) as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as package:
            _fill(package, items, title, tell)
        file.flush()
        with open(file.name, "rb") as whole:
            digest = file_digest(whole, "sha256").hexdigest()
        put_in_place(file, out)
    return digest


def _fill(package: zipfile.ZipFile, items: Sequence[ArchiveItem], title: str, tell: Tell) -> None:
    key = keys.key()  # read once: whose fingerprint it names, that one signs
    front = _front(items, title, keys.fingerprint(key))
    listed = {name: _put(package, name, content) for name, content in front.items()}
    for done, item in enumerate(items, 1):
        base = f"{verify.FOLDER}{item.reference}/"
        for name, content in _parts(item):
            listed[base + name] = _put(package, base + name, content)
        tell(done)
    lines = "".join(f"{digest}  {name}\n" for name, digest in listed.items())
    ends = (lines.encode(), key.sign(lines.encode()), keys.public_key(key))
    for name, content in zip(verify.ENDS, ends, strict=True):
        _put(package, name, content)


def _front(items: Sequence[ArchiveItem], title: str, key: str) -> dict[str, Content]:
    """What is there once."""
    references = [item.reference for item in items]
    kept = {"format": "anban.archive", "version": 2, "title": title, "items": references, "key": key}
    return {
        "README.txt": (HERE / "readme.txt").read_text("utf-8").format(key=key).encode(),
        verify.ABOUT: as_json(kept),
        "verify.py": HERE / "verify.py",
    }


def _parts(item: ArchiveItem) -> Iterator[tuple[str, Content]]:
    """The files of one 件, by name."""
    yield verify.METADATA, as_json(about(item))
    yield verify.EVENTS, as_json({"chains": [_chain(item.document), _chain(item)]})
    yield "文件处理单.pdf", layout.render_approval_form(form_of(item.content["form"]))
    for number, one in enumerate(item.content["files"], 1):
        yield f"{number:02}-{one['role']}-{_safe(one['name'])}", path_of(one["sha256"])
    for label, extension, content in _rendered(item.document):
        yield f"00-正文-{label}.{extension}", content


def _rendered(document: Document) -> Iterator[tuple[str, str, bytes]]:
    """The paper in the archive's formats, where its content is kept: as it was issued, or set again for PDF/A."""
    if not document.content or document.file is None:
        return
    source = source_of(document, document.file.path.read_bytes)
    for code, label in RENDERED.items():
        yield label, FORMATS[code].extension, FORMATS[code].make(source)


def about(item: ArchiveItem) -> dict[str, Any]:
    names = ("reference", "state", "year", "term", "basis", "reason", "content", "digest")
    return {name: getattr(item, name) for name in names} | {
        "title": item.document.title,
        "document": item.document_id,
        "term_name": item.get_term_display(),
        "archived_on": item.archived_on.isoformat(),
    }


def _chain(row: Journaled) -> dict[str, Any]:
    target = row._meta.label_lower
    entries = Entry.objects.filter(target=target, target_id=row.pk).order_by("seq").select_related("actor")
    return {
        "target": target, "id": row.pk, "seq": row.journal_seq, "head": row.journal_head,
        "entries": [_entry(one) for one in entries],
    }  # fmt: skip


def _entry(one: Entry) -> dict[str, Any]:
    """What the hash covers, and for people who did what. Words are personal: their digest goes out alone."""
    return {
        "seq": one.seq, "verb": one.verb, "source": one.source, "to": one.to, "actor": one.actor_id,
        "post": one.post_id, "behalf": one.behalf_id, "data": one.data, "words": one.words_hash,
        "at": one.at.astimezone(dt.UTC).isoformat(timespec="microseconds"), "hash": one.hash,
        "says": says(one.verb), "who": one.actor.name if one.actor else "系统",
    }  # fmt: skip


def _put(package: zipfile.ZipFile, name: str, content: Content) -> str:
    """Add a file, always dated alike; its digest."""
    if isinstance(content, Path) and not content.exists():
        raise Refused(f"“{name}”的内容不在存储中，归档包没有生成，请从备份恢复后重试。")
    size = content.stat().st_size if isinstance(content, Path) else len(content)
    if package.fp and package.fp.tell() + size > LARGEST:
        raise Refused("归档包超过 2 GB，请按年度或保管期限分成几个包。")
    info, digest = zipfile.ZipInfo(name, verify.MADE), sha256()
    info.create_system, info.external_attr, info.file_size = 3, verify.MODE, size
    stream = content.open("rb") if isinstance(content, Path) else io.BytesIO(content)
    with stream, package.open(info, "w") as out:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
            out.write(chunk)
    return digest.hexdigest()


def _safe(name: str) -> str:
    return clean(name).translate(FORBIDDEN).strip(". ") or "文件"


def as_json(found: Any) -> bytes:
    return (json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
