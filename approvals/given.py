"""Every word given on one matter, in order, with signature and files: what the 审批单 and the print view show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from foundation.files.models import Attachment
from foundation.files.services import attachments_of

from . import signatures, store
from .chapters import Chapter
from .enclosures import given_with
from .models import Signer
from .terms import State
from .trail import WORDS, told


@dataclass(frozen=True)
class Given:
    """One row of a trail. `at` is None where nobody decided: it was skipped, or agreed by the route, as `text` says."""

    step: str
    decision: str
    text: str = ""
    person: str = ""
    post: str = ""
    behalf: str = ""  # whose proxy
    at: dt.datetime | None = None
    signed: bool = False  # by a person: with the picture, else by name
    picture: Attachment | None = None
    files: list[Attachment] = field(default_factory=list)


def all_given(chapters: Iterable[Chapter]) -> list[Given]:
    """Two queries at most beside those of the chapters."""
    rows = [(chapter, row) for chapter in chapters for row in told(chapter)]
    enclosed = given_with(row for _, row in rows)
    ids = {row.signature_id for _, row in rows if row.signature_id}
    pictures = attachments_of(signatures.LABEL, ids) if ids else {}
    return [_given(chapter, row, pictures, enclosed) for chapter, row in rows]


def _given(
    chapter: Chapter, row: Signer, pictures: dict[int, list[Attachment]], enclosed: dict[int, list[Attachment]]
) -> Given:  # fmt: skip
    step = store.route_of(chapter.approval.version).steps[row.step - 1].name
    owner, by = row.appointment, row.decided_by
    if row.decided_at is None:
        decision = "自动同意" if row.state == State.AGREED else "未办理"
        return Given(step, decision, row.reason, owner.person.name if owner else "")
    return Given(
        step,
        WORDS[State(row.state)],
        row.opinion,
        by.person.name if by else "系统",
        by.get_post_display() if by else "",
        owner.person.name if owner and by and owner.person_id != by.person_id else "",
        row.decided_at,
        by is not None,
        next(iter(pictures.get(row.signature_id or 0, ())), None),
        enclosed.get(row.pk, []),
    )
