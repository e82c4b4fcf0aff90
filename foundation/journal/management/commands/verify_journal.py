"""verify_journal [--checkpoint FILE] [--json]: exit 1 and the first bad entry named."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from foundation.journal.checkpoints import BadCheckpoint, read_checkpoint
from foundation.journal.verify import first_bad
from foundation.organization.commands import BadInput, OwnCommand
from foundation.organization.database import ensure_tables
from foundation.organization.schemas import write_json


class Command(OwnCommand):
    help = "Check every entry of the journal, its chains, their heads and, with a checkpoint, their tails."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--checkpoint", type=Path)
        parser.add_argument("--json", action="store_true")

    def handle(self, *, checkpoint: Path | None, json: bool, **_: Any) -> None:
        ensure_tables()
        try:
            known = read_checkpoint(checkpoint) if checkpoint else None
        except BadCheckpoint as error:
            raise BadInput(str(error)) from error
        entries, bad = first_bad(known)
        self.report(entries, bad.as_json() if bad else None, as_json=json)
        if bad:
            raise SystemExit(1)

    def report(self, entries: int, bad: dict | None, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(write_json({"entries": entries, "ok": bad is None, "bad": bad}))
        elif bad:
            self.stdout.write(f"第一处不符（共读 {entries} 条）：{write_json(bad)}")
        else:
            self.stdout.write(f"留痕完好，共 {entries} 条。")
