"""What the office does with a signed draft: the finding of the check, the number, the seal, the paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from foundation.files.services import files_of
from foundation.journal.moves import record, transition
from foundation.organization.actors import Actor
from foundation.organization.quoting import quoted
from foundation.organization.refusals import Refused

from ..archiving.permissions import unarchived
from ..archiving.services import archive_document
from ..models import Document, Draft
from ..sealing.services import mark, use_seals
from ..services import LABEL as DOCUMENT
from ..services import enclose, print_document, register_document
from .content import LABEL, difference, digest_of, draft_content, title_of
from .opening import refuse_unsettable
from .revisions import refuse_stale
from .slip import SLIP, slip_of


class Found(StrEnum):
    RIGHT = "right"  # 无误
    EDITORIAL = "editorial"  # 文字性修改: declared, and kept line by line
    SUBSTANTIAL = "substantial"  # 实质性修改: the signer reads it again
    BACK = "back"  # 退回修改


@dataclass(frozen=True)
class Finding:
    """What the check found in a revision; `text` where it was changed, `reason` where it goes back."""

    found: Found
    revision: int
    text: str = ""
    reason: str = ""


MOVES = {
    Found.RIGHT: Draft.pass_check, Found.EDITORIAL: Draft.pass_check, Found.SUBSTANTIAL: Draft.ask_again, Found.BACK: Draft.send_back,
}  # fmt: skip


def write_finding(draft: Draft, finding: Finding, actor: Actor, at: dt.datetime) -> None:
    refuse_stale(draft, finding.revision)
    if finding.found in (Found.EDITORIAL, Found.SUBSTANTIAL):
        _change(draft, finding.text, actor, at)
    if finding.found is Found.BACK and not finding.reason.strip():
        raise Refused("退回要写明理由。")
    if finding.found is not Found.BACK:
        refuse_unsettable(draft)
    move, words = MOVES[finding.found], {"reason": finding.reason.strip()}
    transition(move, draft.pk, actor=actor, at=at, note={"found": finding.found}, words=words).all_or_refuse()


def _change(draft: Draft, text: str, actor: Actor, at: dt.datetime) -> None:
    if text == draft.text:
        raise Refused("正文没有改动。确实没有改动的，请选“无误”。")
    changes = {"text": text, "title": title_of(text), "revision": draft.revision + 1}
    data = {"difference": difference(draft.text, text)}
    record(Draft, draft.pk, "amend", actor=actor, at=at, changes=changes, data=data).all_or_refuse()
    draft.text = text


def numbered(draft: Draft, actor: Actor, at: dt.datetime) -> int:
    """The document with its number, made of exactly what stands in the draft."""
    return register_document(
        kind=draft.kind, title=draft.title, organ=draft.organ, subject=LABEL, subject_id=draft.pk,
        content=draft_content(draft) | {"draft": digest_of(draft)}, actor=actor, at=at, numbered=True,
        code=draft.code, issued_on=draft.signed_on, printed=False,
    )  # fmt: skip


def sealed(draft: Draft, seals: Sequence[int], actor: Actor, at: dt.datetime) -> None:
    """With seals of the system, or without: the place for one of rubber stays free. Its 核验码 it gets either way."""
    assert draft.document_id
    if seals:
        use_seals(document=draft.document_id, seals=seals, actor=actor, at=at)
    else:
        mark(document=draft.document_id, actor=actor, at=at)


def printed(draft: Draft, actor: Actor, at: dt.datetime) -> None:
    """With what is attached to it, and its 发文处理单, which goes into the archive with it."""
    assert draft.document
    enclose(files_of(LABEL, draft.pk), document=draft.document.pk, actor=actor, at=at)
    print_document(document=draft.document.pk, actor=actor, at=at)
    register_document(
        kind=Document.Kind.APPROVAL_FORM, title=f"{quoted(draft.title)}{SLIP}", organ=draft.organ, subject=DOCUMENT,
        subject_id=draft.document.pk, content=slip_of(draft), actor=actor, at=at, issued_on=draft.signed_on,
    )  # fmt: skip


def shelved(draft: Draft, actor: Actor, at: dt.datetime, retention: str | None, reason: str) -> None:
    """As an item of the archive, unless it was arranged there already."""
    assert draft.document_id
    if Document.objects.filter(unarchived(), pk=draft.document_id).exists():
        archive_document(document=draft.document_id, actor=actor, at=at, retention=retention, reason=reason)
