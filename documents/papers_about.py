"""The documents about one thing, for its own page: a task's 审批单, a campaign's 通知."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from foundation.files.models import Attachment

from .issuing.making import Standing, standing_of, with_making
from .models import Document
from .permissions import reads_document
from .services import papers_of


@dataclass(frozen=True)
class Paper:
    """`file` is None until the background work has produced it, and for a document that is void."""

    document: Document
    file: Attachment | None
    standing: Standing | None = None  # of one without a file


def papers_about(
    subject: str, subject_id: int, *, seat: int | None, day: dt.date, but: tuple[str, ...] = ()
) -> list[Paper]:
    """Those the appointment `seat` may read, the latest first, without the kinds `but`; two queries."""
    if seat is None:
        return []
    about = Document.objects.filter(reads_document.q(seat, day), subject=subject, subject_id=subject_id)
    rows = list(with_making(about.exclude(kind__in=but)).defer("content"))
    files = papers_of(row.pk for row in rows) if rows else {}
    return [Paper(row, files.get(row.pk), standing_of(row)) for row in rows]
