"""What a plan says, as frozen values; `Reading.as_json` is the document of the `import_plan` contract."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

Span = tuple[int, int]


def _plain(value: Any) -> Any:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    if hasattr(value, "as_json"):
        return value.as_json()
    return value


class Value:
    """A dataclass whose JSON keys are its field names; `hidden` fields are for pages only."""

    hidden: tuple[str, ...] = ()
    renamed: dict[str, str] = {}

    def as_json(self) -> dict[str, Any]:
        """The value with ISO dates and spans as two-element lists."""
        names = [name for name in self.__dataclass_fields__ if name not in self.hidden]  # type: ignore[attr-defined]
        return {self.renamed.get(name, name): _plain(getattr(self, name)) for name in names}


@dataclass(frozen=True)
class Basis(Value):
    """A superior document the plan rests on; `number` is its 文号."""

    title: str | None
    number: str | None
    source: Span


@dataclass(frozen=True)
class Period(Value):
    """A named stretch of the campaign; an end that the plan leaves open is None."""

    name: str
    start: dt.date | None
    end: dt.date | None
    source: Span


@dataclass(frozen=True)
class PlanDate(Value):
    """`on`: start = end; `by`: only end, the day named by 前; `period`: from start to end, either may be open."""

    kind: str
    start: dt.date | None
    end: dt.date | None
    approx: bool
    source: Span


@dataclass(frozen=True)
class Quantity(Value):
    """`bound`: about, min, max or exact."""

    value: int | float
    unit: str
    what: str
    bound: str
    source: Span


@dataclass(frozen=True)
class Responsible(Value):
    """Who is named: `units` are codes, or None with a `group` code; both None when nobody knows the phrase."""

    phrase: str
    units: tuple[str, ...] | None
    group: str | None
    role: str
    source: Span


@dataclass(frozen=True)
class Item(Value):
    """One task of the plan; `text` is exactly text[source], without the number."""

    number: str
    section: tuple[str, ...]
    title: str
    text: str
    dates: tuple[PlanDate, ...]
    quantities: tuple[Quantity, ...]
    responsible: tuple[Responsible, ...]
    inherited: str | None
    source: Span

    hidden = ("source",)


@dataclass(frozen=True)
class Report(Value):
    """What units hand in: kind `report`, `liaison` or `cases`."""

    kind: str
    title: str
    due: dt.date | None
    who: tuple[Responsible, ...]
    attachments: tuple[str, ...]
    quantities: tuple[Quantity, ...]
    source: Span

    renamed = {"who": "from"}


@dataclass(frozen=True)
class Alternative(Value):
    """One way to meet a quota: kind `double_penalty` (一案双罚) or `referral` (行刑衔接)."""

    kind: str
    min: int


@dataclass(frozen=True)
class Quota(Value):
    """Cases each unit must recommend; any one of the alternatives will do."""

    alternatives: tuple[Alternative, ...]
    start: dt.date | None
    end: dt.date | None
    who: tuple[Responsible, ...]
    source: Span

    renamed = {"who": "from"}


@dataclass(frozen=True)
class System(Value):
    """A platform, broadcaster or hotline outside this product."""

    name: str
    source: Span


@dataclass(frozen=True)
class Unread(Value):
    """Words of the plan that gave no value."""

    text: str
    source: Span


@dataclass(frozen=True)
class Warning(Value):
    """What somebody should look at; `says` is a Chinese sentence, `source` is None for the plan as a whole."""

    kind: str
    text: str
    source: Span | None
    says: str


@dataclass(frozen=True)
class Reading(Value):
    """A plan as read. `warnings` and `title_source` are for pages and not part of the contract's document."""

    title: str
    year: int | None
    theme: str | None
    basis: tuple[Basis, ...]
    periods: tuple[Period, ...]
    items: tuple[Item, ...]
    reports: tuple[Report, ...]
    quotas: tuple[Quota, ...]
    systems: tuple[System, ...]
    preamble: tuple[Span, ...]
    unread: tuple[Unread, ...]
    title_source: Span | None = None
    theme_source: Span | None = None
    warnings: tuple[Warning, ...] = field(default=())

    hidden = ("title_source", "theme_source", "warnings")
