"""Which 版头 a draft wears: those of its organ in use that day, the one for its kind first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from foundation.organization.models import Unit
from foundation.organization.refusals import Refused

from ...models import Draft, Letterhead


def heads_of(organ: Unit, day: dt.date) -> list[Letterhead]:
    rows = Letterhead.objects.filter(organ=organ, state=Letterhead.State.IN_USE, start__lte=day)
    return list(rows.order_by("pk"))


def head_for(organ: Unit, kind: str, day: dt.date, *, code: str = "") -> Letterhead | None:
    """One for this kind alone before one for all, that of the organ's own name and 代字 before another's; with `code`
    only one that has it."""
    return fitting(heads_of(organ, day), organ, kind, code)


def fitting(heads: Sequence[Letterhead], organ: Unit, kind: str, code: str = "") -> Letterhead | None:
    """Of these, as `head_for` chooses."""
    found = [one for one in heads if one.fits(kind) and (not code or one.code == code)]
    own = (organ.name, organ.document_code)
    return min(
        found, key=lambda one: (not one.kinds, one.name != own[0], one.code != own[1], one.pk), default=None
    )


def changed_with(row: Draft, written: dict[str, Any], day: dt.date) -> dict[str, Any]:
    """`written` with the 代字 of the 版头 that the draft then has."""
    kind, head = written.get("kind", row.kind), written.get("head")
    if "head" not in written:
        head = row.head
    if head is None:
        return written
    if head.pk != row.head_id and head not in heads_of(row.organ, day):
        raise Refused("这个版头已停用或还没有启用，请重新选择。", field="head")
    if not head.fits(kind):
        raise Refused(f"这个版头只用于{head.kind_names}，请换一个。", field="head")
    return written | {"code": head.code}
