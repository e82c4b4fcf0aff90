"""Reads the whole journal and names the first entry that is not as it was written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass

from django.apps import apps

from . import guard
from .models import Entry, Journaled

Head = tuple[int, str]  # seq and hash at the end of a chain
Heads = dict[tuple[str, int], Head]


@dataclass(frozen=True)
class Bad:
    """Where the journal does not hold. `why` is an English code, see docs/glossary.md."""

    why: str  # changed | gap | head | tail | missing | trigger | checkpoint
    target: str = ""
    target_id: int | None = None
    seq: int | None = None
    verb: str = ""

    def as_json(self) -> dict:
        return asdict(self)


def first_bad(known: Heads | None = None) -> tuple[int, Bad | None]:
    """(entries read, the first fault or None). `known`: the heads an earlier checkpoint tied."""
    heads: Heads = {}
    read = 0
    for entry in Entry.objects.order_by("target", "target_id", "seq").iterator(2000):
        read += 1
        key = (entry.target, entry.target_id)
        seq, head = heads.get(key, (0, ""))
        if entry.seq != seq + 1:
            return read, _bad("gap", entry)
        if not entry.holds_after(head):
            return read, _bad("changed", entry)
        if known and known.get(key, (0, ""))[0] == entry.seq and known[key][1] != entry.hash:
            return read, _bad("checkpoint", entry)
        heads[key] = (entry.seq, entry.hash)
    return read, next(_against_rows(heads), None) or next(_against(known or {}, heads), None) or _triggers()


def _bad(why: str, entry: Entry) -> Bad:
    return Bad(why, entry.target, entry.target_id, entry.seq, entry.verb)


def _against_rows(heads: Heads) -> Iterator[Bad]:
    """Every journaled row carries the head of its chain."""
    left = dict(heads)
    for model in apps.get_models():
        if issubclass(model, Journaled):
            label = model._meta.label_lower
            rows = model._base_manager.order_by("pk").values_list("pk", "journal_seq", "journal_head")
            for pk, seq, head in rows.iterator(2000):
                if left.pop((label, pk), (0, "")) != (seq, head):
                    yield Bad("head", label, pk, seq)
    for (label, pk), (seq, _) in left.items():
        yield Bad("missing", label, pk, seq)


def _against(known: Heads, heads: Heads) -> Iterator[Bad]:
    """Every chain is at least as long as when the checkpoint was made."""
    for key, (seq, _) in known.items():
        if key not in heads:
            yield Bad("missing", *key, seq)
        elif heads[key][0] < seq:
            yield Bad("tail", *key, heads[key][0] + 1)


def _triggers() -> Bad | None:
    gone = guard.missing()
    return Bad("trigger", verb=gone[0]) if gone else None
