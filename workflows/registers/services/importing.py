"""导入: a file is read and looked at, its columns matched, then taken in one transaction, whatever its length.

Taking the same file twice changes nothing: a row that is there is the same, changed, or withdrawn and left alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django.db import transaction as tx
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils import timezone

from foundation.journal.batches import Batch
from foundation.journal.moves import create, record
from foundation.journal.prepared import Param
from foundation.organization.actors import Actor
from foundation.organization.posts import OFFICE_POSTS
from foundation.organization.refusals import Refused
from foundation.organization.sheets import read_sheet

from ..kind import Kind
from ..known import Named, known_for
from ..library import kind_on
from ..matching import matched
from ..models import ImportLine, Register, RegisterImport, RegisterRow, office_keeps
from ..values import key_of, read_row
from .keeping import columns_of

MOST = 10_000  # rows of a file
AT_ONCE = 5_000  # keys asked for in one statement
COLUMNS = ("key", "day", "unit", "cells", "chip", "text")
LINES = Batch(ImportLine, "load", "number", "row", "register", "before", *COLUMNS)
ROWS = Batch(RegisterRow, *COLUMNS)


@dataclass(frozen=True)
class Line:
    """One line that can be read; `row`: the id of the one that is there."""

    number: int
    values: dict[str, Any]
    row: int | None = None
    before: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Read:
    """`missing`: what a new row would need and the file has no column for."""

    number: int
    key: str
    cells: dict[str, Any]
    missing: dict[str, str]


@dataclass
class Preview:
    """What would come of a file. `wrong`: (number, {column: sentence})."""

    new: list[Line] = field(default_factory=list)
    changed: list[Line] = field(default_factory=list)
    same: int = 0
    withdrawn: list[int] = field(default_factory=list)
    wrong: list[tuple[int, dict[str, str]]] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        return {
            "new": len(self.new), "changed": len(self.changed), "same": self.same,
            "withdrawn": len(self.withdrawn), "wrong": len(self.wrong),
        }  # fmt: skip


@tx.atomic
def look_at(*, kind: Kind, content: bytes, name: str, actor: Actor, at: dt.datetime) -> int:
    """Nothing is written in the register. What the same post looked at before and didn't take is forgotten."""
    if actor.post_code not in OFFICE_POSTS:
        raise Refused(office_keeps.says)
    sheet, register = read_sheet(content, most=MOST), Register.objects.get(code=kind.code)
    RegisterImport.objects.filter(register=register, by=actor.post, state="looked_at").delete()
    load = RegisterImport.objects.create(
        register=register, name=name[:200], sha256=sha256(content).hexdigest(), by_id=actor.post or 0, at=at,
        heads=sheet.head, columns=matched(kind, sheet.head, register.heads), lines=sheet.rows, notes=sheet.notes,
    )  # fmt: skip
    return load.pk


def match(*, load: RegisterImport, columns: Mapping[str, str]) -> None:
    """`columns`: {column: head} as somebody chose them."""
    chosen = [head for head in columns.values() if head]
    if twice := next((head for head in chosen if chosen.count(head) > 1), ""):
        raise Refused(f"“{twice}”选了两次，一列只能对应一个栏目。")
    kept = {key: head for key, head in columns.items() if head in load.heads}
    if not RegisterImport.objects.filter(pk=load.pk, state="looked_at").update(columns=kept):
        raise Refused("这份表格已经导入，请重新上传。")


def preview(load: RegisterImport, kind: Kind, known: Named) -> Preview:
    """A cell that is empty, or a column that the file lacks, leaves what is there."""
    found = Preview()
    read = list(_read(load, kind, known, found))
    there = _there(load.register_id, [one.key for one in read])
    for one in read:
        _sort(one, there.get(one.key), kind, known, found)
    return found


def faults_of(load: RegisterImport, kind: Kind, found: Preview | None) -> list[tuple[int, dict[str, str]]]:
    """What has to be put right: once it was taken, as it was then."""
    if found is not None:
        return found.wrong
    known = kind.by_key
    return [
        (number, {key: says for key, says in wrong.items() if key in known})
        for number, _, wrong in load.lines
    ]


def _sort(one: Read, row: RegisterRow | None, kind: Kind, known: Named, found: Preview) -> None:
    if row is None and one.missing:
        found.wrong.append((one.number, one.missing))
    elif row is None:
        found.new.append(Line(one.number, columns_of(kind, one.cells, known.ids)))
    elif row.state == RegisterRow.State.WITHDRAWN:
        found.withdrawn.append(one.number)
    elif (merged := row.cells | one.cells) == row.cells:
        found.same += 1
    else:
        values = columns_of(kind, merged, known.ids)
        found.changed.append(Line(one.number, values, row.pk, row.cells))


def _read(load: RegisterImport, kind: Kind, known: Named, found: Preview) -> Iterator[Read]:
    """What can be read, each row once; the rest goes to `found.wrong`."""
    places = {key: load.heads.index(head) for key, head in load.columns.items() if head in load.heads}
    seen: dict[str, int] = {}
    for number, texts in load.lines:
        cells, wrong = read_row(kind, {key: texts[place] for key, place in places.items()}, known)
        missing = {key: says for key, says in wrong.items() if key not in places}
        if len(wrong) > len(missing) or missing.keys() & {*kind.identity}:
            found.wrong.append((number, wrong))
            continue
        key = key_of(kind, cells)
        if (first := seen.setdefault(key, number)) == number:
            yield Read(number, key, cells, missing)
        else:
            same = "、".join(kind.by_key[name].name for name in kind.identity)
            found.wrong.append((number, {kind.identity[0]: f"与第 {first} 行的{same}相同，只能留一行。"}))


def _there(register: int, keys: list[str]) -> dict[str, RegisterRow]:
    found: dict[str, RegisterRow] = {}
    rows = RegisterRow.objects.filter(register=register).order_by()
    for first in range(0, len(keys), AT_ONCE):
        found |= {row.key: row for row in rows.filter(key__in=keys[first : first + AT_ONCE])}
    return found


@tx.atomic
def take(*, load: int, actor: Actor, at: dt.datetime) -> dict[str, int]:
    """Everything that can be read, in a number of statements that hardly grows; what can't stays with the import."""
    if actor.post_code not in OFFICE_POSTS:
        raise Refused(office_keeps.says)
    code = RegisterImport.objects.values_list("register__code", flat=True).get(pk=load)
    register = Register.objects.select_for_update().get(code=code)
    row = RegisterImport.objects.select_for_update().get(pk=load)
    if row.state != RegisterImport.State.LOOKED_AT:
        raise Refused("这份表格已经导入过了。")
    kind = kind_on(code, timezone.localdate(at))
    if kind is None:
        raise Refused("这本登记册已不再使用。")
    found = preview(row, kind, known_for(kind, timezone.localdate(at)))
    if found.new or found.changed:
        _write(row, found, actor, at)
    _remember(register, row, found, actor, at)
    return row.counts


def _write(load: RegisterImport, found: Preview, actor: Actor, at: dt.datetime) -> None:
    by: dict[str, Any] = {"actor": actor, "at": at, "data": {"import": load.pk, "file": load.sha256}}
    LINES.insert(_line_of(load, one) for one in [*found.new, *found.changed])
    if found.new:
        fresh = {name: F(name) for name in COLUMNS} | {"register": F("register")}
        create(RegisterRow, fresh, verb="take_in", source=_fresh, load=load.pk, **by)
        made = RegisterRow.objects.filter(register=OuterRef("register"), key=OuterRef("key"))
        ImportLine.objects.filter(load=load, row=None).update(row=Subquery(made.values("pk")[:1]))
    if found.changed:
        ids = [one.row for one in found.changed if one.row]
        record(RegisterRow, ids, "take_change", rules=(office_keeps,), **by).all_or_refuse()
        ROWS.update([one.values | {"pk": one.row} for one in found.changed])


def _line_of(load: RegisterImport, line: Line) -> dict[str, Any]:
    where = {"load": load.pk, "register": load.register_id, "number": line.number, "row": line.row}
    return where | {"before": line.before} | line.values


def _fresh() -> QuerySet[ImportLine]:
    return ImportLine.objects.filter(load=Param("load"), row=None)


def _remember(
    register: Register, load: RegisterImport, found: Preview, actor: Actor, at: dt.datetime
) -> None:
    """How its columns were matched, and of its lines only those that have to be put right."""
    wrong = dict(found.wrong)
    load.lines = [[number, texts, wrong[number]] for number, texts in load.lines if number in wrong]
    load.counts, load.state = found.counts(), RegisterImport.State.TAKEN
    load.save(update_fields=["lines", "counts", "state"])
    heads = register.heads | {head: key for key, head in load.columns.items()}
    data = {"import": load.pk, "file": load.sha256, **load.counts}
    record(
        Register, register.pk, "take", actor=actor, at=at, changes={"heads": heads}, data=data, state="code"
    ).all_or_refuse()
