"""reconcile [--json]: what is stored beside the journal, worked out anew from it and compared."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.utils import timezone

from foundation.organization.commands import OwnCommand
from foundation.organization.database import ensure_tables
from foundation.organization.schemas import write_json
from workflows.tracking.reconciling import reconcile

OFTEN = 100_000  # rows


class Command(OwnCommand):
    help = "Work out anew, from the journal, what is stored beside it; exit 1 where something differs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true")

    def handle(self, *, json: bool, **_: Any) -> None:
        ensure_tables()
        found = reconcile(timezone.now(), self._told)
        self.stdout.write(write_json(found) if json else _lines(found))
        if found["different"]:
            raise SystemExit(1)

    said = 0

    def _told(self, checked: int) -> None:
        """Of a large county, that it goes on."""
        if checked - self.said >= OFTEN:
            self.said = checked
            self.stderr.write(f"已核对 {checked} 行。")


def _lines(found: dict[str, Any]) -> str:
    head = f"核对 {found['checked']} 行，{len(found['different'])} 处与办理记录不符。"
    rows = [
        f"  {one['what']} {one['id']}：现为 {one['stored']}，应为 {one['journal']}"
        for one in found["different"]
    ]
    return "\n".join([head, *rows])
