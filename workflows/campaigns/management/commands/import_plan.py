"""import_plan FILE [--json] [--dry-run]: a draft campaign from an official plan (.txt, .docx)."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from foundation.files.text import UnreadableFile, decode
from foundation.organization.actors import SYSTEM
from foundation.organization.commands import OwnCommand, bad_input
from foundation.organization.county import load_county
from foundation.organization.database import ensure_tables
from foundation.organization.models import Unit
from foundation.organization.refusals import Refused
from foundation.organization.schemas import write_json
from workflows.campaigns.drafts import import_plan, read_plan, refuse_empty


class Command(OwnCommand):
    help = "Read an official plan and write a draft campaign; --dry-run only prints what was read."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true")
        parser.add_argument("--dry-run", action="store_true")

    def handle(self, *, file: Path, json: bool, dry_run: bool, **_: Any) -> None:
        ensure_tables()
        with bad_input(UnreadableFile, Refused):
            text = decode(file.read_bytes(), file.name)
            found = self.read(text, file.name, dry_run=dry_run)
        self.stdout.write(write_json(found) if json else _summary(found))

    @transaction.atomic
    def read(self, text: str, name: str, *, dry_run: bool) -> dict[str, Any]:
        """The contract's document. A system without any unit begins with the county's; a dry run keeps nothing."""
        at = timezone.now()
        if not Unit.objects.exists():
            load_county(at=at)
        reading = read_plan(text, at=at)
        refuse_empty(reading)
        plan = None if dry_run else import_plan(text=text, actor=SYSTEM, at=at, source_name=name)
        transaction.set_rollback(dry_run)
        for warning in reading.warnings:
            self.stderr.write(warning.says)
        return {"campaign": plan.pk if plan else None, **reading.as_json()}


def _summary(found: dict[str, Any]) -> str:
    """One line a kind of thing, for a person at the terminal."""
    counts = {
        "items": "事项",
        "reports": "报送要求",
        "quotas": "案例指标",
        "periods": "活动期",
        "unread": "未读懂",
    }
    lines = [f"{label} {len(found[key])}" for key, label in counts.items()]
    where = f"已建立草稿 {found['campaign']}" if found["campaign"] else "只读取，未保存"
    return f"{found['title']}（{found['year'] or '年份不明'}）：{'，'.join(lines)}。{where}。"
