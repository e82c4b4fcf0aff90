"""sweep --at T [--dry-run] [--json]: reminders and slips of the ladder, and the clocks of cases, as of T."""

from __future__ import annotations

import datetime as dt
from argparse import ArgumentParser
from typing import Any

from django.utils import timezone

from foundation.organization import typed
from foundation.organization.commands import BadInput, OwnCommand
from foundation.organization.database import ensure_tables
from foundation.organization.schemas import write_json
from workflows.tracking.models import Slip
from workflows.tracking.supervision.sweep import Swept, dry_run, sweep

FAR = dt.timedelta(days=3 * 366)


class Command(OwnCommand):
    help = "Send the reminders and slips that tasks have come to, and write down case clocks that came due."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--at", required=True, help="the instant of the sweep")
        parser.add_argument("--dry-run", action="store_true", help="write nothing, say what would be written")
        parser.add_argument("--json", action="store_true")

    def handle(self, *, at: str, dry_run: bool, json: bool, **_: Any) -> None:
        ensure_tables()
        when = typed.instant(at)
        if when is None:
            says = f"看不懂时间“{at}”，请写成 2026-07-06T08:30 或 2026-07-06T08:30:00+08:00。"
            raise BadInput(says)
        if when > timezone.now() + FAR:
            raise BadInput(f"“{at}”在三年以后：扫描了那一天，之前的日子就不再督办。请核对年份。")
        found = _dry_run(at=when) if dry_run else sweep(at=when)
        for year in found.missing:
            self.stderr.write(f"{year} 年工作日历尚未导入，期限暂按周一至周五计算。请导入后再核对督办。")
        self.stdout.write(write_json(found.as_json()) if json else _line(found))


_dry_run = dry_run  # the option is called like it


def _line(found: Swept) -> str:
    slips = "，".join(f"{Slip.Colour(colour).label} {n}" for colour, n in found.slips.items())
    return f"期限提醒 {found.reminders}，{slips}，案件时限 {found.clocks}，消息 {found.messages}，跳过 {found.skipped}。"
