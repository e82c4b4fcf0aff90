"""How a change of a row ends: no second fine for one act, the answer kept beside the case, the journal told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from foundation.journal.moves import record
from foundation.organization.actors import Actor
from foundation.organization.refusals import Refused

from ..loading import every_pack
from ..models import Case
from ..models.kept import Kept
from ..pack import Pack
from ..standing import pack_of
from .told import Answer, Rows, answer, rows_of


def refuse(faults: Iterable[str]) -> None:
    if found := list(dict.fromkeys(faults)):
        raise Refused("".join(found))


def keep(
    verb: str, case: Case, row: Kept | None, actor: Actor, at: dt.datetime, *,
    words: Mapping[str, str], changes: Mapping[str, Any] | None = None,
) -> None:  # fmt: skip
    """`changes` are columns of the case, which it has already taken on."""
    pack, rows = pack_of(case, every_pack()), rows_of(case)
    found = answer(pack.penalties, case, rows)
    refuse(_twice(pack, rows, found))
    data = {"row": row.pk} if row else dict(changes or {})
    record(
        Case,
        case.pk,
        verb,
        actor=actor,
        at=at,
        changes={**found.kept, **(changes or {})},
        data=data,
        words=words,
    ).all_or_refuse()


def _twice(pack: Pack, rows: Rows, found: Answer) -> Iterable[str]:
    names = {str(one.pk): one.name for one in rows.parties}
    basis = pack.penalties.once
    for party, _, numbers in found.twice:
        yield (
            f"对“{names[party]}”的同一违法行为有两次罚款：{'、'.join(numbers)}，不能重复罚款"
            + (f"（{pack.cite(basis)}）" if basis else "")
            + "。不是同一违法行为的，请另登记违法行为，或在“不是同一行为的理由”里写明。"
        )
