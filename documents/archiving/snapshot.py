"""What a 件 is made of, as values: kept and sealed when it is archived, compared ever after."""

from __future__ import annotations

import json
from hashlib import file_digest, sha256
from typing import Any

from django.utils import timezone

from foundation.files.models import Attachment, StoredFile, path_of
from foundation.files.services import attachments_of
from foundation.journal.chain import canonical

from ..layout.dates import chinese_date, chinese_minute
from ..models import ArchiveItem, Document, Draft
from ..opinions import given_in
from ..services import LABEL

FORM = "文件处理单"
Snapshot = dict[str, Any]


def snapshot_of(document: Document) -> Snapshot:
    """The document with `organ` and `unit`; no floats, so that it can be sealed like an entry of the journal."""
    return {
        "document": facts_of(document),
        "files": [_file(role, one) for role, one in parts_of(document)],
        "form": form_of(document),
        "journal": {"seq": document.journal_seq, "head": document.journal_head},
    }


def digest_of(snapshot: Snapshot) -> str:
    return sha256(canonical(snapshot).encode()).hexdigest()


def facts_of(document: Document) -> dict[str, Any]:
    content = json.dumps(document.content, ensure_ascii=False, sort_keys=True)
    return {
        "id": document.pk,
        "kind": document.kind,
        "title": document.title,
        "number": document.full_number,
        "organ": document.issuer,
        "unit": document.unit.name if document.unit else "",
        "issued_on": document.issued_on.isoformat(),
        "content": sha256(content.encode()).hexdigest(),
    }


def parts_of(document: Document) -> list[tuple[str, Attachment]]:
    """(role, file): the text before what is enclosed (DA/T 22), then the papers about the document itself."""
    about = Document.objects.filter(subject=LABEL, subject_id=document.pk, state=Document.State.ISSUED)
    labels = {one.pk: one.get_kind_display() for one in about.order_by("pk")}
    found = attachments_of(LABEL, [document.pk, *labels])
    own = sorted(found.pop(document.pk, []), key=lambda one: one.file_id != document.file_id)
    parts = [("正文" if one.file_id == document.file_id else "附件", one) for one in own]
    return parts + [(labels[pk], one) for pk in labels for one in found.get(pk, [])]


def form_of(document: Document) -> dict[str, Any]:
    """文件处理单, as papers.form_of takes it."""
    facts = [
        ["标题", document.title],
        ["发文字号", document.full_number or "—"],
        ["文种", document.get_kind_display()],
        ["发文机关", document.issuer],
        ["成文日期", chinese_date(document.issued_on)],
        ["登记时间", chinese_minute(timezone.localtime(document.created))],
        ["相关单位", document.unit.name if document.unit else "—"],
        *_hands(document),
    ]
    return {
        "title": FORM,
        "facts": facts,
        "opinions": given_in(draftprocess__draft__document=document.pk),
    }


def _hands(document: Document) -> list[list[str]]:
    """Of one that was drafted here: who wrote it, who signed it."""
    draft = (
        Draft.objects.filter(document=document).select_related("drafted_by__person", "signer__person").first()
    )
    if draft is None or draft.signer is None:
        return []
    return [["拟稿人", draft.drafted_by.person.name], ["签发人", draft.signer.person.name]]


def differences(item: ArchiveItem) -> list[str]:
    """What is no longer as it was archived, in sentences; files are read from the disk."""
    kept, now = item.content, facts_of(item.document)
    found = [] if digest_of(kept) == item.digest else ["归档时的记录（快照）被改动过。"]
    labels = {"title": "标题", "number": "发文字号", "organ": "发文机关", "issued_on": "成文日期"}
    found += [
        f"公文的{labels.get(key, '内容')}与归档时不同。"
        for key, value in kept["document"].items()
        if now[key] != value
    ]
    return found + [says for one in kept["files"] if (says := _fault(one))]


def _fault(file: dict[str, Any]) -> str:
    try:
        with path_of(file["sha256"]).open("rb") as stream:
            digest = file_digest(stream, "sha256").hexdigest()
    except FileNotFoundError:
        return f"文件“{file['name']}”不在存储中，请从备份恢复。"
    return "" if digest == file["sha256"] else f"文件“{file['name']}”的内容被改动过，请从备份恢复。"


def _file(role: str, one: Attachment) -> dict[str, Any]:
    return {
        "attachment": one.pk,
        "role": role,
        "name": one.name,
        "sha256": one.file.sha256,
        "size": one.size,
        "pages": _pages(one.file),
    }


def _pages(file: StoredFile) -> int | None:
    """Of a PDF that can be read."""
    if file.media_type != "application/pdf":
        return None
    import pikepdf  # slow to import: only what counts pages pays

    try:
        with pikepdf.open(file.path) as pdf:
            return len(pdf.pages)
    except (pikepdf.PdfError, OSError):
        return None
