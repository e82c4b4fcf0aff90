"""approvals simulate ROUTE.json SCRIPT.json [--json]: commands played through the engine, without a database."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from approvals.engine import route_json
from approvals.simulation import script as scripts
from approvals.simulation import simulate
from foundation.organization.commands import OwnCommand, bad_input
from foundation.organization.schemas import read_json, write_json


class Command(OwnCommand):
    help = "Try a route: who is asked, and what every command of a script would do."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("act", choices=["simulate"])
        parser.add_argument("route", type=Path, help="ROUTE by docs/schemas/route.json")
        parser.add_argument("script", type=Path, help="SCRIPT by docs/schemas/approvals_script.json")
        parser.add_argument("--json", action="store_true")

    def handle(self, *, route: Path, script: Path, json: bool, **_: Any) -> None:
        with bad_input(ValueError):
            found = simulate(route_json.read(read_json(route)), scripts.read(read_json(script)))
        self.stdout.write(write_json(found) if json else _lines(found))


def _lines(found: dict[str, Any]) -> str:
    """One line a command for people."""
    said = [
        f"{n}. {'已办理' if one['ok'] else one['says']} 等待：{_names(one['waiting'])}"
        for n, one in enumerate(found["results"], 1)
    ]
    return "\n".join([*said, f"结果：{found['outcome']}"])


def _names(waiting: list[dict[str, Any]]) -> str:
    return "、".join(f"第{one['step']}步 {one['person']}" for one in waiting) or "无"
