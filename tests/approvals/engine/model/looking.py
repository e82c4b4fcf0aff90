"""What may be seen from outside: who has acted, what differs, what comes if everybody agrees."""

from __future__ import annotations

from collections.abc import Mapping

from .course import Course


def somebody_acted(course: Course, number: int) -> bool:
    """A person did, not the system for them."""
    return any(voice.said and voice.spoke in ("own", "proxy") for voice in course.tables[number - 1].voices)


def differing(one: Mapping[str, str], other: Mapping[str, str]) -> set[str]:
    return {item for item in {*one, *other} if one.get(item) != other.get(item)}
