"""demo [--out DIR] [--units N] [--until DATE] [--seed S] [--moving] [--last-year] [--accounts] [--json]: plays a campaign on
an empty database."""

from __future__ import annotations

import datetime as dt
import tempfile
from argparse import ArgumentParser
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from foundation.organization.commands import BadInput, OwnCommand, bad_input
from foundation.organization.database import ensure_tables
from foundation.organization.demo import demo_accounts
from foundation.organization.models import Person, Unit
from foundation.organization.schemas import write_json
from workflows.campaigns.demo.play import Wish, play
from workflows.plans.models import Plan

FULL_SWING = (6, 20)  # the day of the campaign that `--moving` makes today


class Command(OwnCommand):
    help = "Play a campaign from the plan to the archive, through the services that people use."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--out", type=Path, default=None, help="folder for the PDFs")
        parser.add_argument("--units", type=int, default=60)
        parser.add_argument("--until", default="", help="play up to this day, such as 2026-06-20")
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--moving", action="store_true", help="so that today is about 20 June")
        parser.add_argument(
            "--last-year", action="store_true", help="play a smaller campaign of the year before it first"
        )
        parser.add_argument("--accounts", action="store_true", help="only list who can sign in to the demo")
        parser.add_argument("--json", action="store_true")

    def handle(
        self, *, out: Path | None, units: int, until: str, seed: int, moving: bool, last_year: bool, accounts: bool,
        json: bool, **_: Any,
    ) -> None:  # fmt: skip
        ensure_tables()
        if accounts:
            self.stdout.write(account_lines())
            return
        if Plan.objects.exists() or Person.objects.exists() or Unit.objects.exists():
            raise BadInput("数据库里已有数据，演示只能装入空库；请另设 ANBAN_DATA 目录。")
        wish = replace(_wish(out, units, until, seed, moving), last_year=last_year)
        with bad_input(), tempfile.TemporaryFile(dir=_made(wish.out)):
            pass  # a folder that takes nothing is told before minutes of play
        found = play(wish, lambda says: self.stderr.write(says))
        self.stdout.write(write_json(found) if json else _summary(found))
        if not found["journal"]["ok"]:
            raise SystemExit(1)


def _wish(out: Path | None, units: int, until: str, seed: int, moving: bool) -> Wish:
    if not 1 <= units <= 500:
        raise BadInput("--units 请给 1 到 500 之间的整数。")
    if out and out.exists() and not out.is_dir():
        raise BadInput(f"--out {out} 不是文件夹，请另给一个。")
    today = timezone.localdate()
    shift = (today - dt.date(today.year, *FULL_SWING)).days if moving else 0
    last = _date(until) if until else dt.date(today.year + 1, 1, 12)
    if moving:
        last = today - dt.timedelta(days=1)
    wish = Wish(units, today.year, last, seed, out or settings.DATA_DIR / "demo", shift)
    if last < wish.dispatched:
        says = f"演示的任务 {wish.dispatched} 才下达，--until 请给这一天或以后。"
        raise BadInput(says)
    return wish


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def account_lines() -> str:
    """One line a person: user name, name, unit, posts; then the password of all."""
    accounts, password = demo_accounts()
    return "\n".join(["\t".join(line) for line in accounts] + ([f"密码 {password}"] if password else []))


def _date(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise BadInput(f"“{text}”不是日期，请按 2026-06-20 的形式给出 --until。") from error


def _summary(found: dict[str, Any]) -> str:
    states = "，".join(f"{code} {count}" for code, count in found["states"].items())
    return (
        f"活动 {found['campaign']}：{found['units']} 个单位，{found['tasks']} 件任务（{states}）；"
        f"退回 {found['returned']}，迟报 {found['late']}，免报 {found['waived']}；"
        f"公文 {len(found['documents'])} 份；留痕 {found['journal']['entries']} 条，"
        f"{'完好' if found['journal']['ok'] else '不符'}；用时 {found['seconds']} 秒。"
    )
