"""Every word given on one matter, in order, with signature and files: what the 审批单 and the print view show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from foundation.files.models import Attachment

from .chapters import Chapter
from .enclosures import given_with
from .engine.terms import State
from .models import Signer
from .signatures import pictures_of
from .trail import WORDS, behalf_of, step_name, told, unsigned


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
    pictures = pictures_of(row.signature_id for _, row in rows)
    return [_given(chapter, row, pictures, enclosed) for chapter, row in rows]


def _given(
    chapter: Chapter, row: Signer, pictures: dict[int | None, Attachment], enclosed: dict[int, list[Attachment]]
) -> Given:  # fmt: skip
    step, by = step_name(chapter.approval, row.step), row.decided_by
    if row.decided_at is None:
        return Given(step, unsigned(row), row.reason, row.appointment.person.name if row.appointment else "")
    return Given(
        step,
        WORDS[State(row.state)],
        row.opinion,
        by.person.name if by else "系统",
        by.get_post_display() if by else "",
        behalf_of(row),
        row.decided_at,
        by is not None,
        pictures.get(row.signature_id),
        enclosed.get(row.pk, []),
    )
