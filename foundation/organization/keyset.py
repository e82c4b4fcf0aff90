"""A page of a list by its keys, not by counting rows: as fast at the end as at the beginning."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Any

from django.db.models import F, Q, QuerySet
from django.http import QueryDict

from .addresses import same_list


@dataclass(frozen=True)
class Key:
    """A column that a list is ordered by. `nullable`: rows without a value come last, first when it counts down;
    `whole`: a number, else it is a date or a moment."""

    name: str
    down: bool = False
    nullable: bool = False
    whole: bool = False

    @property
    def ordering(self) -> Any:
        column = F(self.name)
        if self.down:
            return column.desc(nulls_first=self.nullable or None)
        return column.asc(nulls_last=self.nullable or None)

    def beyond(self, value: Any) -> Q:
        """Rows after the one with this value."""
        if value is None:
            return Q(**{f"{self.name}__isnull": False}) if self.down else Q(pk__in=())
        found = Q(**{f"{self.name}__{'lt' if self.down else 'gt'}": value})
        return found | Q(**{self.name: None}) if self.nullable and not self.down else found

    def turned(self) -> Key:
        return replace(self, down=not self.down)


Dress = Callable[[QuerySet], QuerySet]
Keys = tuple[Key, ...]  # the last one is unique
PK = Key("pk", whole=True)
NEWEST = (PK.turned(),)


@dataclass(frozen=True)
class Page:
    """`newer` and `older` are the addresses of the neighbours, empty where there is none."""

    rows: list[Any]
    newer: str
    older: str

    @property
    def text(self) -> str:
        return f"本页 {len(self.rows)} 件"


# Up to so many rows in this order, beyond a cursor where there is one.
Fetch = Callable[[Keys, Sequence[Any] | None, int], list[Any]]


def page_of(
    rows: QuerySet | list[QuerySet], keys: Keys, query: QueryDict, size: int = 50, dress: Dress | None = None
) -> Page:
    """The `size` rows after `query["after"]` or before `query["before"]`; a broken cursor gives the first page.
    Several lists that have all keys, none of them nullable, are one. `dress` adds what a row shows, and its keys
    again: a list sorts its thousands with the keys alone."""
    lists = rows if isinstance(rows, list) else [rows]

    def fetch(order: Keys, cursor: Sequence[Any] | None, most: int) -> list[Any]:
        return _merged([list(stretch(one, order, cursor, most, dress)) for one in lists], order)

    return page_by(fetch, keys, query, size)


def page_by(fetch: Fetch, keys: Keys, query: QueryDict, size: int) -> Page:
    """`page_of`, whoever brings the rows."""
    before, after = _read(query.get("before", ""), keys), _read(query.get("after", ""), keys)
    back = before is not None and after is None
    order = tuple(key.turned() for key in keys) if back else keys
    cursor = before if back else after
    found = fetch(order, cursor, size + 1)
    more, found = len(found) > size, found[:size]
    if back:
        found.reverse()
    has_newer, has_older = (more, True) if back else (cursor is not None, more)
    return Page(
        found,
        _address(query, "before", found[0], keys) if found and has_newer else "",
        _address(query, "after", found[-1], keys) if found and has_older else "",
    )


def stretch(
    rows: QuerySet, order: Keys, cursor: Sequence[Any] | None, most: int, dress: Dress | None
) -> QuerySet:
    """Up to `most` rows beyond the cursor, dressed."""
    by = [key.ordering for key in order]
    page = rows.filter(Q() if cursor is None else _beyond(order, cursor)).order_by(*by)[:most]
    return dress(page.model.objects.filter(pk__in=page.values("pk"))).order_by(*by) if dress else page


def _merged(lists: list[list[Any]], order: Keys) -> list[Any]:
    if len(lists) == 1:
        return lists[0]
    found = [row for rows in lists for row in rows]
    for key in reversed(order):
        found.sort(key=attrgetter(key.name), reverse=key.down)
    return found


def _beyond(order: Keys, cursor: Sequence[Any]) -> Q:
    """(a, b, c) > cursor, written out: a later, or a equal and b later …"""
    beyond, same = Q(), Q()
    for key, value in zip(order, cursor, strict=True):
        beyond |= same & key.beyond(value)
        same &= Q(**{key.name: value})
    return beyond


def _address(query: QueryDict, side: str, row: Any, keys: Keys) -> str:
    values = [getattr(row, key.name) for key in keys]
    plain = [value.isoformat() if isinstance(value, dt.date) else value for value in values]
    cursor = base64.urlsafe_b64encode(json.dumps(plain).encode()).decode().rstrip("=")
    return same_list(query, **{"before": "", "after": "", side: cursor})


def _read(text: str, keys: Keys) -> list[Any] | None:
    """The values of a cursor in their own types; None for none, or for one that we did not write."""
    try:
        plain = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        values = [_value(key, value) for key, value in zip(keys, plain, strict=True)]
    except (ValueError, TypeError, OverflowError, RecursionError, binascii.Error):
        return None
    return values


def _value(key: Key, value: Any) -> Any:
    if key.whole:
        return min(int(value), 2**63 - 1)
    if value is None and key.nullable:
        return None
    if not isinstance(value, str):
        raise ValueError(value)
    if "T" not in value:
        return dt.date.fromisoformat(value)
    moment = dt.datetime.fromisoformat(value)
    return moment.astimezone(dt.UTC) if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
