"""A file that somebody asked for on a page of this room, made in the background."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.db import transaction as tx

from foundation.files.models import Attachment
from foundation.files.services import attach, files_of, store
from foundation.organization.actors import Actor

from .models import AnalysisExport, FigureExport


def made_once(
    row: AnalysisExport | FigureExport, slot: str, write: Callable[[Actor], bytes], at: dt.datetime
) -> Attachment:
    """Once, however often its job runs. `write` is given whom it is made for."""
    label = row._meta.label_lower
    if made := files_of(label, row.pk):
        return made[0]
    actor = Actor.of(row.by)
    file = store(write(actor), str(row), at=at)
    with tx.atomic():
        type(row)._base_manager.select_for_update().get(pk=row.pk)
        if not files_of(label, row.pk):
            attach(file, subject=label, subject_id=row.pk, slot=slot, name=str(row), actor=actor, at=at)
    return files_of(label, row.pk)[0]
