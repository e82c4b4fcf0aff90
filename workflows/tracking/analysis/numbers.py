"""Numbers as a table says them and a chart draws them. Pure."""

from __future__ import annotations

from typing import NamedTuple

from .measures import Share


class Number(NamedTuple):
    """A cell: `value` is what a chart draws, None where there is nothing to tell; `more` is said beside it."""

    label: str
    value: float | None
    words: str
    more: str = ""


def percent(label: str, share: Share) -> Number:
    if share.value is None:
        return Number(label, None, "—")
    return Number(
        label, round(100 * share.value, 1), f"{100 * share.value:.0f}%", f"{share.part}/{share.whole}"
    )


def days(label: str, value: float | None, more: str = "") -> Number:
    return Number(label, None, "—") if value is None else Number(label, round(value, 2), f"{value:.1f}", more)


def count(label: str, number: int) -> Number:
    return Number(label, number, str(number))
