"""Moves rows from state to state, one or five hundred, and writes down that it did.

A move is declared once with django-fsm's @transition: sources, target, rules; `custom={"says": …}` is its
Chinese sentence; its body takes the data and returns what else changes. `transition`, `create` and `record`
are the only writers of a state and of the journal: lock, check, append one entry a row, change the rows, in
one statement on PostgreSQL, two on SQLite. Ids, not a queryset, go in: people decided on those ids.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from django.db import connections
from django.db.models import JSONField, Model, Q, QuerySet
from django.utils import timezone

from foundation.organization.actors import SYSTEM, Actor
from foundation.organization.refusals import Refused
from foundation.organization.rules import Rule

from . import statements, verbs
from .chain import canonical, words_digest
from .models import content
from .prepared import ACTOR, AT, PLAIN, TODAY, Param, bound

Ids = int | Iterable[int]
Words = Mapping[str, Any] | None


@dataclass(frozen=True)
class Move:
    """What a @transition declares, in the words used here."""

    model: type[Model]
    state: str
    target: str  # empty: the state stays
    # Compared, never hashed: hashing conditions costs more than the move itself.
    source: Q = field(hash=False)
    rules: tuple[Rule, ...] = field(hash=False)
    verb: str
    body: Callable[..., Mapping[str, Any]] = field(compare=False)

    def wanted(self, actor: Any, day: Any) -> list[Q]:
        return [self.source, *(rule.q(actor, day) for rule in self.rules)]


@dataclass
class Moved:
    """`ids` moved; `missed()` says for each of the others why not."""

    ids: list[int]
    missed: Callable[[], dict[int, str]] = field(repr=False)

    def all_or_refuse(self) -> Moved:
        for sentence in self.missed().values():
            raise Refused(sentence)
        return self


@lru_cache(None)
def move_of(method: Callable) -> Move:
    """Read a @transition. One fixed target, no on_error: those can't be done set-wise."""
    meta = method._django_fsm  # type: ignore[attr-defined]
    kinds = list(meta.transitions.values())
    model, state, target = meta.field.model, meta.field.name, kinds[0].target
    if {kind.target for kind in kinds} != {target} or kinds[0].on_error:
        raise TypeError(f"{method.__qualname__}: a move has one fixed target and no on_error")
    sources = [kind.source for kind in kinds]
    source = {"*": Q(), "+": ~Q(**{state: target})}.get(sources[0], Q(**{f"{state}__in": sources}))
    rules = (*kinds[0].conditions, *filter(None, [kinds[0].permission]))
    verb = f"{model._meta.label_lower}.{method.__name__}"
    return Move(model, state, target, source, rules, verb, method.__wrapped__)  # type: ignore[attr-defined]


def transition(
    method: Callable, ids: Ids, *, actor: Actor, at: dt.datetime, data: Mapping[str, Any] | None = None,
    words: Words = None, note: Mapping[str, Any] | None = None,
) -> Moved:  # fmt: skip
    """Every one of `ids` that may make this move makes it.

    `data` goes to the body and into the journal, `note` into the journal only, `words` as salted digest.
    """
    move = move_of(method)
    changes = {move.state: move.target} | dict(move.body(None, **(data or {})))
    return _apply(move, ids, changes, actor, at, {**(data or {}), **(note or {})}, words)


def record(
    model: type[Model], ids: Ids, verb: str, *, actor: Actor, at: dt.datetime,
    changes: Mapping[str, Any] | None = None, data: Mapping[str, Any] | None = None, words: Words = None,
    rules: tuple[Rule, ...] = (), state: str = "state", source: Q | None = None,
) -> Moved:  # fmt: skip
    """Write down what happened to rows whose state stays, with what else changes on them."""
    move = Move(model, state, "", source or Q(), rules, f"{model._meta.label_lower}.{verb}", dict)
    return _apply(move, ids, dict(changes or {}), actor, at, dict(data or {}), words)


def create(
    model: type[Model], values: Mapping[str, Any], *, actor: Actor, at: dt.datetime, verb: str = "create",
    source: Callable[[], QuerySet] | None = None, data: Mapping[str, Any] | None = None,
    words: Words = None, **params: Any,
) -> list[int]:  # fmt: skip
    """One new row of `model` for every row of `source`: a form's one row, or ten thousand from a plan.

    The source is also the guard: no row, nothing created. Its Params are `actor`, `today` and what `params`
    brings; without a source one row is made. Returns the new ids.
    """
    known = bound({**params, "actor": actor.post, "today": day_of(at), "at": at})
    blank, made = _blank(model)
    fresh = {name: default() for name, default in made.items() if name not in values} | dict(values)
    asked, given = _split(model, fresh, known)
    given = {column: value for column, value in blank.items() if column not in asked} | given
    verb, to = f"{model._meta.label_lower}.{verb}", str(fresh.get("state", given.get("state", "")))
    insert = statements.insert(source, model, verb, to, tuple(asked.items()), tuple(given))
    entry = _entry(verb, to, actor, at, dict(data or {}), words)
    return statements.execute(insert, known | entry, given)


def refusals(move: Move, ids: Iterable[int], actor: Actor, day: dt.date) -> dict[int, str]:
    """Why each row stayed where it was. Slow, and only asked when something did."""
    wanted = list(ids)
    if not wanted:
        return {}
    tests = {f"ok{n}": Q(q) for n, q in enumerate(move.wanted(actor.post, day))}
    rows = move.model._base_manager.filter(pk__in=wanted).annotate(**tests)
    state_field: Any = move.model._meta.get_field(move.state)
    labels = dict(state_field.flatchoices)
    found = {}
    for pk, state, *oks in rows.values_list("pk", move.state, *tests):
        says = [
            f"当前状态为“{labels.get(state, state)}”，不能这样办理。",
            *(rule.says for rule in move.rules),
        ]
        found[pk] = next(
            (text for text, ok in zip(says, oks, strict=True) if not ok), "刚刚有变化，请刷新后再试一次。"
        )
    return {pk: found.get(pk, "已不存在。") for pk in wanted}


@lru_cache(16)
def day_of(at: dt.datetime) -> dt.date:
    """The office's day. Everything that one act does has the same instant, and is asked for its day again and again."""
    return timezone.localdate(at)


def _apply(
    move: Move, ids: Ids, changes: Mapping[str, Any], actor: Actor, at: dt.datetime, data: dict, words: Words
) -> Moved:
    pks, day = [ids] if isinstance(ids, int) else sorted(set(ids)), day_of(at)
    known = bound({"ids": pks, "actor": actor.post, "today": day, "at": at})
    asked, given = _split(move.model, changes, known)
    update = statements.update(move, tuple(asked.items()), tuple(given))
    entry = _entry(move.verb, move.target, actor, at, data, words)
    done = statements.execute(update, known | entry, given)
    return Moved(done, lambda: refusals(move, set(pks) - set(done), actor, day))


def _split(model: type[Model], changes: Mapping[str, Any], known: Mapping[str, Any]) -> tuple[dict, dict]:
    """Columns whose value the database works out (F, Case, Subquery) and columns given outright."""
    asked: dict[str, Any] = {}
    given: dict[str, Any] = {}
    for name, value in changes.items():
        field: Any = model._meta.get_field(name)
        if type(value) in PLAIN and not isinstance(field, JSONField):  # texts of JSON are not what they are
            given[field.column] = value
        elif isinstance(value, Param):
            given[field.column] = known[value.name]
        elif hasattr(value, "resolve_expression"):
            asked[field.column] = value
        else:
            given[field.column] = field.get_db_prep_save(getattr(value, "pk", value), connections["default"])
    return asked, given


@cache
def _blank(model: type[Model]) -> tuple[dict[str, Any], dict[str, Callable[[], Any]]]:
    """What columns get that nobody gives a value: the same always, ready for the database; and by a field's name
    what is made anew every time."""
    same, made, here = dict[str, Any](), dict[str, Callable[[], Any]](), connections["default"]
    fields: Any = model._meta.concrete_fields
    for one in fields:
        if one.primary_key or one.name.startswith("journal_"):
            continue
        if getattr(one, "auto_now_add", False):
            made[one.name] = lambda: AT
        elif callable(one.default) and one.default not in (dict, list):
            made[one.name] = one.get_default
        else:
            same[one.column] = one.get_db_prep_save(one.get_default(), here)
    return same, made


def _entry(
    verb: str, to: str, actor: Actor, at: dt.datetime, data: dict, words: Words
) -> dict[str, Any]:  # fmt: skip
    spoken = {k: v for k, v in {**(words or {}), "ip": actor.ip}.items() if v} or None
    salt = secrets.token_hex(16) if spoken else ""
    digest = words_digest(salt, spoken)
    hashed = content(
        verb=verbs.known(verb), to=to, actor=actor.person, post=actor.post, behalf=actor.behalf, data=data,
        words=digest, at=at,
    )  # fmt: skip
    return {
        "entry_content": f"|{hashed}", "entry_actor": actor.person, "entry_behalf": actor.behalf,
        "entry_data": canonical(data), "entry_words": canonical(spoken) if spoken else None, "entry_salt": salt,
        "entry_digest": digest,
    }  # fmt: skip


__all__ = [
    "ACTOR",
    "SYSTEM",
    "TODAY",
    "Move",
    "Moved",
    "create",
    "move_of",
    "record",
    "refusals",
    "transition",
]
