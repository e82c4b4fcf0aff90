"""statistics CAMPAIGN --period month|cumulative --cutoff DATE [--json] [--xlsx X]: 附件2 of all units, added up."""

from __future__ import annotations

import datetime as dt
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils.dateparse import parse_date

from foundation.organization.commands import BadInput, OwnCommand, bad_input
from foundation.organization.database import ensure_tables
from foundation.organization.schemas import write_json
from foundation.organization.whole import write_whole
from workflows.tasks.figures.facts import Figures, figures_of
from workflows.tasks.figures.kinds import Kind
from workflows.tracking.named import campaign_named
from workflows.tracking.statistics.report import as_json, as_workbook, title_of


class Command(OwnCommand):
    help = "Add up the figures (附件2) of a campaign's units."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("campaign", help="id or exact title")
        parser.add_argument("--period", required=True, help="month or cumulative")
        parser.add_argument("--cutoff", required=True, help="统计截至: a day")
        parser.add_argument("--json", action="store_true")
        parser.add_argument("--xlsx", help="write a workbook there")

    def handle(
        self, *, campaign: str, period: str, cutoff: str, json: bool, xlsx: str | None, **_: Any
    ) -> None:
        ensure_tables()
        figures = figures_of(campaign_named(campaign), _period(period), _day(cutoff))
        if xlsx is not None:
            with bad_input(ValueError):
                write_whole(Path(xlsx), as_workbook(figures, whole=True))
        if json or xlsx is None:
            self.stdout.write(write_json(as_json(figures)) if json else _lines(figures))


def _period(text: str) -> Kind:
    if text not in list(Kind):
        raise BadInput(f"不认识的口径“{text}”，请写 month（月报）或 cumulative（累计）。")
    return Kind(text)


def _day(text: str) -> dt.date:
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None:
        raise BadInput(f"看不懂日期“{text}”，请写成 2026-06-30。")
    return day


def _lines(figures: Figures) -> str:
    found, names = figures.found, {code: unit.short_name for code, unit in figures.units.items()}
    head = f"{title_of(figures)}，统计截至 {found.cutoff}：已报 {len(found.lines)} 家，缺报 {len(found.missing)} 家，需核对 {len(found.warnings)} 处"
    totals = [f"  {one.code} {one.name} {found.totals[one.code]} {one.unit}" for one in found.columns]
    missing = [f"缺报：{'、'.join(names[one.unit] for one in found.missing)}"] if found.missing else []
    return "\n".join([head, *totals, *missing, *(f"{names[one.unit]}：{one.text}" for one in found.warnings)])
