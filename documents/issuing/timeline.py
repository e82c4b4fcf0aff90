"""办理过程 of a document: its journal, and between its lines who was asked and what they said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from approvals.given import Given
from foundation.journal.models import Entry
from foundation.journal.timeline import entries_of, line_of

from ..models import SealPlace
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
    lines = [*_folded(entries, _organs(draft)), *map(_given, given)]
    return sorted(lines, key=lambda line: line["at"])[::-1]


def _organs(draft: int) -> dict[str, str]:
    """Of a joint paper: names of those that have a place for their seal."""
    return dict(SealPlace.objects.filter(draft=draft).values_list("organ__code", "organ__short_name"))


def _folded(entries: Iterable[Entry], organs: dict[str, str]) -> Iterator[dict[str, Any]]:
    """Autosaves write an entry each; a reader wants to know who wrote on it, and until when."""
    for (verb, _), group in groupby(entries, lambda one: (one.verb, one.actor_id)):
        same = list(group)
        if verb != CHANGE or len(same) == 1:
            yield from (_line(one, organs) for one in same)
        else:
            yield line_of(same[-1]) | {"note": f"共保存 {len(same)} 次"}


def _line(one: Entry, organs: dict[str, str]) -> dict[str, Any]:
    note = "；".join(one.data.get("difference", ()))
    if one.verb == f"{LABEL}.place":
        note = (
            f"{organs.get(one.data['organ'], '')}，{'加盖电子印章' if one.data['seal'] else '留出盖章位置'}"
        )
    return line_of(one) | {"note": note}


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
