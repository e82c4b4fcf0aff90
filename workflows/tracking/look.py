"""How somebody looks at the board, in its address: which campaign, which units, which way round."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from .links import tasks_at

ALL = "all"


@dataclass(frozen=True)
class Look:
    plan: int
    range: str = ALL  # foundation/organization/ranges.py
    by: str = "units"  # what goes down: units or items
    late: bool = False  # only rows with something late
    screen: bool = False  # 大屏: large, units down, refreshed by itself
    paused: bool = False
    page: str = ""
    day: dt.date | None = None  # 状态回看: as it was at the end of that day; None for now

    @classmethod
    def read(cls, plan: int, range_: str, query: Mapping[str, str], day: dt.date | None = None) -> Look:
        screen = "screen" in query and not day
        return cls(
            plan, range_, "items" if query.get("by") == "items" and not screen else "units",
            query.get("light") == "overdue", screen, "paused" in query, query.get("page", ""), day,
        )  # fmt: skip

    @property
    def address(self) -> str:
        given = {
            "plan": self.plan, "range": self.range, "by": "" if self.by == "units" else self.by,
            "light": "overdue" if self.late else "", "screen": "1" if self.screen else "",
            "paused": "1" if self.paused and self.screen else "", "page": self.page,
            "at": self.day.isoformat() if self.day else "",
        }  # fmt: skip
        return f"?{urlencode({name: value for name, value in given.items() if value})}"

    def but(self, **changed: Any) -> str:
        """The address of this look, from its first page, with something else."""
        return replace(self, **{"page": ""} | changed).address

    def tasks(self, **filters: object) -> str:
        """The ledger of what is looked at, narrowed further; it tells of now, so nothing of the past leads there."""
        if self.day:
            return ""
        return tasks_at(plan=self.plan, range="" if self.range == ALL else self.range, **filters)
