"""board CAMPAIGN [--at T] [--json]: where every unit stands with every item, now or in the past."""

from __future__ import annotations

import datetime as dt
from argparse import ArgumentParser
from typing import Any

from foundation.organization import typed
from foundation.organization.commands import BadInput, OwnCommand
from foundation.organization.database import ensure_tables
from foundation.organization.models import Unit
from foundation.organization.schemas import write_json
from workflows.tracking.named import campaign_named
from workflows.tracking.report import report


class Command(OwnCommand):
    help = "Print the board of a campaign: its units and items with their lights."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("campaign", help="id or exact title")
        parser.add_argument("--at", help="an instant; the board as the journal says it was then")
        parser.add_argument("--json", action="store_true")

    def handle(self, *, campaign: str, at: str | None, json: bool, **_: Any) -> None:
        ensure_tables()
        found = report(plan=campaign_named(campaign), at=None if at is None else _instant(at))
        self.stdout.write(write_json(found) if json else _lines(found))


def _instant(text: str) -> dt.datetime:
    """A bare date is the end of that day."""
    if (at := typed.instant(text, end=True)) is None:
        raise BadInput(f"看不懂时间“{text}”，请写成 2026-06-12T10:00 或 2026-06-12T10:00:00+08:00。")
    return at


def _lines(found: dict[str, Any]) -> str:
    totals = found["totals"]
    head = f"截至 {found['at']}：应办 {totals['tasks']}，通过 {totals['passed']}，超期 {totals['overdue']}，临期 {totals['near']}"
    names = dict(Unit.objects.values_list("code", "short_name"))
    late = [
        f"  {names[row['unit']]}：" + "，".join(f"第 {item} 项超期 {cell['days']} 天" for item, cell in cells)
        for row in found["rows"]
        if (cells := [(i, c) for i, c in row["cells"].items() if c["light"] == "overdue"])
    ]
    return "\n".join([head, *late])
