"""办理过程 of a document: its journal, and between its lines who was asked and what they said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from approvals.given import Given
from foundation.journal.models import Entry
from foundation.journal.timeline import entries_of, line_of

from ..opinions import all_given_in
from .content import LABEL

CHANGE = f"{LABEL}.change"
SAID_TWICE = tuple(
    f"{LABEL}.{verb}" for verb in ("sign", "sign_again", "send_back")
)  # by the signer's own line


def timeline_of_draft(draft: int) -> list[dict[str, Any]]:
    """The latest first. What one person saved again and again is one line."""
    given = [one for one in all_given_in(draftprocess__draft=draft) if one.at]
    told = {one.at for one in given}
    entries = (one for one in entries_of(LABEL, draft) if one.at not in told or one.verb not in SAID_TWICE)
    lines = [*_folded(entries), *map(_given, given)]
    return sorted(lines, key=lambda line: line["at"])[::-1]


def _folded(entries: Iterable[Entry]) -> Iterator[dict[str, Any]]:
    """Autosaves write an entry each; a reader wants to know who wrote on it, and until when."""
    for (verb, _), group in groupby(entries, lambda one: (one.verb, one.actor_id)):
        same = list(group)
        if verb != CHANGE or len(same) == 1:
            yield from map(_line, same)
        else:
            yield line_of(same[-1]) | {"note": f"共保存 {len(same)} 次"}


def _line(one: Entry) -> dict[str, Any]:
    return line_of(one) | {"note": "；".join(one.data.get("difference", ()))}


def _given(one: Given) -> dict[str, Any]:
    assert isinstance(one.at, dt.datetime)
    return {
        "state": "returned" if one.decision in ("退回", "不同意") else "past",
        "who": one.person,
        "behalf": one.behalf,
        "does": f"{one.step}：{one.decision}",
        "opinion": one.text,
        "at": one.at,
        "files": one.files,
        "signature": one.picture.url if one.picture else "",
    }
