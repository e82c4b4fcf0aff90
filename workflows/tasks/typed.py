"""A draft as nested values, and as the flat names of its form: "statistics-S01-people", "schedule-0-date". Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from foundation.organization.typed import number

TABLES = ("schedule", "cases")  # lists of rows
MOST_ROWS = 200


def flattened(content: Mapping[str, Any]) -> dict[str, str]:
    """{"schedule": [{"date": "…"}]} -> {"schedule-0-date": "…"}."""
    return dict(_walk("", content))


def structured(flat: Mapping[str, str]) -> dict[str, Any]:
    """The other way round; rows without a word are dropped, and numbered anew."""
    content: dict[str, Any] = {}
    for name, text in flat.items():
        *path, last = name.split("-")
        place = content
        for key in path:
            place = place.setdefault(key, {})
        place[last] = text
    for table in TABLES:
        if table in content:
            content[table] = _rows(content[table])
    return content


def rows_in(flat: Mapping[str, str], table: str) -> int:
    """How many rows a form needs to show them all."""
    numbers = [number(name.split("-")[1]) for name in flat if name.startswith(f"{table}-")]
    return min(max((one + 1 for one in numbers if one is not None), default=0), MOST_ROWS)


def _rows(numbered: Mapping[str, Mapping[str, str]]) -> list[dict[str, str]]:
    order = sorted((at, key) for key in numbered if (at := number(key)) is not None)
    rows = [dict(numbered[key]) for _, key in order]
    return [row for row in rows if any(text.strip() for text in row.values())]


def _walk(prefix: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _walk(f"{prefix}-{key}" if prefix else key, inner)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _walk(f"{prefix}-{number}", inner)
    else:
        yield prefix, str(value)
