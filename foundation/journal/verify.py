"""Reads the whole journal and names the first entry that is not as it was written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass

from django.apps import apps
from django.db.models import F, Value
from django_fsm import FSMField

from . import guard
from .models import Entry, Journaled

Head = tuple[int, str]  # seq and hash at the end of a chain
Key = tuple[str, int]  # target and its id
Heads = dict[Key, Head]
States = dict[Key, str]  # the last state an entry moved its target to


@dataclass(frozen=True)
class Bad:
    """Where the journal does not hold. `why` is an English code, see docs/glossary.md."""

    why: str  # changed | gap | head | state | tail | missing | trigger | checkpoint
    target: str = ""
    target_id: int | None = None
    seq: int | None = None
    verb: str = ""

    def as_json(self) -> dict:
        return asdict(self)


def first_bad(known: Heads | None = None) -> tuple[int, Bad | None]:
    """(entries read, the first fault or None). `known`: the heads an earlier checkpoint tied."""
    heads: Heads = {}
    states: States = {}
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
        states[key] = entry.to or states.get(key, "")
    return read, next(_against_rows(heads, states), None) or next(
        _against(known or {}, heads), None
    ) or _triggers()


def _bad(why: str, entry: Entry) -> Bad:
    return Bad(why, entry.target, entry.target_id, entry.seq, entry.verb)


def _against_rows(heads: Heads, states: States) -> Iterator[Bad]:
    """Every journaled row carries the head of its chain, and stands where its last move put it."""
    left = dict(heads)
    for model in apps.get_models():
        if issubclass(model, Journaled):
            label = model._meta.label_lower
            for pk, seq, head, state in _rows(model):
                if left.pop((label, pk), (0, "")) != (seq, head):
                    yield Bad("head", label, pk, seq)
                elif state != states.get((label, pk), ""):
                    yield Bad("state", label, pk, seq)
    for (label, pk), (seq, _) in left.items():
        yield Bad("missing", label, pk, seq)


def _rows(model: type[Journaled]) -> Iterator[tuple[int, int, str, str]]:
    """(pk, seq, head, state); the state is empty for a model that has none."""
    fsm = next((field.name for field in model._meta.fields if isinstance(field, FSMField)), None)
    state = F(fsm) if fsm else Value("")
    rows = model._base_manager.order_by("pk").values_list("pk", "journal_seq", "journal_head", state)
    return rows.iterator(2000)


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
