"""A page of a list by its keys, not by counting rows: as fast at the end as at the beginning."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet
from django.http import QueryDict

from .addresses import same_list


@dataclass(frozen=True)
class Key:
    """A column that a list is ordered by. `nullable`: rows without a value come last, first when it counts down."""

    name: str
    down: bool = False
    nullable: bool = False

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
        return Key(self.name, not self.down, self.nullable)


Keys = tuple[Key, ...]  # the last one is unique
PK = Key("pk")
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


def page_of(rows: QuerySet, keys: Keys, query: QueryDict, size: int = 50) -> Page:
    """The `size` rows after `query["after"]` or before `query["before"]`; a broken cursor gives the first page."""
    before, after = _read(query.get("before", ""), keys), _read(query.get("after", ""), keys)
    back = before is not None and after is None
    order = tuple(key.turned() for key in keys) if back else keys
    cursor = before if back else after
    if cursor is not None:
        rows = rows.filter(_beyond(order, cursor))
    found = list(rows.order_by(*(key.ordering for key in order))[: size + 1])
    more, found = len(found) > size, found[:size]
    if back:
        found.reverse()
    has_newer, has_older = (more, True) if back else (cursor is not None, more)
    return Page(
        found,
        _address(query, "before", found[0], keys) if found and has_newer else "",
        _address(query, "after", found[-1], keys) if found and has_older else "",
    )


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
    if key.name == "pk":
        return min(int(value), 2**63 - 1)
    if value is None and key.nullable:
        return None
    if not isinstance(value, str):
        raise ValueError(value)
    if "T" not in value:
        return dt.date.fromisoformat(value)
    moment = dt.datetime.fromisoformat(value)
    return moment.astimezone(dt.UTC) if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
