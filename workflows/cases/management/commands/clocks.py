"""clocks SCENARIO.yaml [--json]: which legal clocks run in a case, and what may be done now; no database."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from foundation.organization.commands import OwnCommand, bad_input
from foundation.organization.schemas import write_json
from workflows.cases.pack import BadPack
from workflows.cases.rule_words import STATUS
from workflows.cases.scenario import BadScenario, load
from workflows.cases.telling import told


class Command(OwnCommand):
    help = "The statutory clocks of a case, and whether each step was or would be lawful."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("scenario", type=Path, help="SCENARIO by docs/schemas/clocks_scenario.json")
        parser.add_argument("--json", action="store_true")

    def handle(self, *, scenario: Path, json: bool, **_: Any) -> None:
        with bad_input(BadScenario, BadPack):
            found = told(load(scenario))
        self.stdout.write(write_json(found) if json else _lines(found))


def _lines(found: dict[str, Any]) -> str:
    clocks = [_clock(one) for one in found["clocks"]] or ["没有时限在走。"]
    steps = [f"{one['step']} {one['at']}：{one['why'] or '可以'}" for one in found["steps"]]
    return "\n".join([*clocks, *steps])


def _clock(one: dict[str, Any]) -> str:
    due = f"到 {one['due']}" if one["due"] else "未定"
    mark = "" if one["verified"] else "（依据待核）"
    return f"{one['rule']} {one['name']}：{due}，{STATUS[one['status']]}，{one['basis']}{mark}"
