"""Forms, ladders, schemes as dated data: how a file of it is read, and which version holds on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Protocol, TypeVar

from django.core.checks import CheckMessage, Error

from .schemas import fault
from .yaml_text import parse_yaml, read_yaml


class BadData(ValueError):
    """The file can't be used; the sentence says where and what to do."""


class Dated(Protocol):
    @property
    def effective_from(self) -> dt.date: ...


Version = TypeVar("Version", bound=Dated)


def version_on(versions: Iterable[Version], day: dt.date) -> Version:
    """The newest that has begun by that day; before the first one, the first. Of two from one day the later listed."""
    known = sorted(versions, key=lambda one: one.effective_from)
    return next((one for one in reversed(known) if one.effective_from <= day), known[0])


def read_data(path: Path, schema: str) -> Any:
    """What the file says, as docs/schemas/`schema`.json has it. Raises BadData, OSError."""
    try:
        return checked(read_yaml(path), schema, path.name)
    except ValueError as error:
        raise BadData(str(error)) from error


def parse_data(text: str, schema: str, name: str) -> Any:
    """The same of a text; `name` is what people call it. Raises BadData."""
    try:
        return checked(parse_yaml(text, name), schema, name)
    except ValueError as error:
        raise BadData(str(error)) from error


def checked(found: Any, schema: str, name: str) -> Any:
    if says := fault(found, schema, name):
        raise BadData(says)
    return found


def since(one: Mapping[str, Any], name: str) -> dt.date:
    """The day from which this version holds."""
    try:
        return dt.date.fromisoformat(one["effective_from"])
    except ValueError as error:
        raise BadData(
            f"{name} 的 effective_from 不是日期：{one['effective_from']}，请写成 2026-01-01。"
        ) from error


def unreadable(read: Callable[[], object], code: str) -> list[CheckMessage]:
    """What can't be read stops the site at its start, not when somebody needs it."""
    try:
        read()
    except (BadData, OSError) as error:
        return [Error(str(error), id=code)]
    return []
