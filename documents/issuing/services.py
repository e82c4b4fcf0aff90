"""Starting a draft and saving what was written. Whoever saves names the revision they read."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from approvals.acting import acting
from foundation.journal.moves import create, record
from foundation.organization.actors import Actor
from foundation.organization.codes import refuse_code
from foundation.organization.models import Unit
from foundation.organization.refusals import Refused

from ..models import Draft
from ..models.draft import OPEN
from .content import title_of
from .flows import IssuingFlow
from .heads.choosing import changed_with, head_for
from .permissions import writes_draft
from .revisions import refuse_stale

WRITTEN = (
    "kind",
    "text",
    "organ",
    "code",
    "head",
    "urgency",
    "to",
    "cc",
    "cosigners",
    "joint",
    "main_head",
    "corrects",
    "pattern",
)


@transaction.atomic
def start_draft(
    *, kind: str, organ: Unit, actor: Actor, at: dt.datetime, text: str = "", **written: Any
) -> int:
    """A new draft; `written` as in `save_draft`. Returns its id."""
    day = timezone.localdate(at)
    if not Unit.objects.filter(writes_draft.q(actor.post, day), pk=organ.pk).exists():
        raise Refused(writes_draft.says)
    given, code = _known(written), written.get("code", "")
    head = given["head"] if "head" in given else head_for(organ, kind, day, code=code)
    values = given | {
        "kind": kind, "organ": organ, "text": text, "title": title_of(text), "drafted_by": actor.post,
        "head": head, "code": head.code if head else code or organ.document_code,
    }  # fmt: skip
    (pk,) = create(Draft, values, actor=actor, at=at, data={"kind": kind})
    with acting(actor, at):
        IssuingFlow.start.run(draft=pk)
    return pk


@transaction.atomic
def save_draft(*, draft: int, revision: int, actor: Actor, at: dt.datetime, **written: Any) -> int:
    """Save what was written (the names of WRITTEN) and return the revision it now has.

    Raises Stale, and keeps nothing, where another revision than `revision` is there; what is the same writes nothing.
    """
    row = Draft.objects.select_for_update().filter(pk=draft).first()
    if row is None:
        raise Refused("这份文稿已不存在。")
    refuse_stale(row, revision)
    written = changed_with(row, _known(written), timezone.localdate(at))
    changes = {name: value for name, value in written.items() if getattr(row, name) != value}
    if not changes:
        return revision
    data = {"fields": sorted(changes), "revision": revision + 1}
    if "text" in changes:
        changes["title"] = title_of(changes["text"])
    record(
        Draft, draft, "change", actor=actor, at=at, changes=changes | {"revision": revision + 1}, data=data,
        rules=(writes_draft,), source=Q(state__in=OPEN),
    ).all_or_refuse()  # fmt: skip
    return revision + 1


def _known(written: dict[str, Any]) -> dict[str, Any]:
    if unknown := written.keys() - set(WRITTEN):
        raise TypeError(f"a draft has no {', '.join(sorted(unknown))}")
    refuse_code(written.get("code", ""), field="code")
    return written
