"""assess CAMPAIGN [--json]: what every unit scores today by the scheme in force, with every deduction."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.utils import timezone

from foundation.organization.commands import OwnCommand, bad_input
from foundation.organization.database import ensure_tables
from foundation.organization.dated import BadData
from foundation.organization.schemas import write_json
from workflows.tracking.assessment.report import report
from workflows.tracking.named import campaign_named


class Command(OwnCommand):
    help = "Score the units of a campaign."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("campaign", help="id or exact title")
        parser.add_argument("--json", action="store_true")

    def handle(self, *, campaign: str, json: bool, **_: Any) -> None:
        ensure_tables()
        plan = campaign_named(campaign)
        with bad_input(BadData):
            found = report(plan, timezone.localdate())
        self.stdout.write(write_json(found) if json else _lines(found))


def _lines(found: dict[str, Any]) -> str:
    lines = [f"评分办法 {found['scheme']} 第 {found['version']} 版"]
    for unit in found["units"]:
        lines.append(f"{unit['unit']}：{unit['score']} 分，{unit['grade']}")
        lines += [
            f"  {one['rule']} {one['points']}/{one['of']} {one['why']}" for one in unit["lines"] if one["why"]
        ]
    return "\n".join(lines)
