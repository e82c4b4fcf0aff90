"""found USERNAME NAME [--office NAME] [--short NAME] [--county]: an empty installation gets its office and its first
administrator."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.utils import timezone

from foundation.organization.commands import OwnCommand, bad_input
from foundation.organization.database import ensure_tables
from foundation.organization.founding import found
from foundation.organization.refusals import Refused

NEXT = """接下来：
1. 用这个账号登录，设成自己的密码。
2. 管理 → 单位：核对或导入单位；管理 → 人员：导入人员和任职，每个单位一名联络员。
3. 管理 → 工作日历、审批路线：核对。
4. 安委办经办登录，方案 → 上传方案。"""


class Command(OwnCommand):
    help = "Give an empty installation its office, groups, calendar and first administrator."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("name")
        parser.add_argument("--office", default="", metavar="NAME")
        parser.add_argument("--short", default="", metavar="NAME")
        parser.add_argument("--county", action="store_true")

    def handle(self, *, username: str, name: str, office: str, short: str, county: bool, **_: Any) -> None:
        ensure_tables()
        short = short or settings.OFFICE_NAME
        with bad_input(Refused):
            made = found(
                username=username, name=name, office=office or short, short_name=short, county=county, at=timezone.now()
            )  # fmt: skip
        self.stdout.write(
            f"{made.office.name}：系统管理员{made.person.name}，账号 {made.person.username}，一次性密码 {made.password}"
            f"（{settings.ONE_TIME_DAYS} 天内有效）。\n{NEXT}"
        )
